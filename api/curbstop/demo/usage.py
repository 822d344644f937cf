"""How much water runs: a class's habit, the season, each household's way, and a leak now and then.

Pure and in whole hundredths of an HCF, so that every register only ever counts up.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from curbstop.demo.chance import Chance
from curbstop.demo.plant import Device, Point
from curbstop.demo.sites import TYPICAL_USE, Site
from curbstop.kernel.dates import Period, add_months

# Percent of the yearly mean, January to December, of a dry-summer valley.
_HOUSEHOLD = (52, 54, 65, 84, 118, 148, 166, 160, 132, 98, 66, 57)
_OUTDOOR = (8, 10, 32, 80, 140, 190, 222, 214, 160, 92, 36, 16)
_STEADY = (94, 93, 96, 99, 101, 104, 107, 108, 104, 100, 97, 97)
SEASON = {"residential": _HOUSEHOLD, "multi_family": _STEADY, "irrigation": _OUTDOOR}
LEAK_TIMES = 4
LOW_SIDE_PERCENT = 15  # of a compound meter's flow, through its small side
ROLLS_EVERY = 397  # one lot in so many reaches the end of its dials in the month being read


class Reading(NamedTuple):
    """What a register shows on a day. `why` is `cycle`, `in`, `out` or `move`."""

    register_id: UUID
    read_on: date
    value: int
    why: str


class Curve:
    """Cumulative use of a lot since the first day of its history."""

    def __init__(self, seed: int, site: Site, first_day: date, months: int) -> None:
        chance = Chance(seed, f"use/{site.number}")
        self._starts = [add_months(first_day, month) for month in range(months + 1)]
        self._totals = [0]
        for month, start in enumerate(self._starts[:-1]):
            self._totals.append(self._totals[-1] + _month_use(chance, site, month, start))

    def at(self, day: date) -> int:
        """Hundredths of an HCF up to the start of a day; before the history nothing."""
        if day <= self._starts[0]:
            return 0
        month = (day.year - self._starts[0].year) * 12 + day.month - self._starts[0].month
        month = min(month, len(self._starts) - 2)
        span = Period(self._starts[month], self._starts[month + 1])
        so_far = min((day - span.start).days, span.days)
        used = self._totals[month + 1] - self._totals[month]
        return self._totals[month] + used * so_far // span.days


def _month_use(chance: Chance, site: Site, month: int, start: date) -> int:
    season = SEASON.get(site.customer_class, _STEADY)[start.month - 1]
    typical = TYPICAL_USE[site.customer_class] * site.use_percent * season // 10_000
    use = typical * chance.between(82, 118) // 100
    return use * LEAK_TIMES if month == site.leak_month else use


def readings(
    seed: int, point: Point, first_day: date, cycle_days: list[date], *, rolls: bool
) -> Iterator[Reading]:
    """Every read of a point: on its cycle days, at exchanges, and when a customer moved.

    With `rolls`, a lot in so many comes to the end of its dials just before the last of the days.
    """
    curve = Curve(seed, point.site, first_day, len(cycle_days) + 2)
    last = cycle_days[-1]
    rolls = rolls and point.site.number % ROLLS_EVERY == 3
    for device in point.devices:
        days = {day: "cycle" for day in cycle_days if _sits(device, day)}
        if first_day < point.site.occupied_from <= last and _sits(device, point.site.occupied_from):
            days.setdefault(point.site.occupied_from, "move")
        if device.from_on >= first_day:
            days[device.from_on] = "in"
        if device.to_on is not None:
            days[device.to_on] = "out"
        yield from _dials(seed, point.site, device, curve, days, last, rolls)


def _sits(device: Device, day: date) -> bool:
    return device.from_on <= day and (device.to_on is None or day < device.to_on)


def _dials(
    seed: int,
    site: Site,
    device: Device,
    curve: Curve,
    days: dict[date, str],
    last: date,
    rolls: bool,
) -> Iterator[Reading]:
    before = curve.at(device.from_on)
    used = [(day, curve.at(day) - before) for day in sorted(days)]
    for register_id, number in device.registers:
        share = {"L": LOW_SIDE_PERCENT, "H": 100 - LOW_SIDE_PERCENT}.get(number, 100)
        through_last = (curve.at(last) - before) * share // 10_000
        start = _first_value(seed, device, through_last, rolls)
        for day, so_far in used:
            value = (start + so_far * share // 10_000) % 10**device.dials
            yield Reading(register_id, day, value, days[day])


def _first_value(seed: int, device: Device, through_last: int, rolls: bool) -> int:
    """Where the register stood at the start; a new meter starts at nothing."""
    if device.from_on > date(2020, 1, 1):
        return 0
    end = int(10**device.dials)
    if rolls:
        return end - max(through_last - 2, 1)
    room = max(end - through_last - 200, 1)
    return Chance(seed, f"dial/{device.meter_id}").below(room)
