"""Reading walks: the list, the lines of hand entry, and what a download file carries."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

import asyncpg

from curbstop.kernel.errors import NotFound
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec
from curbstop.readings.consumption.quantities import ReadPoint
from curbstop.readings.consumption.queries import standing_reads
from curbstop.readings.reviews.history import recent, same_season, steps_of
from curbstop.readings.reviews.spans import HISTORY_DAYS
from curbstop.readings.validation.facts import Parameters
from curbstop.readings.walks.schemas import EntryLine, WalkOut

WALKS: ListSpec[WalkOut] = ListSpec(
    row=WalkOut,
    source="walks w",
    columns={
        **{n: f"w.{n}" for n in ("id", "code", "name", "cycle", "layout", "reader", "version")},
        "stops": "(SELECT count(*) FROM walk_stops s WHERE s.walk_id = w.id)",
    },
    sort="code",
    tiebreak="w.id",
    filters={"cycle": "w.cycle = {}"},
    search="w.code ILIKE {} OR w.name ILIKE {} OR w.reader ILIKE {}",
)

_WALK = """
SELECT w.*, (SELECT count(*) FROM walk_stops s WHERE s.walk_id = w.id) AS stops
FROM walks w WHERE w.id = $1
"""

# Every register that stood at a stop of the walk on the day, in walk order.
_STOPS = """
SELECT s.sequence, p.id AS service_point_id, p.code AS service_point_code, p.location,
       p.access_notes, p.longitude, p.latitude, l.situs_line AS service_address, l.situs_city,
       l.situs_zip, m.id AS meter_id, m.serial AS meter_serial, m.endpoint_serial AS endpoint,
       m.size AS meter_size, m.make, i.from_on AS installed_on,
       r.id AS register_id, r.number AS register_no, r.dials, r.decimals, r.unit, r.multiplier,
       who.number AS account_number, who.mail_name, who.phone
FROM walk_stops s
JOIN service_points p ON p.id = s.service_point_id
LEFT JOIN parcels l ON l.id = p.parcel_id
JOIN installations i ON i.service_point_id = p.id AND i.from_on <= $2
     AND (i.to_on IS NULL OR i.to_on > $2)
JOIN meters m ON m.id = i.meter_id
JOIN registers r ON r.meter_id = m.id
LEFT JOIN LATERAL (
  SELECT c.number, c.mail_name, u.phone
  FROM agreements a JOIN accounts c ON c.id = a.account_id JOIN customers u ON u.id = c.customer_id
  WHERE a.service_point_id = p.id AND a.from_on <= $2 AND (a.to_on IS NULL OR a.to_on > $2)
  ORDER BY a.share_percent DESC, a.id LIMIT 1
) who ON true
WHERE s.walk_id = $1
ORDER BY s.sequence, p.code, m.serial, r.number
"""

_UNREAD = """
SELECT r.id AS register_id
FROM walk_stops s
JOIN installations i ON i.service_point_id = s.service_point_id AND i.from_on <= $3
     AND (i.to_on IS NULL OR i.to_on > $3)
JOIN registers r ON r.meter_id = i.meter_id
WHERE s.walk_id = $1
  AND NOT EXISTS (SELECT FROM reads d WHERE d.register_id = r.id
                  AND d.read_on > $2 AND d.read_on <= $3 AND d.value IS NOT NULL)
  AND NOT EXISTS (SELECT FROM read_reviews v WHERE v.register_id = r.id AND v.rule = 'missing'
                  AND v.read_on > $2 AND v.read_on <= $3)
ORDER BY s.sequence, r.number
"""


# What was last noted of each register on the day; a register without a note is left out.
_NOTED = """
SELECT DISTINCT ON (c.register_id) c.register_id, c.skip_code, c.trouble_codes, c.note, c.photo_id
FROM walk_stops s
JOIN read_codes c ON c.service_point_id = s.service_point_id AND c.noted_on = $2
WHERE s.walk_id = $1 AND c.register_id IS NOT NULL
ORDER BY c.register_id, c.recorded_at DESC, c.id DESC
"""


class WalkNotFound(NotFound):
    title = "No such walk"


async def get_walk(sql: Sql, walk_id: UUID) -> WalkOut:
    """A walk by its id. Raises WalkNotFound."""
    row = await sql.fetchrow(_WALK, walk_id)
    if row is None:
        raise WalkNotFound(str(walk_id))
    return WalkOut.model_validate(dict(row))


class Stop:
    """A register of a stop with its last read and the limits of a usual next one."""

    def __init__(self, row: asyncpg.Record, reads: Sequence[ReadPoint], on: date) -> None:
        self.row = row
        capacity = Decimal(10) ** (row["dials"] - row["decimals"])
        past = [read for read in reads if read.read_on < on]
        self.previous = past[-1] if past else None
        self.today = next((read.value for read in reads if read.read_on == on), None)
        self.low, self.high = _limits(past, capacity, on, row["decimals"])


def _limits(
    past: Sequence[ReadPoint], capacity: Decimal, on: date, decimals: int
) -> tuple[Decimal | None, Decimal | None]:
    """The values between which a read is usual; None without history or across the turn."""
    steps = steps_of(past, capacity)
    season = same_season(steps, on)
    usual = season if season is not None else recent(steps, on)
    if usual is None or usual < 0:
        return None, None
    parameters = Parameters()
    expected = usual * (on - past[-1].read_on).days
    step = Decimal(1).scaleb(-decimals)
    low = past[-1].value + (expected * parameters.low_factor).quantize(step, ROUND_HALF_UP)
    high = past[-1].value + (expected * parameters.high_factor).quantize(step, ROUND_HALF_UP)
    return (low, high) if high < capacity else (None, None)


async def stops_of(sql: Sql, walk_id: UUID, on: date) -> list[Stop]:
    """The registers of a walk on a day, in walk order, in two queries whatever its length."""
    rows = await sql.fetch(_STOPS, walk_id, on)
    registers = [row["register_id"] for row in rows]
    reads = await standing_reads(sql, registers, on - timedelta(days=HISTORY_DAYS), on)
    return [Stop(row, reads.get(row["register_id"], []), on) for row in rows]


async def entry_lines(sql: Sql, walk_id: UUID, on: date) -> list[EntryLine]:
    """The lines of hand entry for a day. Raises WalkNotFound."""
    await get_walk(sql, walk_id)
    noted = {row["register_id"]: row for row in await sql.fetch(_NOTED, walk_id, on)}
    stops = await stops_of(sql, walk_id, on)
    return [_entry_line(stop, noted.get(stop.row["register_id"])) for stop in stops]


def _entry_line(stop: Stop, noted: asyncpg.Record | None) -> EntryLine:
    row = {name: stop.row[name] for name in EntryLine.model_fields if name in stop.row.keys()}  # noqa: SIM118
    return EntryLine(
        **row,
        previous_on=stop.previous.read_on if stop.previous else None,
        previous_value=stop.previous.value if stop.previous else None,
        low_limit=stop.low,
        high_limit=stop.high,
        value=stop.today,
        # A read answers the reason why there was none.
        skip_code=noted["skip_code"] if noted and stop.today is None else "",
        trouble_codes=noted["trouble_codes"] if noted else [],
        note=noted["note"] if noted else "",
        photo_id=noted["photo_id"] if noted else None,
    )


async def unread_registers(sql: Sql, walk_id: UUID, since_on: date, on: date) -> list[UUID]:
    """Registers of the walk without a read in `(since_on, on]` and not yet on the edit list."""
    return [row["register_id"] for row in await sql.fetch(_UNREAD, walk_id, since_on, on)]
