"""Reading policies: one query, whatever is asked."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from curbstop.platform.db import Sql
from curbstop.policies.holidays import judicial_holidays, office_holidays
from curbstop.policies.kinds import to_json
from curbstop.policies.policy import Policy
from curbstop.policies.registry import policy, registry
from curbstop.policies.schemas import (
    HolidayList,
    HolidayOut,
    PolicyList,
    PolicyOut,
    PolicyValueOut,
)
from curbstop.policies.values import Applied, Policies, StoredValue

# On one day several entries may have begun; the latest beginning holds, then the latest entry.
_ON_DAY = """
SELECT DISTINCT ON (key, scope) id, key, scope, value, from_on, citation, decided_by
FROM policy_values
WHERE from_on <= $1 AND ($2::text[] IS NULL OR key = ANY($2))
ORDER BY key, scope, from_on DESC, approved_at DESC, id DESC
"""
_HISTORY = """
SELECT id, key, scope, value, from_on, citation, decided_by, reason, warning,
       approved_by, approved_by_name, approved_at
FROM policy_values
WHERE $1::text IS NULL OR key = $1
ORDER BY key, from_on DESC, approved_at DESC, id DESC
"""


async def values(sql: Sql, on: date) -> Policies:
    """Every policy as it stands on a day."""
    return Policies(on, await _stored(sql, on, None))


async def value(sql: Sql, key: str, on: date, *scopes: str) -> Applied:
    """One policy on a day, typed, with its origin. Raises UnknownPolicy."""
    policy(key)
    stored = await _stored(sql, on, [key, "district.regime"])
    return Policies(on, stored).applied(key, *scopes)


async def closed_days(sql: Sql, start: date, end: date) -> frozenset[date]:
    """Closed days in `[start, end)` besides weekends, by the policies of `start`."""
    policies = await values(sql, start)
    return office_holidays(
        start,
        end,
        policies.dates("office.closures"),
        judicial=policies.flag("office.judicial_holidays"),
    )


async def list_policies(sql: Sql, on: date, key: str | None = None) -> list[PolicyOut]:
    """Policies with limits, warning and history on a day; one of them when `key` is given."""
    policies = await values(sql, on)
    history: dict[str, list[PolicyValueOut]] = {}
    for row in await sql.fetch(_HISTORY, key):
        entry = PolicyValueOut.model_validate(dict(row))
        history.setdefault(entry.key, []).append(entry)
    wanted: Mapping[str, Policy] = registry() if key is None else {key: policy(key)}
    return [_out(policies, entry, history.get(name, ())) for name, entry in wanted.items()]


async def policy_list(sql: Sql, on: date) -> PolicyList:
    """The settings screen: every policy on a day, and the law that the district stands under."""
    regime = (await values(sql, on)).regime
    items = await list_policies(sql, on)
    return PolicyList(on=on, regime=regime.name, regime_note=regime.note, items=items)


async def holidays_of_year(sql: Sql, year: int) -> HolidayList:
    """Judicial holidays and the district's closures, by the policies at the year's end."""
    policies = await values(sql, date(year, 12, 31))
    named = {day: "Closed" for day in policies.dates("office.closures") if day.year == year}
    if policies.flag("office.judicial_holidays"):
        named |= {holiday.on: holiday.name for holiday in judicial_holidays(year)}
    items = [HolidayOut(on=on, name=name) for on, name in sorted(named.items())]
    citation = policy("office.judicial_holidays").citation
    return HolidayList(year=year, citation=citation, items=items)


def _out(policies: Policies, entry: Policy, history: Iterable[PolicyValueOut]) -> PolicyOut:
    applied, limits = policies.applied(entry.key), policies.limits(entry)
    return PolicyOut(
        key=entry.key,
        group=entry.group,
        title=entry.title,
        kind=entry.kind,
        unit=entry.unit,
        choices=list(entry.choices),
        is_scoped=entry.scoped,
        default=to_json(policies.default(entry)),
        value=to_json(applied.value),
        is_default=applied.value_id is None,
        from_on=applied.from_on,
        source=applied.citation,
        law=limits.citation,
        floor=_text(limits.floor),
        ceiling=_text(limits.ceiling),
        warning=limits.warning(entry, applied.value),
        history=list(history),
    )


def _text(bound: Any) -> str | None:
    return None if bound is None else str(bound)


async def _stored(sql: Sql, on: date, keys: list[str] | None) -> list[StoredValue]:
    return [StoredValue(**dict(row)) for row in await sql.fetch(_ON_DAY, on, keys)]
