"""Days on which the district's office is closed: California's judicial holidays and its own."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import yaml

from curbstop.platform.migrate import reference_dir

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SATURDAY, _SUNDAY = 5, 6


@dataclass(frozen=True, slots=True, order=True)
class Holiday:
    """One closed day, with the name that notices give it."""

    on: date
    name: str


@cache
def judicial_holidays(year: int) -> tuple[Holiday, ...]:
    """The holidays of a year as observed, in order; Code Civ. Proc. 135.

    New Year's Day of the next year can be observed on 31 December of this one.
    """
    rules = _rules()
    observed = {
        _observed(day): rule["name"]
        for rule in rules
        for at in (year, year + 1)
        if (day := _day(rule, at)) and _observed(day).year == year
    }
    return tuple(Holiday(on, name) for on, name in sorted(observed.items()))


def office_holidays(
    start: date, end: date, closures: tuple[date, ...] = (), *, judicial: bool = True
) -> frozenset[date]:
    """Every closed day in `[start, end)` besides Saturdays and Sundays."""
    years = range(start.year, end.year + 1) if judicial else ()
    days = {holiday.on for year in years for holiday in judicial_holidays(year)} | set(closures)
    return frozenset(day for day in days if start <= day < end)


@cache
def _rules() -> tuple[dict[str, Any], ...]:
    path = reference_dir() / "policies" / "holidays.yaml"
    return tuple(yaml.safe_load(path.read_text("utf-8"))["holidays"])


def _day(rule: dict[str, Any], year: int) -> date | None:
    if not rule.get("from_year", year) <= year <= rule.get("to_year", year):
        return None
    if "day" in rule:
        return date(year, rule["month"], rule["day"])
    weekday = _WEEKDAYS.index(rule["weekday"])
    day = _nth_weekday(year, rule["month"], weekday, rule["nth"])
    return day + timedelta(days=rule.get("plus_days", 0))


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    if nth < 0:
        after = date(year + month // 12, month % 12 + 1, 1)
        return after - timedelta(days=(after.weekday() - weekday - 1) % 7 + 1)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _observed(day: date) -> date:
    shift = {_SATURDAY: -1, _SUNDAY: 1}.get(day.weekday(), 0)
    return day + timedelta(days=shift)
