"""Four cycles read a week apart; a street is a walk, and a walk belongs to one cycle."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from curbstop.demo.chance import Chance
from curbstop.demo.people import Occupancy
from curbstop.demo.plant import Point
from curbstop.demo.sites import CYCLES, cycle_of, street_name
from curbstop.kernel.dates import add_months

BILL_AFTER_DAYS = 4
DUE_AFTER_DAYS = 21
MONTHS_AHEAD = 12
ORDINALS = {1: "1st", 8: "8th", 15: "15th", 22: "22nd"}
READERS = ("R. Ibarra", "T. Olson", "drive-by 1", "drive-by 2")

CYCLE_COLUMNS = ("id", "code", "name", "frequency")
MEMBER_COLUMNS = ("id", "account_id", "cycle_id", "from_on", "to_on")
PERIOD_COLUMNS = (
    *("id", "cycle_id", "period_from", "period_to", "follows_on"),
    *("read_from", "read_to", "bill_on", "due_on"),
)
WALK_COLUMNS = ("id", "code", "name", "cycle", "layout", "reader", "version")
STOP_COLUMNS = ("service_point_id", "walk_id", "sequence")


@dataclass(frozen=True, slots=True)
class Round:
    """One period of a cycle: the water of `[start, end)`, read on `end`."""

    id: UUID
    start: date
    end: date

    @property
    def bill_on(self) -> date:
        """The date of its bills."""
        return self.end + timedelta(days=BILL_AFTER_DAYS)

    @property
    def due_on(self) -> date:
        """The day by which they are to be paid."""
        return self.bill_on + timedelta(days=DUE_AFTER_DAYS)


@dataclass(frozen=True, slots=True)
class DemoCycle:
    """A cycle with its calendar; the last `MONTHS_AHEAD` rounds lie ahead."""

    number: int
    id: UUID
    rounds: tuple[Round, ...]

    @property
    def code(self) -> str:
        """`C1` to `C4`."""
        return f"C{self.number}"

    def read_days(self, through_on: date) -> list[date]:
        """The days on which it was read, the first one included, up to and including a day."""
        days = [self.rounds[0].start, *(each.end for each in self.rounds)]
        return [day for day in days if day <= through_on]


def draw_cycles(seed: int, first_day: date, months: int) -> tuple[DemoCycle, ...]:
    """Cycles read on the 1st, 8th, 15th and 22nd, with history and a year ahead."""
    chance, made = Chance(seed, "cycles"), []
    for number in range(1, CYCLES + 1):
        first = first_day + timedelta(days=7 * (number - 1))
        days = [add_months(first, month) for month in range(months + MONTHS_AHEAD + 1)]
        pairs = pairwise(days)
        rounds = tuple(Round(chance.id(), start, end) for start, end in pairs)
        made.append(DemoCycle(number, chance.id(), rounds))
    return tuple(made)


def cycles(drawn: tuple[DemoCycle, ...]) -> Iterator[tuple[Any, ...]]:
    """One row each."""
    for cycle in drawn:
        day = cycle.rounds[0].start.day
        yield cycle.id, cycle.code, f"Read on the {ORDINALS[day]}", "monthly"


def periods(drawn: tuple[DemoCycle, ...]) -> Iterator[tuple[Any, ...]]:
    """The calendar: contiguous, half-open."""
    for cycle in drawn:
        for place, each in enumerate(cycle.rounds):
            window = each.end - timedelta(days=2), each.end + timedelta(days=3)
            yield (
                *(each.id, cycle.id, each.start, each.end, each.start if place else None),
                *(*window, each.bill_on, each.due_on),
            )


def members(
    seed: int, drawn: tuple[DemoCycle, ...], occupancies: list[Occupancy]
) -> Iterator[tuple[Any, ...]]:
    """Every account bills with the walk that its meter is on."""
    chance = Chance(seed, "members")
    for occupancy in occupancies:
        cycle = drawn[cycle_of(occupancy.point.site) - 1]
        row = (chance.id(), occupancy.account_id, cycle.id)
        yield (*row, occupancy.from_on, occupancy.to_on)


def draw_walks(seed: int, points: list[Point]) -> dict[int, UUID]:
    """An id for every street that has a stop."""
    chance = Chance(seed, "walks")
    return {street: chance.id() for street in sorted({point.site.street for point in points})}


def walks(walk_ids: dict[int, UUID]) -> Iterator[tuple[Any, ...]]:
    """One row each."""
    for street, walk_id in walk_ids.items():
        code, cycle = f"W{street + 1:03d}", f"C{street % CYCLES + 1}"
        reader = READERS[street % len(READERS)]
        yield walk_id, code, street_name(street), cycle, "generic-csv", reader, 1


def stops(points: list[Point], walk_ids: dict[int, UUID]) -> Iterator[tuple[Any, ...]]:
    """Along the streets in the order of the lots, numbered by tens."""
    places = dict.fromkeys(walk_ids, 0)
    for point in points:
        walk = point.site.street
        places[walk] += 10
        yield point.id, walk_ids[walk], places[walk]
