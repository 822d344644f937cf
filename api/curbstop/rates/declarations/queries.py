"""Reading declarations, evapotranspiration and winter averages."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from curbstop.kernel.dates import Period, add_months
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec
from curbstop.rates.declarations.schemas import (
    DeclarationOut,
    EvapotranspirationOut,
    MonthlyInches,
    ZoneOut,
)
from curbstop.rates.engine import DateRange
from curbstop.rates.engine.arithmetic import decimal_of, micro

DECLARATIONS = ListSpec(
    row=DeclarationOut,
    source="declarations",
    columns={name: name for name in DeclarationOut.model_fields},
    sort="-from_on",
    tiebreak="id",
    filters={
        "code": "code = {}",
        "on": "from_on <= {} AND (to_on IS NULL OR to_on > {})",
    },
    search="code ILIKE {} OR document ILIKE {}",
)


async def declarations_within(sql: Sql, period: Period) -> dict[str, list[DateRange]]:
    """What was declared for some day of the period, by code, in order."""
    rows = await sql.fetch(
        "SELECT code, from_on, to_on FROM declarations"
        " WHERE from_on < $2 AND (to_on IS NULL OR to_on > $1) ORDER BY code, from_on",
        *(period.start, period.end),
    )
    found: dict[str, list[DateRange]] = {}
    for row in rows:
        found.setdefault(row["code"], []).append(DateRange(row["from_on"], row["to_on"]))
    return found


async def evapotranspiration_zones(sql: Sql) -> list[ZoneOut]:
    """Zones that have months, by name."""
    rows = await sql.fetch(
        "SELECT zone, count(*) AS months, min(month) AS first_month, max(month) AS last_month"
        " FROM evapotranspiration GROUP BY zone ORDER BY zone"
    )
    return [ZoneOut.model_validate(dict(row)) for row in rows]


async def evapotranspiration_of_zone(sql: Sql, zone: str) -> EvapotranspirationOut:
    """All months known of a zone."""
    rows = await sql.fetch(
        "SELECT month, inches FROM evapotranspiration WHERE zone = $1 ORDER BY month", zone
    )
    months = [MonthlyInches(month=row["month"], inches=row["inches"]) for row in rows]
    return EvapotranspirationOut(zone=zone, months=months)


async def monthly_inches(sql: Sql, period: Period) -> dict[str, dict[date, Decimal]]:
    """Inches by zone and month, for every month that the period touches."""
    rows = await sql.fetch(
        "SELECT zone, month, inches FROM evapotranspiration WHERE month >= $1 AND month < $2",
        *(period.start.replace(day=1), period.end),
    )
    found: dict[str, dict[date, Decimal]] = {}
    for row in rows:
        found.setdefault(row["zone"], {})[row["month"]] = row["inches"]
    return found


def inches_in(months: Mapping[date, Decimal], period: Period) -> Decimal | None:
    """Inches over the days of a period, each month's spread evenly; None when a month is unknown.

    To six decimals.
    """
    total, month = Fraction(0), period.start.replace(day=1)
    while month < period.end:
        whole = Period(month, add_months(month, 1))
        shared = whole.intersect(period)
        if shared is not None:
            if month not in months:
                return None
            total += Fraction(months[month]) * shared.days / whole.days
        month = whole.end
    return decimal_of(micro(total))


async def winter_averages_of(
    sql: Sql, agreement_ids: Iterable[UUID], on: date
) -> dict[UUID, Decimal]:
    """The winter average that bills of each agreement use on a day; some may have none."""
    ids: Sequence[UUID] = list(agreement_ids)
    rows = await sql.fetch(
        "SELECT DISTINCT ON (agreement_id) agreement_id, quantity FROM winter_averages"
        " WHERE agreement_id = ANY($1) AND from_on <= $2 ORDER BY agreement_id, from_on DESC",
        *(ids, on),
    )
    return {row["agreement_id"]: row["quantity"].normalize() for row in rows}
