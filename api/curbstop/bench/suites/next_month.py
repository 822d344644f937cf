"""The month after a district's last bills: every register is read again, so that all can be billed.

Used water is what it was the month before. An ordinary month follows, in which nobody has a credit
left over; taking the last runs back instead would leave one on every bill that was paid.
"""

import asyncio

import asyncpg

POLL_SECONDS = 0.5

_READS = """
WITH due AS (
  SELECT DISTINCT ON (p.cycle_id) p.cycle_id, n.period_to
  FROM bill_runs r JOIN cycle_periods p ON p.id = r.cycle_period_id
  JOIN cycle_periods n ON n.cycle_id = p.cycle_id AND n.period_from = p.period_to
  WHERE r.state = 'posted' ORDER BY p.cycle_id, p.period_from DESC
)
INSERT INTO reads (register_id, read_on, revision, value, method, kind, rollovers)
SELECT DISTINCT ON (x.id) x.id, d.period_to, 0, CASE
    WHEN last.value < before.value
      OR 2 * last.value - before.value >= 10 ^ (x.dials - x.decimals) THEN last.value
    ELSE 2 * last.value - before.value END, 'radio', 'cycle', 0
FROM due d
JOIN cycle_accounts m ON m.cycle_id = d.cycle_id AND m.to_on IS NULL
JOIN agreements g ON g.account_id = m.account_id AND g.to_on IS NULL
JOIN installations i ON i.service_point_id = g.service_point_id AND i.to_on IS NULL
JOIN registers x ON x.meter_id = i.meter_id
CROSS JOIN LATERAL (
  SELECT value, read_on FROM reads WHERE register_id = x.id AND value IS NOT NULL
  ORDER BY read_on DESC, revision DESC LIMIT 1) last
CROSS JOIN LATERAL (
  SELECT value FROM reads
  WHERE register_id = x.id AND value IS NOT NULL AND read_on < last.read_on
  ORDER BY read_on DESC, revision DESC LIMIT 1) before
WHERE last.read_on < d.period_to
ON CONFLICT DO NOTHING
"""

_PERIODS = """
SELECT DISTINCT ON (p.cycle_id) n.id::text AS period
FROM bill_runs r JOIN cycle_periods p ON p.id = r.cycle_period_id
JOIN cycle_periods n ON n.cycle_id = p.cycle_id AND n.period_from = p.period_to
WHERE r.state = 'posted' ORDER BY p.cycle_id, p.period_from DESC
"""


async def read_on(url: str) -> list[str]:
    """Read every register for the period after each cycle's last posted run; those periods' ids.

    Waits for what is queued first: a file of reads that is still being imported counts.
    """
    connection = await asyncpg.connect(url)
    try:
        await idle(connection)
        await connection.execute(_READS)
        await connection.execute("ANALYZE reads")
        return [row["period"] for row in await connection.fetch(_PERIODS)]
    finally:
        await connection.close()


async def idle(connection: asyncpg.Connection) -> None:
    """Wait until no job is queued or running."""
    waiting = "SELECT EXISTS (SELECT 1 FROM jobs WHERE state IN ('queued', 'running'))"
    while await connection.fetchval(waiting):  # noqa: ASYNC110 - another process works them
        await asyncio.sleep(POLL_SECONDS)
