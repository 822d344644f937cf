"""How far the reading of each cycle is: the registers that are due, read, and clear of exceptions.

A cycle is read by the stretch of its calendar whose reading began last and whose bills are not in
the books yet; before the first, and between two, by the one that comes next.
"""

from datetime import date

import asyncpg

from curbstop.billing.cycles.schemas import CycleReads
from curbstop.platform.db import Sql
from curbstop.readings.reviews.models import UNDECIDED_SQL

_PERIODS = """
SELECT DISTINCT ON (c.code) c.id AS cycle_id, c.code, c.name, p.id AS cycle_period_id,
       p.period_from, p.period_to, p.read_from, p.read_to, p.bill_on
FROM cycles c JOIN cycle_periods p ON p.cycle_id = c.id
WHERE p.read_from > $1 OR NOT EXISTS (
  SELECT 1 FROM cycle_periods q JOIN bill_runs o ON o.cycle_period_id = q.id
  WHERE q.cycle_id = c.id AND q.period_to >= p.period_to AND o.state = 'posted')
ORDER BY c.code, p.read_from > $1, abs(p.read_from - $1::date)
"""

# A register is due when its meter stands, on the last day of reading, where an account of the cycle
# takes a service. Every due register is one row: read or not, waiting for a decision or not.
_COUNTS = f"""
WITH due AS (
  SELECT DISTINCT r.id
  FROM cycle_accounts m
  JOIN agreements a ON a.account_id = m.account_id AND a.from_on <= $3
    AND (a.to_on IS NULL OR a.to_on > $3)
  JOIN installations i ON i.service_point_id = a.service_point_id AND i.from_on <= $3
    AND (i.to_on IS NULL OR i.to_on > $3)
  JOIN registers r ON r.meter_id = i.meter_id
  WHERE m.cycle_id = $1 AND m.from_on <= $3 AND (m.to_on IS NULL OR m.to_on > $3)
), standing AS (
  SELECT DISTINCT ON (d.register_id, d.read_on) d.register_id, d.value, d.method
  FROM reads d JOIN due ON due.id = d.register_id
  WHERE d.read_on BETWEEN $2 AND $3
  ORDER BY d.register_id, d.read_on, d.revision DESC
), read AS (
  SELECT register_id, bool_and(method = 'estimated') AS estimated
  FROM standing WHERE value IS NOT NULL GROUP BY register_id
), waiting AS (
  SELECT DISTINCT register_id FROM read_reviews
  WHERE state IN {UNDECIDED_SQL} AND read_on BETWEEN $2 AND $3
)
SELECT count(*) AS due, count(read.register_id) AS read,
       count(*) FILTER (WHERE read.register_id IS NOT NULL AND waiting.register_id IS NULL)
         AS clear,
       count(*) FILTER (WHERE read.estimated) AS estimated
FROM due
LEFT JOIN read ON read.register_id = due.id
LEFT JOIN waiting ON waiting.register_id = due.id
"""  # noqa: S608


async def reads_of_cycles(sql: Sql, on: date) -> list[CycleReads]:
    """Each cycle that has a calendar to read by on the day, in the order of codes."""
    return [await _counted(sql, period) for period in await sql.fetch(_PERIODS, on)]


async def _counted(sql: Sql, period: asyncpg.Record) -> CycleReads:
    counts = await sql.fetchrow(_COUNTS, period["cycle_id"], period["read_from"], period["read_to"])
    assert counts is not None
    return CycleReads(**period, **counts)
