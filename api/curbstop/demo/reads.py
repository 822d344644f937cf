"""Rows of the readings room: two years of reads by COPY, and the file of the newest ones."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from curbstop.demo.calendar import DemoCycle, cycle_of
from curbstop.demo.plant import Point
from curbstop.demo.usage import Reading, readings

READ_COLUMNS = (
    *("register_id", "read_on", "revision", "value", "method", "kind", "rollovers"),
    "recorded_at",
)


def readings_of(
    seed: int, points: list[Point], cycle: DemoCycle, first_day: date, today: date
) -> Iterator[tuple[Point, Reading]]:
    """Every read of a cycle's points up to today: cycle days, exchanges, moves."""
    days = cycle.read_days(today)
    for point in points:
        if cycle_of(point.site) == cycle.number:
            for reading in readings(seed, point, first_day, days):
                yield point, reading


def history(made: Iterator[tuple[Point, Reading]], newest: date) -> Iterator[tuple[Any, ...]]:
    """COPY rows of all reads but the newest cycle day's, which comes as a file."""
    for _, reading in made:
        if reading.why != "cycle" or reading.read_on < newest:
            method = "radio" if reading.why == "cycle" else "keyed"
            recorded_at = datetime.combine(reading.read_on, time(23), UTC)
            yield (
                *(reading.register_id, reading.read_on, 0, Decimal(reading.value)),
                *(method, reading.why, 0, recorded_at),
            )
