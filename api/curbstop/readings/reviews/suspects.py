"""Which of many fresh reads deserve a closer look: one statement, a superset of the rules' finds.

It compares every fresh read with its register's own past; only what it lets through is fetched and
judged by the rules themselves. `fresh` is a temporary table (register_id, read_on,
service_point_id, said_meter, unit, multiplier, dials, import_id, line).
"""

from datetime import date
from decimal import Decimal
from uuid import UUID

from curbstop.platform.db import Sql
from curbstop.readings.validation.facts import Parameters

YEAR_DAYS = 365
SEASON_SLACK_DAYS = 20
LONGEST_PERIOD_DAYS = 100
HISTORY_DAYS = YEAR_DAYS + SEASON_SLACK_DAYS + LONGEST_PERIOD_DAYS

# `power()` on numerics would be the dearest step of the pass; digits are at most twelve.
_TURN = "CASE r.dials - r.decimals {} END".format(
    " ".join(f"WHEN {digits} THEN {10**digits}::numeric" for digits in range(13))
)

# Daily use is in register counts; a step that rests on an estimate or is longer than a season
# tells nothing of the usual. Only the constants above are put into the text.
_SUSPECTS = f"""
WITH standing AS (
  SELECT DISTINCT ON (d.register_id, d.read_on)
         d.register_id, d.read_on, d.value, d.method, d.rollovers,
         r.meter_id, r.dials, r.multiplier, r.unit, {_TURN} AS turn
  FROM reads d JOIN registers r ON r.id = d.register_id
  WHERE d.read_on BETWEEN $1::date - {HISTORY_DAYS} AND $2::date
    AND d.register_id IN (SELECT register_id FROM fresh)
  ORDER BY d.register_id, d.read_on, d.revision DESC
), used AS (
  SELECT *, lag(method) OVER past AS prev_method, read_on - lag(read_on) OVER past AS days,
         value - lag(value) OVER past + CASE rollovers WHEN 0 THEN 0 ELSE rollovers * turn END
           AS delta
  FROM standing WHERE value IS NOT NULL
  WINDOW past AS (PARTITION BY register_id ORDER BY read_on)
), daily AS (
  SELECT *, CASE WHEN days BETWEEN 1 AND {LONGEST_PERIOD_DAYS} AND method <> 'estimated'
                      AND prev_method <> 'estimated' THEN delta / days END AS daily
  FROM used
), usual AS (
  SELECT *,
         avg(daily) OVER (PARTITION BY register_id ORDER BY read_on
           ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING) AS recent,
         avg(daily) OVER (PARTITION BY register_id ORDER BY read_on
           RANGE BETWEEN interval '{YEAR_DAYS + SEASON_SLACK_DAYS} days' PRECEDING
                     AND interval '{YEAR_DAYS - SEASON_SLACK_DAYS} days' PRECEDING) AS season
  FROM daily
)
SELECT DISTINCT f.register_id, f.read_on
FROM fresh f
JOIN usual u USING (register_id, read_on)
LEFT JOIN meters m ON m.id = u.meter_id AND f.said_meter IS NOT NULL
LEFT JOIN agreements a ON a.service_point_id = f.service_point_id AND a.from_on <= f.read_on
     AND (a.to_on IS NULL OR a.to_on > f.read_on)
LEFT JOIN LATERAL (SELECT coalesce(u.season, u.recent) * u.days AS counts) expected ON true
WHERE f.read_on > $3::date
   OR u.delta <= 0
   OR u.method = 'estimated'
   OR u.value >= u.turn
   OR f.unit <> u.unit OR f.dials::integer <> u.dials OR f.multiplier::numeric <> u.multiplier
   OR f.said_meter <> m.serial
   OR u.delta > $4 * expected.counts
   OR u.delta < $5 * expected.counts
   OR a.id IS NULL
"""  # noqa: S608


async def suspects(
    sql: Sql, first_on: date, last_on: date, today: date, widest: list[Parameters]
) -> list[tuple[UUID, date]]:
    """Register and day of every fresh read that some rule might find fault with.

    `widest` holds every set of parameters in force; the loosest threshold of each kind decides.
    """
    high: Decimal = min(p.high_factor for p in widest)
    low: Decimal = max(p.low_factor for p in widest)
    found = await sql.fetch(_SUSPECTS, first_on, last_on, today, high, low)
    return [(row["register_id"], row["read_on"]) for row in found]
