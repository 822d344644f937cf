"""Dates that the law or a bill speaks of: district-local, in half-open periods."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """`[start, end)`: the start day belongs to it, the end day to its successor."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"period ends {self.end} before it starts {self.start}")

    @property
    def days(self) -> int:
        """Actual days, 29 February included."""
        return (self.end - self.start).days

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def intersect(self, other: "Period") -> "Period | None":
        """The days both share, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start < end else None

    def split_at(self, *days: date) -> "list[Period]":
        """Cut at each day that lies strictly inside; the parts cover the period without a gap."""
        cuts = [self.start, *sorted({d for d in days if self.start < d < self.end}), self.end]
        return [Period(a, b) for a, b in pairwise(cuts)]


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """The district's calendar date at an aware moment. Raises ValueError on a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment must carry its time zone")
    return moment.astimezone(zone).date()


def is_business_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Monday to Friday, and not a holiday of the district."""
    return day.weekday() < 5 and day not in holidays


def add_business_days(day: date, count: int, holidays: Collection[date] = ()) -> date:
    """The date `count` business days after `day`; `day` itself is not counted."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_business_day(day, holidays)
    return day


def add_months(day: date, months: int) -> date:
    """The same day of a later (or earlier) month, clamped to that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (first_of_next - timedelta(days=1)).day))
