"""The calendar of a cycle: contiguous periods with their reading and billing days. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from curbstop.kernel.dates import Period, add_months, is_business_day


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How the days of a period follow from its end.

    Reads count from `read_days_before` to `read_days_after` the period's end; the bill is dated
    `bill_days_after` it, moved to the next business day, and due `due_days` later.
    """

    months: int
    read_days_before: int = 3
    read_days_after: int = 3
    bill_days_after: int = 5
    due_days: int = 25


@dataclass(frozen=True, slots=True)
class PlannedPeriod:
    """One period as the calendar proposes it; see `CyclePeriod`."""

    period: Period
    read_from: date
    read_to: date
    bill_on: date
    due_on: date


def plan_periods(
    anchor: date, start: date, count: int, rhythm: Rhythm, holidays: Collection[date] = ()
) -> list[PlannedPeriod]:
    """`count` periods from `start`, which lies whole steps after `anchor`.

    Ends are counted from the anchor, not from the last period, so a cycle that turns on the 31st
    returns to the 31st after a short month. Raises ValueError when `start` is not such a day.
    """
    step = rhythm.months
    first = ((start.year - anchor.year) * 12 + start.month - anchor.month) // step
    if add_months(anchor, first * step) != start:
        raise ValueError(f"{start} does not lie whole periods of {step} months after {anchor}")
    planned = []
    for number in range(first, first + count):
        period = Period(add_months(anchor, number * step), add_months(anchor, (number + 1) * step))
        planned.append(_planned(period, rhythm, holidays))
    return planned


def _planned(period: Period, rhythm: Rhythm, holidays: Collection[date]) -> PlannedPeriod:
    bill_on = period.end + timedelta(days=rhythm.bill_days_after)
    while not is_business_day(bill_on, holidays):
        bill_on += timedelta(days=1)
    return PlannedPeriod(
        period=period,
        read_from=period.end - timedelta(days=rhythm.read_days_before),
        read_to=period.end + timedelta(days=rhythm.read_days_after),
        bill_on=bill_on,
        due_on=bill_on + timedelta(days=rhythm.due_days),
    )
