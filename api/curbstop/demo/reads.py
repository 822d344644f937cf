"""Rows of the readings room: two years of reads by COPY, and the file of the newest ones."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from curbstop.demo.calendar import DemoCycle
from curbstop.demo.plant import Point
from curbstop.demo.sites import cycle_of
from curbstop.demo.usage import Reading, readings

READ_COLUMNS = (
    *("register_id", "read_on", "revision", "value", "method", "kind", "rollovers"),
    "recorded_at",
)


def readings_of(
    seed: int,
    points: list[Point],
    cycle: DemoCycle,
    first_day: date,
    today: date,
    *,
    rolls: bool,
) -> Iterator[tuple[Point, Reading]]:
    """Every read of a cycle's points up to today: cycle days, exchanges, moves.

    `rolls` lets some registers pass zero on the newest day, for the edit list to propose.
    """
    days = cycle.read_days(today)
    for point in points:
        if cycle_of(point.site) == cycle.number:
            for reading in readings(seed, point, first_day, days, rolls=rolls):
                yield point, reading


def history(made: Iterator[tuple[Point, Reading]], through: date) -> Iterator[tuple[Any, ...]]:
    """COPY rows of the reads up to a cycle day; what a later one shows comes as a file."""
    for _, reading in made:
        if reading.why != "cycle" or reading.read_on <= through:
            method = "radio" if reading.why == "cycle" else "keyed"
            recorded_at = datetime.combine(reading.read_on, time(23), UTC)
            yield (
                *(reading.register_id, reading.read_on, 0, Decimal(reading.value)),
                *(method, reading.why, 0, recorded_at),
            )
