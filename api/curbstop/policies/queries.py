"""Reading policies: one query, whatever is asked."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from curbstop.kernel.money import round_to_cents
from curbstop.platform.db import Sql
from curbstop.platform.uow import Reader
from curbstop.policies.holidays import judicial_holidays, office_holidays
from curbstop.policies.kinds import Kind, to_json
from curbstop.policies.policy import Policy
from curbstop.policies.registry import policy, registry
from curbstop.policies.schemas import (
    HolidayList,
    HolidayOut,
    PercentExample,
    PolicyList,
    PolicyOut,
    PolicyPreview,
    PolicyValueOut,
    PreviewRequest,
    ValueState,
)
from curbstop.policies.values import Applied, Policies, StoredValue

# On one day several entries may have begun; the latest beginning holds, then what came into force
# last: at its entry, or at the second person's approval where one is needed.
_ON_DAY = """
SELECT DISTINCT ON (v.key) v.id, v.key, v.value, v.from_on, v.citation, v.decided_by
FROM policy_values v LEFT JOIN policy_answers a ON a.value_id = v.id
WHERE v.from_on <= $1 AND ($2::text[] IS NULL OR v.key = ANY($2))
  AND coalesce(a.answer = 'approved', NOT v.needs_second)
ORDER BY v.key, v.from_on DESC, coalesce(a.answered_at, v.entered_at) DESC, v.id DESC
"""
_HISTORY = """
SELECT v.id, v.key, v.value, v.from_on, v.citation, v.decided_by, v.reason, v.warning,
       v.entered_by, v.entered_by_name, v.entered_at,
       a.answered_by, a.answered_by_name, a.answered_at, a.reason AS answer_reason,
       coalesce(a.answer, CASE WHEN v.needs_second THEN 'waiting' ELSE 'entered' END) AS state
FROM policy_values v LEFT JOIN policy_answers a ON a.value_id = v.id
WHERE ($1::text IS NULL OR v.key = $1) AND ($2::uuid IS NULL OR v.id = $2)
ORDER BY v.key, v.from_on DESC, coalesce(a.answered_at, v.entered_at) DESC, v.id DESC
"""
_NEXT_ON = """
SELECT min(v.from_on) FROM policy_values v LEFT JOIN policy_answers a ON a.value_id = v.id
WHERE v.key = $1 AND v.from_on > $2 AND coalesce(a.answer = 'approved', NOT v.needs_second)
"""
_EXAMPLE_CENTS = 100_00


async def values(sql: Sql, on: date) -> Policies:
    """Every policy as it stands on a day."""
    return Policies(on, await _stored(sql, on, None))


async def value(sql: Sql, key: str, on: date) -> Applied:
    """One policy on a day, typed, with its origin. Raises UnknownPolicy."""
    policy(key)
    stored = await _stored(sql, on, [key, "district.regime"])
    return Policies(on, stored).applied(key)


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
    for row in await sql.fetch(_HISTORY, key, None):
        entry = PolicyValueOut.model_validate(dict(row))
        history.setdefault(entry.key, []).append(entry)
    wanted: Mapping[str, Policy] = registry() if key is None else {key: policy(key)}
    return [_out(policies, entry, history.get(name, ())) for name, entry in wanted.items()]


async def find_value(sql: Sql, key: str, value_id: UUID) -> PolicyValueOut | None:
    """One decision as it stands, None when the policy has no such."""
    row = await sql.fetchrow(_HISTORY, key, value_id)
    return PolicyValueOut.model_validate(dict(row)) if row else None


async def preview(
    reader: Reader, entry: Policy, after: Any, request: PreviewRequest
) -> PolicyPreview:
    """What a typed value would change from a day on; nothing is entered."""
    policies = await values(reader.sql, request.from_on)
    applied, limits = policies.applied(entry.key), policies.limits(entry)
    return PolicyPreview(
        key=entry.key,
        from_on=request.from_on,
        until_on=await reader.sql.fetchval(_NEXT_ON, entry.key, request.from_on),
        days_back=max(0, (reader.today - request.from_on).days),
        before=to_json(applied.value),
        before_from_on=applied.from_on,
        after=to_json(after),
        is_same=applied.value == after,
        needs_second=entry.needs_second,
        law=limits.citation,
        floor=_text(limits.floor),
        ceiling=_text(limits.ceiling),
        warning=limits.warning(entry, after),
        example=_example(entry, applied.value, after),
    )


def _example(entry: Policy, before: Any, after: Any) -> PercentExample | None:
    if entry.kind is not Kind.PERCENT:
        return None
    before_cents, after_cents = (
        round_to_cents(Decimal(_EXAMPLE_CENTS) / 100 * percent / 100) for percent in (before, after)
    )
    return PercentExample(
        base_cents=_EXAMPLE_CENTS, before_cents=before_cents, after_cents=after_cents
    )


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
    entries = list(history)
    return PolicyOut(
        key=entry.key,
        group=entry.group,
        title=entry.title,
        kind=entry.kind,
        unit=entry.unit,
        choices=list(entry.choices),
        needs_second=entry.needs_second,
        default=to_json(policies.default(entry)),
        value=to_json(applied.value),
        is_default=applied.value_id is None,
        from_on=applied.from_on,
        source=applied.citation,
        law=limits.citation,
        floor=_text(limits.floor),
        ceiling=_text(limits.ceiling),
        warning=limits.warning(entry, applied.value),
        waiting=sum(value.state is ValueState.WAITING for value in entries),
        history=entries,
    )


def _text(bound: Any) -> str | None:
    return None if bound is None else str(bound)


async def _stored(sql: Sql, on: date, keys: list[str] | None) -> list[StoredValue]:
    return [StoredValue(**dict(row)) for row in await sql.fetch(_ON_DAY, on, keys)]
