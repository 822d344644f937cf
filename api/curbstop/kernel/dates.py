"""Dates that the law or a bill speaks of: district-local, in half-open periods."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def day_as_sent(value: object) -> date:
    """A day from what a client sent: a `YYYY-MM-DD` text. A date stays what it is.

    Raises ValueError for all else; pydantic alone takes `0` and `"0.5"` for seconds since 1970.
    """
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not (isinstance(value, str) and _DAY.fullmatch(value)):
        raise ValueError("must be a day written YYYY-MM-DD")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("is not a day of the calendar") from None


def moment_as_sent(value: object) -> datetime:
    """A moment from what a client sent; without its offset from UTC it would be nobody's."""
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        try:
            value = datetime.fromisoformat(value.upper())
        except ValueError:
            raise ValueError("is not a moment of the calendar") from None
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError("must be a moment written YYYY-MM-DDThh:mm:ss with Z or its offset")
    if not _FIRST.year <= value.year <= _LAST.year:
        raise ValueError(f"must be in the years {_FIRST.year} to {_LAST.year}")
    return value


# Centuries from the ends of the calendar: adding a cycle to a day, or a zone to a moment, is safe.
_FIRST, _LAST = date(1800, 1, 1), date(2200, 12, 31)

Day = Annotated[date, Field(ge=_FIRST, le=_LAST), BeforeValidator(day_as_sent)]
"""A day as a client may send it, in a body, a query or a path: only `YYYY-MM-DD`."""

Moment = Annotated[datetime, BeforeValidator(moment_as_sent)]
"""A moment as a client may send it: RFC 3339, always with its offset."""


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
