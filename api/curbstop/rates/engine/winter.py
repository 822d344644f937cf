"""Winter averages, from which sewer bills are priced where sewage is not metered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from curbstop.kernel.dates import Period, add_months
from curbstop.rates.engine.amounts import rounded
from curbstop.rates.engine.arithmetic import decimal_of, micro
from curbstop.rates.engine.definition.policy import WinterLowest, WinterMonths, WinterRule
from curbstop.rates.engine.errors import RatingError


@dataclass(frozen=True, slots=True)
class PastUse:
    """What flowed between two reads, in the tariff's unit; spread evenly over its days."""

    period: Period
    quantity: Decimal


def winter_average(rule: WinterRule, history: Sequence[PastUse], as_of: date) -> Decimal:
    """The average that bills from `as_of` on use.

    Raises RatingError when the history does not cover the days that the rule needs.
    """
    if isinstance(rule, WinterMonths):
        exact = _average_of_months(rule, history, as_of)
    else:
        exact = _lowest_daily(rule, history, as_of)
    return decimal_of(micro(rounded(exact, rule.round)))


def _average_of_months(rule: WinterMonths, history: Sequence[PastUse], as_of: date) -> Fraction:
    """Use per named month, of the last whole winter that ended by `as_of`."""
    months: list[Period] = []
    start = add_months(as_of.replace(day=1), -1)
    while len(months) < len(rule.months):
        if start.month in rule.months and (months or _follows_winter(start, rule)):
            months.append(Period(start, add_months(start, 1)))
        start = add_months(start, -1)
    return sum((_use_in(history, month) for month in months), Fraction(0)) / len(months)


def _follows_winter(month: date, rule: WinterMonths) -> bool:
    """Whether the winter is over after this month, so that it is never averaged in part."""
    return add_months(month, 1).month not in rule.months or len(rule.months) == 12


def _lowest_daily(rule: WinterLowest, history: Sequence[PastUse], as_of: date) -> Fraction:
    """The lowest use a day over any `days` running days of the calendar year before `as_of`.

    Use is even within each read period, so the lowest window begins or ends on a read.
    """
    year = Period(date(as_of.year - 1, 1, 1), date(as_of.year, 1, 1))
    length = timedelta(days=rule.days)
    reads = {day for use in history for day in (use.period.start, use.period.end)}
    starts = {year.start, year.end - length, *reads, *(day - length for day in reads)}
    windows = [
        Period(start, start + length)
        for start in sorted(starts)
        if year.start <= start and start + length <= year.end
    ]
    if not windows:
        raise RatingError(f"the year {year.start.year} has no {rule.days} running days")
    return min(_use_in(history, window) for window in windows) / rule.days


def _use_in(history: Sequence[PastUse], window: Period) -> Fraction:
    total, covered = Fraction(0), 0
    for use in history:
        shared = use.period.intersect(window)
        if shared is not None:
            total += Fraction(use.quantity) * shared.days / use.period.days
            covered += shared.days
    if covered < window.days:
        raise RatingError(f"use from {window.start} to {window.end} is not known for every day")
    return total
