"""From staged lines to registers, and from there to reads: set-based, no query per line.

A line names its register by meter number, else by endpoint, else by service point. What fits no
installed meter goes to the queue of unknown and swapped meters; nothing is guessed.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg

from curbstop.kernel.ids import uuid7
from curbstop.platform.db import Sql
from curbstop.readings.imports.plausible import queue_implausible, set_aside
from curbstop.readings.reviews.suspects import TURN

# `odd` lines are looked at however usual their use is: what the file says of the meter differs from
# the record, the dials cannot show the value, or it is an estimate.
_COLUMNS = f"""
SELECT i.line, i.read_on, i.value, i.method, i.unit, i.multiplier, i.dials,
       i.changed_meter_no AS said_meter, r.id AS register_id, n.service_point_id,
       n.from_on AS installation_from,
       CASE WHEN m.id IS NULL THEN 'unknown'
            WHEN n.id IS NULL THEN 'not_installed'
            WHEN r.id IS NULL THEN 'register' END AS problem,
       coalesce(i.value >= {TURN} OR i.method = 'estimated' OR i.unit <> r.unit
                OR i.dials::integer <> r.dials OR i.multiplier::numeric <> r.multiplier
                OR i.changed_meter_no <> m.serial, false) AS odd
FROM incoming i
"""  # noqa: S608

_PLANT = """
LEFT JOIN registers r ON r.meter_id = m.id AND r.number = coalesce(i.register_no, '0')
LEFT JOIN installations n ON n.meter_id = m.id AND i.read_on >= n.from_on
      AND (n.to_on IS NULL OR i.read_on <= n.to_on)
"""

# Nearly in the order of the reads' key: their index then grows at its end, and a register's reads
# lie side by side for good.
_IN_KEY_ORDER = "ORDER BY register_id, read_on"

_BY_METER = f"""
CREATE UNLOGGED TABLE matched AS
{_COLUMNS}
LEFT JOIN meters m ON m.serial = i.meter_no
{_PLANT}
WHERE i.meter_no IS NOT NULL
{_IN_KEY_ORDER}
"""

_BY_ENDPOINT = f"""
INSERT INTO matched
{_COLUMNS}
LEFT JOIN meters m ON m.endpoint_serial = i.endpoint_id
{_PLANT}
WHERE i.meter_no IS NULL AND i.endpoint_id IS NOT NULL
{_IN_KEY_ORDER}
"""

_BY_POINT = f"""
INSERT INTO matched
{_COLUMNS}
LEFT JOIN service_points p ON p.code = i.service_point
LEFT JOIN installations n ON n.service_point_id = p.id AND n.role = 'main'
      AND i.read_on >= n.from_on AND (n.to_on IS NULL OR i.read_on < n.to_on)
LEFT JOIN meters m ON m.id = n.meter_id
LEFT JOIN registers r ON r.meter_id = m.id AND r.number = coalesce(i.register_no, '0')
WHERE i.meter_no IS NULL AND i.endpoint_id IS NULL
{_IN_KEY_ORDER}
"""

# One serial may be two makers' meters, and a meter may stand at two points on the day it moved.
_AMBIGUOUS = """
WITH doubled AS (
  SELECT line, count(DISTINCT register_id) AS registers, max(installation_from) AS latest
  FROM matched GROUP BY line HAVING count(*) > 1
), removed AS (
  DELETE FROM matched m USING doubled d
  WHERE m.line = d.line AND d.registers = 1 AND m.installation_from < d.latest
)
UPDATE matched m SET problem = 'ambiguous' FROM doubled d
WHERE m.line = d.line AND d.registers > 1
"""

_ADD = """
INSERT INTO reads (register_id, read_on, revision, value, method, kind, rollovers, import_id, line)
SELECT register_id, read_on, 0, value, coalesce(method, 'keyed'), 'cycle', 0, $1, line
FROM matched WHERE problem IS NULL AND value IS NOT NULL
"""

# Some of these reads are there already, or twice in the file: say which, then add the others.
_MARK_REPEATS = """
WITH standing AS (
  SELECT DISTINCT ON (register_id, read_on) register_id, read_on, value, import_id
  FROM reads
  WHERE read_on BETWEEN $1 AND $2 AND register_id IN (SELECT register_id FROM matched)
  ORDER BY register_id, read_on, revision DESC
), numbered AS (
  SELECT line, register_id, read_on, value,
         first_value(value) OVER same AS first_in_file, row_number() OVER same AS nth
  FROM matched WHERE problem IS NULL AND value IS NOT NULL
  WINDOW same AS (PARTITION BY register_id, read_on ORDER BY line)
), seen AS (
  SELECT n.line, s.import_id,
         CASE WHEN s.register_id IS NULL AND n.nth = 1 THEN NULL
              WHEN n.value = coalesce(s.value, n.first_in_file) THEN 'repeat'
              ELSE 'duplicate' END AS problem
  FROM numbered n LEFT JOIN standing s USING (register_id, read_on)
), marked AS (
  UPDATE matched m SET problem = seen.problem FROM seen
  WHERE m.line = seen.line AND seen.problem IS NOT NULL
)
SELECT import_id FROM seen WHERE problem = 'repeat' AND import_id IS NOT NULL
ORDER BY import_id LIMIT 1
"""

_QUEUE = """
INSERT INTO read_reviews (id, rule, severity, state, reason, register_id, service_point_id,
  read_on, value, import_id, line, raw, needs_second, decision_reason, created_at, version)
