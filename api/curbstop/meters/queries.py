"""Plant in bulk, for readings and billing: sets in, plain values out, a query per table."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from curbstop.kernel.dates import Period
from curbstop.kernel.units import Unit
from curbstop.platform.db import Sql


class RegisterFact(NamedTuple):
    """A register of a meter. `billing_step` 0 bills every digit."""

    register_id: UUID
    number: str
    dials: int
    decimals: int
    multiplier: Decimal
    unit: Unit
    billing_step: Decimal


class InstallationFact(NamedTuple):
    """A meter at a service point in `[from_on, to_on)`."""

    installation_id: UUID
    service_point_id: UUID
    meter_id: UUID
    serial: str
    size: str
    kind: str
    role: str
    from_on: date
    to_on: date | None
    registers: tuple[RegisterFact, ...]


class DeductionFact(NamedTuple):
    """The child's water comes off the parent's in `[from_on, to_on)`."""

    parent_service_point_id: UUID
    child_service_point_id: UUID
    from_on: date
    to_on: date | None


_INSTALLATIONS = """
SELECT i.id, i.service_point_id, i.meter_id, m.serial, m.size, m.kind, i.role, i.from_on, i.to_on
FROM installations i JOIN meters m ON m.id = i.meter_id
WHERE i.service_point_id = ANY ($1) AND i.from_on <= $3 AND (i.to_on IS NULL OR i.to_on > $2)
ORDER BY i.service_point_id, i.from_on, i.role
"""
_REGISTERS = """
SELECT meter_id, id, number, dials, decimals, multiplier, unit, billing_step
FROM registers WHERE meter_id = ANY ($1) ORDER BY meter_id, number
"""
_DEDUCTIONS = """
SELECT parent_service_point_id, child_service_point_id, from_on, to_on FROM deductions
WHERE parent_service_point_id = ANY ($1) AND from_on < $3 AND (to_on IS NULL OR to_on > $2)
ORDER BY parent_service_point_id, from_on, child_service_point_id
"""


async def installations_in(
    sql: Sql, service_point_ids: Collection[UUID], period: Period
) -> dict[UUID, list[InstallationFact]]:
    """Meters that stood at each point within the period, oldest first, with their registers.

    One that was set on the last day (`period.end`) is included: its in-read is that day's. Points
    without a meter are absent. Two queries, whatever the number of points.
    """
    rows = await sql.fetch(_INSTALLATIONS, list(service_point_ids), period.start, period.end)
    registers = await registers_of(sql, {row["meter_id"] for row in rows})
    found: defaultdict[UUID, list[InstallationFact]] = defaultdict(list)
    for row in rows:
        fact = InstallationFact._make([*row, tuple(registers[row["meter_id"]])])
        found[fact.service_point_id].append(fact)
    return dict(found)


async def registers_of(sql: Sql, meter_ids: Collection[UUID]) -> dict[UUID, list[RegisterFact]]:
    """The registers of each meter, by number. One query."""
    found: defaultdict[UUID, list[RegisterFact]] = defaultdict(list)
    for meter_id, register_id, number, dials, decimals, multiplier, unit, step in await sql.fetch(
        _REGISTERS, list(meter_ids)
    ):
        fact = RegisterFact(register_id, number, dials, decimals, multiplier, Unit(unit), step)
        found[meter_id].append(fact)
    return found


async def deductions_in(
    sql: Sql, parent_service_point_ids: Collection[UUID], period: Period
) -> dict[UUID, list[DeductionFact]]:
    """What comes off each parent on some day of the period. One query."""
    found: defaultdict[UUID, list[DeductionFact]] = defaultdict(list)
    for row in await sql.fetch(
        _DEDUCTIONS, list(parent_service_point_ids), period.start, period.end
    ):
        found[row["parent_service_point_id"]].append(DeductionFact(*row))
    return dict(found)
