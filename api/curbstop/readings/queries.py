"""Reads of registers, and where a register stands on a day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg

from curbstop.kernel.errors import NotFound
from curbstop.platform.db import Sql
from curbstop.readings.consumption.quantities import RegisterFacts
from curbstop.readings.consumption.queries import register_facts
from curbstop.readings.schemas import ReadRow

_PLACED = """
SELECT r.id AS register_id, r.number, r.dials, r.decimals, r.multiplier, r.unit, r.billing_step,
       m.serial, i.service_point_id
FROM registers r
JOIN meters m ON m.id = r.meter_id
LEFT JOIN installations i ON i.meter_id = m.id AND i.from_on <= $2
     AND (i.to_on IS NULL OR i.to_on >= $2)
WHERE r.id = $1
ORDER BY i.from_on DESC NULLS LAST LIMIT 1
"""

_STANDING = """
SELECT register_id, read_on, revision, value, method, kind, rollovers FROM reads
WHERE register_id = $1 AND read_on = $2 ORDER BY revision DESC LIMIT 1
"""


class RegisterNotFound(NotFound):
    title = "No such register"


@dataclass(frozen=True, slots=True)
class PlacedRegister:
    """A register, its meter's serial, and the service point where it stands (None: in store)."""

    facts: RegisterFacts
    serial: str
    service_point_id: UUID | None


async def get_placed_register(sql: Sql, register_id: UUID, on: date) -> PlacedRegister:
    """A register and where it stood on a day. Raises RegisterNotFound."""
    row = await sql.fetchrow(_PLACED, register_id, on)
    if row is None:
        raise RegisterNotFound(str(register_id))
    return PlacedRegister(register_facts(row), row["serial"], row["service_point_id"])


async def standing_read(sql: Sql, register_id: UUID, read_on: date) -> asyncpg.Record | None:
    """The highest revision of a day (its `value` is None when it withdraws), or None."""
    return await sql.fetchrow(_STANDING, register_id, read_on)


_OF_POINT = """
WITH standing AS (
  SELECT DISTINCT ON (d.register_id, d.read_on)
         d.register_id, r.number AS register_no, m.serial AS meter_serial, d.read_on, d.value,
         r.unit, d.method, d.kind, d.rollovers, d.revision, d.import_id, d.line, d.recorded_at,
         power(10::numeric, r.dials - r.decimals) AS capacity
  FROM installations i
  JOIN registers r ON r.meter_id = i.meter_id
  JOIN meters m ON m.id = i.meter_id
  JOIN reads d ON d.register_id = r.id AND d.read_on >= i.from_on
       AND (i.to_on IS NULL OR d.read_on <= i.to_on)
  WHERE i.service_point_id = $1 AND d.read_on BETWEEN $2 AND $3
  ORDER BY d.register_id, d.read_on, d.revision DESC
)
SELECT *, trim_scale(value - lag(value) OVER past + rollovers * capacity) AS used,
       read_on - lag(read_on) OVER past AS days
FROM standing WHERE value IS NOT NULL
WINDOW past AS (PARTITION BY register_id ORDER BY read_on)
ORDER BY read_on DESC, register_no, register_id LIMIT $4
"""


async def reads_of_point(
    sql: Sql, service_point_id: UUID, first_on: date, last_on: date, limit: int
) -> list[ReadRow]:
    """The standing reads of every meter that stood at a point, newest first."""
    rows = await sql.fetch(_OF_POINT, service_point_id, first_on, last_on, limit)
    return [ReadRow.model_validate(dict(row)) for row in rows]
