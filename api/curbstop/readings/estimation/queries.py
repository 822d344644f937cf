"""What is known when a read has to be estimated: the register's own past, and its class."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from curbstop.kernel.units import Unit, conversion
from curbstop.platform.db import Sql
from curbstop.readings.consumption.quantities import ReadPoint, RegisterFacts
from curbstop.readings.consumption.queries import standing_reads
from curbstop.readings.estimation.methods import EstimateInputs
from curbstop.readings.kinds import ReadMethod
from curbstop.readings.reviews.history import mean, recent, same_season, steps_of
from curbstop.readings.reviews.spans import HISTORY_DAYS

NEIGHBORS_MAX = 300
NEXT_READ_DAYS = 100

# Registers of points whose main customer that day is of the same class, near in code order.
_SAME_CLASS = """
WITH mine AS (
  SELECT c.class FROM agreements a JOIN accounts c ON c.id = a.account_id
  WHERE a.service_point_id = $1 AND a.from_on <= $2 AND (a.to_on IS NULL OR a.to_on > $2)
  ORDER BY a.share_percent DESC, a.id LIMIT 1
)
SELECT r.id, r.dials, r.decimals, r.multiplier, r.unit
FROM accounts c
JOIN agreements a ON a.account_id = c.id AND a.from_on <= $2 AND (a.to_on IS NULL OR a.to_on > $2)
JOIN installations i ON i.service_point_id = a.service_point_id AND i.to_on IS NULL
JOIN registers r ON r.meter_id = i.meter_id
WHERE c.class = (SELECT class FROM mine) AND a.service_point_id <> $1
ORDER BY c.number LIMIT $3
"""


async def estimate_inputs(
    sql: Sql, register: RegisterFacts, service_point_id: UUID | None, on: date
) -> EstimateInputs | None:
    """Everything the methods want for a register and day; None when it was never read before."""
    first_on, last_on = on - timedelta(days=HISTORY_DAYS), on + timedelta(days=NEXT_READ_DAYS)
    found = await standing_reads(sql, [register.register_id], first_on, last_on)
    reads = found.get(register.register_id, [])
    past = [r for r in reads if r.read_on < on]
    if not past:
        return None
    after = next(
        (r for r in reads if r.read_on > on and r.method is not ReadMethod.ESTIMATED), None
    )
    steps = steps_of(past, register.capacity)
    telling = [s.daily for s in steps if s.daily is not None and s.daily >= 0]
    class_daily, trend = await _class_use(sql, register, service_point_id, on)
    return EstimateInputs(
        previous_on=past[-1].read_on,
        previous_value=past[-1].value,
        estimate_on=on,
        next_on=after.read_on if after else None,
        next_value=after.value if after else None,
        same_month_daily=same_season(steps, on),
        class_trend=trend,
        prior_daily=telling[-1] if telling else None,
        class_daily=class_daily,
    )


async def _class_use(
    sql: Sql, register: RegisterFacts, service_point_id: UUID | None, on: date
) -> tuple[Decimal | None, Decimal | None]:
    """Average daily use of the class in this register's counts, and this year's over last's."""
    if service_point_id is None:
        return None, None
    rows = await sql.fetch(_SAME_CLASS, service_point_id, on, NEIGHBORS_MAX)
    first_on = on - timedelta(days=HISTORY_DAYS)
    reads = await standing_reads(sql, [row["id"] for row in rows], first_on, on)
    now, last_year, both_now = list[Decimal](), list[Decimal](), list[Decimal]()
    for row in rows:
        capacity = Decimal(10) ** (row["dials"] - row["decimals"])
        factor = _factor(row["multiplier"], Unit(row["unit"]), register)
        lately, before = _daily(reads.get(row["id"], []), capacity, on)
        if lately is not None:
            now.append(_times(lately, factor))
            if before is not None:
                both_now.append(_times(lately, factor))
                last_year.append(_times(before, factor))
    was, became = mean(last_year), mean(both_now)
    return mean(now), became / was if was and became is not None else None


def _daily(
    reads: Sequence[ReadPoint], capacity: Decimal, on: date
) -> tuple[Decimal | None, Decimal | None]:
    steps = steps_of(reads, capacity)
    return recent(steps, on), same_season(steps, on)


def _factor(multiplier: Decimal, unit: Unit, register: RegisterFacts) -> Fraction:
    own = Fraction(multiplier) * conversion(unit, register.unit)
    return own / Fraction(register.multiplier)


def _times(value: Decimal, factor: Fraction) -> Decimal:
    return value * factor.numerator / factor.denominator
