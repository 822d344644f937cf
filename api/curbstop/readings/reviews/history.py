"""The facts of reads as the rules want them, from the tables, for any number of reads at once."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import asyncpg

from curbstop.kernel.units import Unit
from curbstop.platform.db import Sql
from curbstop.readings.consumption.quantities import ReadPoint
from curbstop.readings.consumption.queries import standing_reads
from curbstop.readings.kinds import ReadMethod
from curbstop.readings.reviews.spans import (
    HISTORY_DAYS,
    LONGEST_PERIOD_DAYS,
    SEASON_SLACK_DAYS,
    YEAR_DAYS,
)
from curbstop.readings.validation.facts import Asset, ReadFacts, Said

# The fresh reads to judge, with what the meter record says.
_FRESH = """
SELECT f.register_id, f.read_on, f.service_point_id, f.import_id, f.line, f.said_meter,
       f.unit AS said_unit, f.dials::integer AS said_dials,
       f.multiplier::numeric AS said_multiplier,
       m.serial, r.dials, r.decimals, r.multiplier, r.unit
FROM unnest($1::uuid[], $2::date[]) AS asked (register_id, read_on)
JOIN fresh f USING (register_id, read_on)
JOIN registers r ON r.id = f.register_id
JOIN meters m ON m.id = r.meter_id
ORDER BY f.register_id, f.read_on
"""

# Who may be a customer at these points, the main one first. The points as one array: one by one the
# planner would take the exclusion's index, and that one has to be searched whole.
_CLASSES = """
SELECT a.service_point_id, a.from_on, a.to_on, c.class
FROM agreements a JOIN accounts c ON c.id = a.account_id
WHERE a.service_point_id = ANY($1) AND a.from_on <= $2
ORDER BY a.share_percent DESC, a.id
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """A read's facts with where it belongs; `account_class` is None without an agreement."""

    register_id: UUID
    service_point_id: UUID | None
    import_id: UUID | None
    line: int | None
    account_class: str | None
    facts: ReadFacts


async def facts_of(sql: Sql, reads: Sequence[tuple[UUID, date]], today: date) -> list[Judged]:
    """Everything the rules want to know of these fresh reads, in three queries."""
    if not reads:
        return []
    registers, days = [r for r, _ in reads], [d for _, d in reads]
    rows = await sql.fetch(_FRESH, registers, days)
    classes = await _classes(sql, rows, max(days))
    first_on = min(days) - timedelta(days=HISTORY_DAYS)
    past = await standing_reads(sql, list(dict.fromkeys(registers)), first_on, max(days))
    return [
        _judged(row, past.get(row["register_id"], []), _class_on(row, classes), today)
        for row in rows
    ]


Tenures = dict[UUID, list[tuple[date, date | None, str]]]


async def _classes(sql: Sql, rows: Sequence[asyncpg.Record], last_on: date) -> Tenures:
    points = list({row["service_point_id"] for row in rows} - {None})
    found: Tenures = {}
    for point, from_on, to_on, account_class in await sql.fetch(_CLASSES, points, last_on):
        found.setdefault(point, []).append((from_on, to_on, account_class))
    return found


def _class_on(row: asyncpg.Record, classes: Tenures) -> str | None:
    """The class of the main agreement of the read's day, or None without one."""
    on = row["read_on"]
    for from_on, to_on, account_class in classes.get(row["service_point_id"], ()):
        if from_on <= on and (to_on is None or to_on > on):
            return account_class
    return None


def _judged(
    row: asyncpg.Record, reads: Sequence[ReadPoint], account_class: str | None, today: date
) -> Judged:
    asset = Asset(
        row["serial"], row["dials"], row["decimals"], row["multiplier"], Unit(row["unit"])
    )
    said = Said(row["said_meter"], row["said_unit"], row["said_dials"], row["said_multiplier"])
    return Judged(
        register_id=row["register_id"],
        service_point_id=row["service_point_id"],
        import_id=row["import_id"],
        line=row["line"],
        account_class=account_class,
        facts=read_facts(asset, reads, row["read_on"], today, said, account_class is not None),
    )


@dataclass(frozen=True, slots=True)
class Step:
    """Two reads in a row: days, counts used, and counts a day when they tell the usual."""

    end: ReadPoint
    days: int
    delta: Decimal
    daily: Decimal | None


def steps_of(reads: Sequence[ReadPoint], capacity: Decimal) -> list[Step]:
    """The steps between reads; estimates and gaps beyond a season say nothing of daily use."""
    steps = []
    for before, after in itertools.pairwise(reads):
        days = (after.read_on - before.read_on).days
        delta = after.value - before.value + after.rollovers * capacity
        estimated = ReadMethod.ESTIMATED in (before.method, after.method)
        telling = 1 <= days <= LONGEST_PERIOD_DAYS and not estimated
        steps.append(Step(after, days, delta, delta / days if telling else None))
    return steps


def mean(values: Sequence[Decimal]) -> Decimal | None:
    """The average, or None of nothing."""
    return sum(values, Decimal(0)) / len(values) if values else None


def same_season(steps: Sequence[Step], on: date) -> Decimal | None:
    """Daily use of the periods that ended about this day a year before."""
    last_year = on - timedelta(days=YEAR_DAYS)
    near = [s for s in steps if abs((s.end.read_on - last_year).days) <= SEASON_SLACK_DAYS]
    return mean([s.daily for s in near if s.daily is not None])


def recent(steps: Sequence[Step], on: date) -> Decimal | None:
    """Daily use of the last three periods before the day."""
    before = [s for s in steps if s.end.read_on < on][-3:]
    return mean([s.daily for s in before if s.daily is not None])


def read_facts(
    asset: Asset,
    reads: Sequence[ReadPoint],
    on: date,
    today: date,
    said: Said,
    active: bool,
) -> ReadFacts:
    """What the rules want to know of the read of a day; `reads` are the register's, by day."""
    upto = [r for r in reads if r.read_on <= on]
    this, previous = upto[-1], upto[-2] if len(upto) > 1 else None
    steps = steps_of(upto, asset.capacity)
    return ReadFacts(
        asset=asset,
        today=today,
        read_on=on,
        value=this.value,
        method=this.method,
        previous_on=previous.read_on if previous else None,
        previous_value=previous.value if previous else None,
        previous_method=previous.method if previous else None,
        rollovers=this.rollovers,
        same_season_daily=same_season(steps, on),
        recent_daily=recent(steps, on),
        zero_in_a_row=_streak([s.delta == 0 for s in steps]),
        used_before=any(s.delta > 0 for s in steps[:-1]),
        estimated_in_a_row=_streak([r.method is ReadMethod.ESTIMATED for r in upto]),
        active=active,
        said=said,
    )


def _streak(marks: Sequence[bool]) -> int:
    """How many at the end are true."""
    count = 0
    for mark in reversed(marks):
        if not mark:
            break
        count += 1
    return count