SELECT gen_random_uuid(),
  CASE WHEN m.problem = 'duplicate' THEN 'duplicate' ELSE 'unknown_meter' END, 'block', 'open',
  CASE m.problem
    WHEN 'unknown' THEN 'No meter ' || coalesce(i.meter_no, i.endpoint_id, i.service_point)
      || CASE WHEN p.id IS NOT NULL THEN '; at ' || p.code || ' stands '
         || coalesce(here.serial, 'none') || ': swapped?' ELSE ' is on record' END
    WHEN 'not_installed' THEN 'Meter ' || coalesce(i.meter_no, i.endpoint_id, '')
      || ' was not installed anywhere on ' || m.read_on
    WHEN 'register' THEN 'Meter ' || coalesce(i.meter_no, i.endpoint_id, i.service_point)
      || ' has no register ' || coalesce(i.register_no, '0')
    WHEN 'ambiguous' THEN 'More than one meter is called ' || coalesce(i.meter_no, i.endpoint_id)
    ELSE 'Another read of ' || m.read_on || ' says otherwise: ' || m.value
  END,
  CASE WHEN m.problem = 'duplicate' THEN m.register_id END,
  coalesce(CASE WHEN m.problem = 'duplicate' THEN m.service_point_id END, p.id),
  m.read_on, m.value, $1, m.line,
  split_part(l.raw, E'\\n', m.line - l.first_line + 1), false, '', $2, 1
FROM matched m
JOIN incoming i USING (line)
JOIN import_lines l ON l.import_id = $1 AND m.line >= l.first_line
     AND m.line < l.first_line + l.lines
LEFT JOIN service_points p ON p.code = i.service_point
LEFT JOIN installations at_point ON at_point.service_point_id = p.id AND at_point.to_on IS NULL
     AND at_point.role = 'main'
LEFT JOIN meters here ON here.id = at_point.meter_id
WHERE m.problem IN ('unknown', 'not_installed', 'register', 'ambiguous', 'duplicate')
"""


_SPAN = """
SELECT count(*) AS lines, count(meter_no) AS named_by_meter,
       min(read_on) AS first_on, max(read_on) AS last_on
FROM incoming
"""

# The reads that this file adds, as the rules look at them.
_FRESH = """
CREATE VIEW fresh AS
SELECT register_id, read_on, value, service_point_id, said_meter, unit, multiplier, dials, odd,
       '{import_id}'::uuid AS import_id, line
FROM matched WHERE problem IS NULL AND value IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Matched:
    """How many lines became what."""

    added: int
    repeats: int
    unread: int
    unmatched: int
    duplicates: int
    first_import_id: UUID | None
    first_on: date | None
    last_on: date | None


async def match_and_add(sql: Sql, import_id: UUID, now: object, days: tuple[date, date]) -> Matched:
    """Give every staged line its register, add its read, and queue what does not fit.

    Reads outside `days` are queued before a month is made for them.
    Reads that stand already with the same value add nothing; another value becomes an exception.
    Leaves `matched`, a row for each line, and `fresh`, a view of the reads that were added.
    """
    await sql.execute("ANALYZE incoming")
    span = await sql.fetchrow(_SPAN)
    assert span is not None
    found = _rows(await sql.execute(_BY_METER))
    if span["named_by_meter"] < span["lines"]:
        found += _rows(await sql.execute(_BY_ENDPOINT)) + _rows(await sql.execute(_BY_POINT))
    await sql.execute("ANALYZE matched")
    if found != span["lines"]:
        await sql.execute(_AMBIGUOUS)
        # What stays doubled stands in the queue once.
        await sql.execute(
            "DELETE FROM matched a USING matched b WHERE a.line = b.line AND a.ctid > b.ctid"
        )
    first_on, last_on = span["first_on"], span["last_on"]
    if first_on < days[0] or last_on > days[1]:
        await set_aside(sql, days)
        first_on, last_on = max(first_on, days[0]), min(last_on, days[1])
    await sql.execute("SELECT public.ensure_read_partitions($1, $2)", first_on, last_on)
    first_import = await _add(sql, import_id, first_on, last_on)
    await sql.execute(_QUEUE, import_id, now)
    await queue_implausible(sql, import_id, now, days)
    counts = await sql.fetchrow(
        "SELECT count(*) FILTER (WHERE problem IS NULL AND value IS NOT NULL) AS added,"
        " count(*) FILTER (WHERE problem = 'repeat') AS repeats,"
        " count(*) FILTER (WHERE problem IS NULL AND value IS NULL) AS unread,"
        " count(*) FILTER (WHERE problem IN ('duplicate', 'day')) AS duplicates,"
        " count(*) FILTER (WHERE problem NOT IN ('repeat', 'duplicate', 'day')) AS unmatched"
        " FROM matched"
    )
    assert counts is not None
    await sql.execute(_FRESH.format(import_id=import_id))
    return Matched(**counts, first_import_id=first_import, first_on=first_on, last_on=last_on)


def _rows(tag: str) -> int:
    """How many rows a statement's tag tells of."""
    return int(tag.rsplit(" ", 1)[-1])


async def _add(sql: Sql, import_id: UUID, first_on: date, last_on: date) -> UUID | None:
    """Add the reads, straight at first: an ordinary file holds nothing that is there already."""
    point = f"s{uuid7().hex}"
    await sql.execute(f"SAVEPOINT {point}")
    try:
        await sql.execute(_ADD, import_id)
    except asyncpg.UniqueViolationError:
        await sql.execute(f"ROLLBACK TO SAVEPOINT {point}")
        first: UUID | None = await sql.fetchval(_MARK_REPEATS, first_on, last_on)
        await sql.execute(_ADD, import_id)
        return first
    finally:
        await sql.execute(f"RELEASE SAVEPOINT {point}")
    return None
