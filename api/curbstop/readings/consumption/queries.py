"""Consumption in bulk: one set of queries for any number of service points, none per row."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import asyncpg

from curbstop.kernel.dates import Period
from curbstop.kernel.units import GALLONS_PER_HCF, Unit
from curbstop.platform.db import Sql
from curbstop.readings.consumption.compute import deduct, service_point_consumption
from curbstop.readings.consumption.quantities import (
    Block,
    Consumption,
    InstalledMeter,
    ReadPoint,
    RegisterFacts,
)
from curbstop.readings.kinds import ReadMethod

# How far back the day of the last billed read is looked for when the caller does not say it.
LOOK_BACK_DAYS = 400

_METERS = """
SELECT i.id AS installation_id, i.service_point_id, i.role, i.from_on, i.to_on,
       m.id AS meter_id, m.serial, r.id AS register_id, r.number, r.dials, r.decimals,
       r.multiplier, r.unit, r.billing_step
FROM installations i
JOIN meters m ON m.id = i.meter_id
JOIN registers r ON r.meter_id = m.id
WHERE i.service_point_id = ANY($1) AND i.from_on <= $3 AND (i.to_on IS NULL OR i.to_on >= $2)
ORDER BY i.service_point_id, i.from_on, i.id, r.number
"""

_DEDUCTIONS = """
SELECT parent_service_point_id AS parent, child_service_point_id AS child
FROM deductions
WHERE parent_service_point_id = ANY($1) AND from_on <= $2 AND (to_on IS NULL OR to_on > $2)
ORDER BY child_service_point_id
"""

# The standing read of each register and day: the highest revision, unless it withdraws.
_READS = """
SELECT register_id, read_on, value, method, rollovers FROM (
  SELECT DISTINCT ON (register_id, read_on) register_id, read_on, value, method, rollovers
  FROM reads
  WHERE register_id = ANY($1) AND read_on BETWEEN $2 AND $3
  ORDER BY register_id, read_on, revision DESC
) standing WHERE value IS NOT NULL
ORDER BY register_id, read_on
"""

# Subqueries are hashed once; ANY over thousands of ids would be searched for every review.
_OPEN = """
SELECT register_id, service_point_id, read_on, reason FROM read_reviews
WHERE state IN ('open', 'proposed', 'held', 'reread') AND severity = 'block'
  AND read_on BETWEEN $3 AND $4 AND (register_id IN (SELECT unnest($1::uuid[]))
    OR service_point_id IN (SELECT unnest($2::uuid[])))
ORDER BY read_on, created_at, id
"""

# The last day before its latest read on which a point was read for a bill, an exchange or a move.
_SINCE = """
WITH here AS (
  SELECT i.service_point_id, i.from_on, i.to_on, r.id AS register_id
  FROM installations i JOIN registers r ON r.meter_id = i.meter_id
  WHERE i.service_point_id = ANY($1)
), standing AS (
  SELECT DISTINCT ON (register_id, read_on) register_id, read_on, kind, value FROM reads
  WHERE register_id IN (SELECT register_id FROM here) AND read_on BETWEEN $2 AND $3
  ORDER BY register_id, read_on, revision DESC
)
SELECT service_point_id, max(read_on) AS since FROM (
  SELECT h.service_point_id, d.read_on,
         max(d.read_on) OVER (PARTITION BY h.service_point_id) AS latest
  FROM here h JOIN standing d USING (register_id)
  WHERE d.kind IN ('cycle', 'in', 'move') AND d.value IS NOT NULL
    AND d.read_on >= h.from_on AND (h.to_on IS NULL OR d.read_on <= h.to_on)
) seen WHERE read_on < latest GROUP BY service_point_id
"""


@dataclass(slots=True)
class _Facts:
    """Everything read for a chunk of service points."""

    meters: dict[UUID, list[InstalledMeter]] = field(default_factory=dict)
    reads: dict[UUID, list[ReadPoint]] = field(default_factory=dict)
    children: dict[UUID, list[UUID]] = field(default_factory=dict)
    since: dict[UUID, date] = field(default_factory=dict)
    waiting: dict[UUID, str] = field(default_factory=dict)


async def consumption_of(
    sql: Sql,
    service_point_ids: Collection[UUID],
    through_on: date,
    since: Mapping[UUID, date] | None = None,
    gallons_per_hcf: Decimal = GALLONS_PER_HCF,
) -> dict[UUID, Consumption]:
    """What each service point used up to its last read on or before `through_on`.

    `since` gives the day of the read that the last bill ended at (for a new agreement, of its
    in-read); the consumption starts there or is blocked. Without it the period starts at the
    latest read for a bill, an exchange or a move before the last one. Every id asked for is in the
    answer; what may not be billed says why in `blocked_by`. Deduct meters are taken off.
    """
    asked = list(dict.fromkeys(service_point_ids))
    facts = await _gather(sql, asked, through_on, since or {})
    everyone = [*asked, *(c for children in facts.children.values() for c in children)]
    own = {
        point: _own(point, facts, through_on, gallons_per_hcf) for point in dict.fromkeys(everyone)
    }
    return {
        point: deduct(own[point], [own[c] for c in facts.children[point]], gallons_per_hcf)
        if point in facts.children
        else own[point]
        for point in asked
    }


def _own(point: UUID, facts: _Facts, through_on: date, gallons_per_hcf: Decimal) -> Consumption:
    start = facts.since.get(point)
    meters = facts.meters.get(point, [])
    if start is None:
        first = min((m.from_on for m in meters), default=through_on)
        start = min(first, through_on)
    window = Period(min(start, through_on), through_on)
    used = service_point_consumption(
        point, meters, facts.reads, window, gallons_per_hcf=gallons_per_hcf
    )
    if used.block is None and point in facts.waiting:
        return _blocked(used, facts.waiting[point])
    return used


def _blocked(used: Consumption, reason: str) -> Consumption:
    return replace(used, block=Block.OPEN_REVIEW, blocked_by=reason)


async def _gather(
    sql: Sql, asked: Sequence[UUID], through_on: date, since: Mapping[UUID, date]
) -> _Facts:
    facts = _Facts()
    for row in await sql.fetch(_DEDUCTIONS, asked, through_on):
        facts.children.setdefault(row["parent"], []).append(row["child"])
    points = [*asked, *(c for children in facts.children.values() for c in children)]
    facts.since.update(since)
    if missing := [point for point in points if point not in facts.since]:
        earliest = through_on - timedelta(days=LOOK_BACK_DAYS)
        found = await sql.fetch(_SINCE, missing, earliest, through_on)
        facts.since.update({row["service_point_id"]: row["since"] for row in found})
    starts = [facts.since[point] for point in points if point in facts.since]
    first_on = min([*starts, through_on])
    facts.meters = await installed_meters(sql, points, first_on, through_on)
    registers = [
        register.register_id
        for meters in facts.meters.values()
        for meter in meters
        for register in meter.registers
    ]
    span = Period(first_on, through_on)
    open_reasons = await _open_reasons(sql, registers, points, span, facts)
    facts.reads = await standing_reads(sql, registers, first_on, through_on, open_reasons)
    return facts


async def installed_meters(
    sql: Sql, points: Sequence[UUID], first_on: date, last_on: date
) -> dict[UUID, list[InstalledMeter]]:
    """The meters that stood at each service point on any day of the span, with their registers."""
    grouped: dict[UUID, dict[UUID, list[asyncpg.Record]]] = defaultdict(dict)
    for row in await sql.fetch(_METERS, points, first_on, last_on):
        grouped[row["service_point_id"]].setdefault(row["installation_id"], []).append(row)
    return {
        point: [_installed(rows) for rows in installations.values()]
        for point, installations in grouped.items()
    }


def _installed(rows: Sequence[asyncpg.Record]) -> InstalledMeter:
    head = rows[0]
    return InstalledMeter(
        installation_id=head["installation_id"],
        meter_id=head["meter_id"],
        serial=head["serial"],
        from_on=head["from_on"],
        to_on=head["to_on"],
        registers=tuple(register_facts(row) for row in rows),
        deducts=head["role"] == "deduct",
    )


def register_facts(row: asyncpg.Record) -> RegisterFacts:
    """A register from a row with its columns (`register_id`, `number`, `dials`, …)."""
    return RegisterFacts(
        register_id=row["register_id"],
        number=row["number"],
        dials=row["dials"],
        decimals=row["decimals"],
        multiplier=plain(row["multiplier"]),
        unit=Unit(row["unit"]),
        billing_step=plain(row["billing_step"]),
    )


def plain(number: Decimal) -> Decimal:
    """The same number without the zeros that its column pads it with."""
    whole = number.to_integral_value()
    return whole if whole == number else number.normalize()


async def standing_reads(
    sql: Sql,
    registers: Sequence[UUID],
    first_on: date,
    last_on: date,
    open_reasons: Mapping[tuple[UUID, date], str] | None = None,
) -> dict[UUID, list[ReadPoint]]:
    """The standing reads of each register in the span, by day; withdrawn days are absent."""
    reasons = open_reasons or {}
    reads: dict[UUID, list[ReadPoint]] = defaultdict(list)
    for register_id, read_on, value, method, rollovers in await sql.fetch(
        _READS, registers, first_on, last_on
    ):
        reason = reasons.get((register_id, read_on))
        reads[register_id].append(ReadPoint(read_on, value, ReadMethod(method), rollovers, reason))
    return dict(reads)


async def _open_reasons(
    sql: Sql,
    registers: Sequence[UUID],
    points: Sequence[UUID],
    span: Period,
    facts: _Facts,
) -> dict[tuple[UUID, date], str]:
    """Undecided blocking exceptions by register and day; those without a read wait at the point."""
    reasons: dict[tuple[UUID, date], str] = {}
    for row in await sql.fetch(_OPEN, registers, points, span.start, span.end):
        if row["register_id"] is not None:
            reasons.setdefault((row["register_id"], row["read_on"]), row["reason"])
        elif row["service_point_id"] is not None:
            facts.waiting.setdefault(row["service_point_id"], row["reason"])
    return reasons
