"""Which of many fresh reads deserve a closer look: a superset of the rules' finds, set-based.

Every fresh read is compared with its register's own past; only what this lets through is fetched
and judged by the rules themselves. `fresh` is a table or view (register_id, read_on, value,
service_point_id, said_meter, unit, multiplier, dials, odd, import_id, line).

Most registers are read at an even pace, so most fresh reads are settled by two narrow windows of
the past: the last period, and the periods that ended about this day a year ago. What those cannot
settle for certain (a longer gap, a register without last year, a rollover) is compared once more
with the whole past that counts. A large file of reads a month or more apart is looked at the quick
way first (`ordinary`). Which pass settled a read never changes the outcome.
"""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from curbstop.platform.db import Sql
from curbstop.readings.reviews.ordinary import SHORTEST_PACE_DAYS, not_ordinary
from curbstop.readings.reviews.spans import (
    HISTORY_DAYS,
    LONGEST_PERIOD_DAYS,
    SEASON_FROM_DAYS,
    SEASON_TO_DAYS,
    Span,
)
from curbstop.readings.validation.facts import Parameters

# The pace is looked up for so many reads; it steers what is read first, not what is found.
SAMPLE = 200
PACE_SLACK_DAYS = 3

# From here on whole tables are read rather than looked up.
MANY = 10_000

# `power()` on numerics would be the dearest step of the pass; digits are at most twelve.
TURN = "CASE r.dials - r.decimals {} END".format(
    " ".join(f"WHEN {digits} THEN {10**digits}::numeric" for digits in range(13))
)

_STANDING = """
  SELECT DISTINCT ON (d.register_id, d.read_on)
         d.register_id, d.read_on, d.value, d.method, d.rollovers
  FROM reads d
  WHERE {days} AND d.register_id IN (SELECT register_id FROM {asked})
  ORDER BY d.register_id, d.read_on, d.revision DESC
"""

_FAULTS = f"""
  f.read_on > $3::date
  OR u.delta <= 0
  OR u.method = 'estimated'
  OR u.value >= {TURN}
  OR f.unit <> r.unit OR f.dials::integer <> r.dials OR f.multiplier::numeric <> r.multiplier
  OR f.said_meter <> m.serial
  OR u.delta > $4 * expected.counts
  OR u.delta < $5 * expected.counts
  OR a.id IS NULL
"""

_RECORD = """
JOIN registers r ON r.id = f.register_id
LEFT JOIN meters m ON m.id = r.meter_id AND f.said_meter IS NOT NULL
LEFT JOIN agreements a ON a.service_point_id = f.service_point_id AND a.from_on <= f.read_on
     AND (a.to_on IS NULL OR a.to_on > f.read_on)
"""

# The last period and last year's season. `blind` steps are those whose start is out of sight, or
# that only the register's dials could tell the length of; a read that rests on one is unsure.
_NARROW = f"""
WITH standing AS ({
    _STANDING.format(
        days="(d.read_on BETWEEN $1 AND $2 OR d.read_on BETWEEN $6 AND $7)", asked="fresh"
    )
}), stepped AS (
  SELECT *, lag(method) OVER past AS prev_method, lag(read_on) OVER past AS prev_on,
         value - lag(value) OVER past AS delta
  FROM standing WHERE value IS NOT NULL
  WINDOW past AS (PARTITION BY register_id ORDER BY read_on)
), daily AS (
  SELECT register_id, read_on, value, method, delta, read_on - prev_on AS days,
         prev_on IS NULL OR rollovers <> 0 OR (read_on > $7 AND prev_on < $8) AS blind,
         CASE WHEN read_on <= $7 AND read_on - prev_on <= {LONGEST_PERIOD_DAYS}
                   AND method <> 'estimated' AND prev_method <> 'estimated'
              THEN delta / (read_on - prev_on) END AS daily
  FROM stepped
), usual AS (
  SELECT *, avg(daily) OVER season AS season, count(*) FILTER (WHERE blind) OVER season AS unseen
  FROM daily
  WINDOW season AS (PARTITION BY register_id ORDER BY read_on
    RANGE BETWEEN interval '{SEASON_FROM_DAYS} days' PRECEDING
              AND interval '{SEASON_TO_DAYS} days' PRECEDING)
)
INSERT INTO suspect
SELECT f.register_id, f.read_on, u.blind OR u.unseen > 0 OR u.season IS NULL AS unsure
FROM fresh f
JOIN usual u USING (register_id, read_on)
{_RECORD}
CROSS JOIN LATERAL (SELECT u.season * u.days AS counts) expected
WHERE u.blind OR u.unseen > 0 OR u.season IS NULL OR {_FAULTS}
"""  # noqa: S608

# The whole past that counts, for the reads of `unsure`. Daily use is in register counts; a step
# that rests on an estimate or is longer than a season tells nothing of the usual.
_WIDE = f"""
WITH standing AS ({_STANDING.format(days="d.read_on BETWEEN $1 AND $2", asked="unsure")}),
used AS (
  SELECT s.*, lag(method) OVER past AS prev_method, read_on - lag(read_on) OVER past AS days,
         value - lag(value) OVER past
           + CASE rollovers WHEN 0 THEN 0 ELSE rollovers * ({TURN}) END AS delta
  FROM standing s JOIN registers r ON r.id = s.register_id WHERE value IS NOT NULL
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
           RANGE BETWEEN interval '{SEASON_FROM_DAYS} days' PRECEDING
                     AND interval '{SEASON_TO_DAYS} days' PRECEDING) AS season
  FROM daily
)
INSERT INTO suspect
SELECT f.register_id, f.read_on, false
FROM unsure JOIN fresh f USING (register_id, read_on)
JOIN usual u USING (register_id, read_on)
{_RECORD}
CROSS JOIN LATERAL (SELECT coalesce(u.season, u.recent) * u.days AS counts) expected
WHERE {_FAULTS}
"""  # noqa: S608

_CREATE = """
CREATE TEMPORARY TABLE suspect (register_id uuid, read_on date, unsure boolean) ON COMMIT DROP
"""

_UNSURE = "CREATE TEMPORARY TABLE unsure ON COMMIT DROP AS SELECT * FROM suspect WHERE unsure"

_FOUND = """
SELECT DISTINCT register_id, read_on FROM suspect
WHERE NOT unsure AND (register_id, read_on) > ($1, $2)
ORDER BY register_id, read_on LIMIT $3
"""

# What nineteen in twenty of the sampled registers waited since the read before.
_PACE = f"""
SELECT percentile_disc(0.95) WITHIN GROUP (ORDER BY f.read_on - before.read_on)
FROM (SELECT register_id, read_on FROM fresh LIMIT {SAMPLE}) f
CROSS JOIN LATERAL (
  SELECT max(d.read_on) AS read_on FROM reads d
  WHERE d.register_id = f.register_id AND d.read_on < f.read_on
    AND d.read_on >= $1::date - {LONGEST_PERIOD_DAYS}
) before
WHERE before.read_on IS NOT NULL
"""  # noqa: S608


async def suspects(
    sql: Sql, span: Span, widest: list[Parameters], at_once: int
) -> AsyncIterator[list[tuple[UUID, date]]]:
    """Register and day of every fresh read that some rule might find fault with, in batches.

    `widest` holds every set of parameters in force; the loosest threshold of each kind decides.
    """
    thresholds = min(p.high_factor for p in widest), max(p.low_factor for p in widest)
    many = await sql.fetchval("SELECT count(*) > $1 FROM fresh", MANY)
    pace = await sql.fetchval(_PACE, span.first_on)
    if many and pace and pace >= SHORTEST_PACE_DAYS:
        reach = min(pace + PACE_SLACK_DAYS, LONGEST_PERIOD_DAYS)
        found = await not_ordinary(sql, span, thresholds, reach)
        if found is not None:
            for start in range(0, len(found), at_once):
                yield found[start : start + at_once]
            return
    await sql.execute("DROP TABLE IF EXISTS pg_temp.suspect")
    await sql.execute(_CREATE)
    # How few rows the windows yield is guessed too low: a million would be looked up one by one.
    await sql.execute("SELECT set_config('enable_nestloop', $1, true)", "off" if many else "on")
    await _narrow(sql, span, thresholds, pace)
    await _wide(sql, span, thresholds)
    await sql.execute("SELECT set_config('enable_nestloop', 'on', true)")
    await sql.execute("CREATE INDEX ON suspect (register_id, read_on) WHERE NOT unsure")
    last = (UUID(int=0), date.min)
    while rows := await sql.fetch(_FOUND, *last, at_once):
        batch = [(row["register_id"], row["read_on"]) for row in rows]
        yield batch
        last = batch[-1]


async def _narrow(
    sql: Sql, span: Span, thresholds: tuple[Decimal, Decimal], pace: int | None
) -> None:
    reach = timedelta(days=(pace or LONGEST_PERIOD_DAYS) + PACE_SLACK_DAYS)
    near_from = span.first_on - reach
    far_from = span.first_on - timedelta(days=SEASON_FROM_DAYS) - reach
    far_to = span.last_on - timedelta(days=SEASON_TO_DAYS)
    # Without a gap between the windows every step from their start on is in sight.
    seen_from = near_from if near_from > far_to + timedelta(days=1) else far_from
    days = (span.today, *thresholds, far_from, far_to, seen_from)
    await sql.execute(_NARROW, near_from, span.last_on, *days)


async def _wide(sql: Sql, span: Span, thresholds: tuple[Decimal, Decimal]) -> None:
    await sql.execute("DROP TABLE IF EXISTS pg_temp.unsure")
    await sql.execute(_UNSURE)
    if await sql.fetchval("SELECT EXISTS (SELECT FROM unsure)"):
        await sql.execute("ANALYZE unsure")
        first_on = span.first_on - timedelta(days=HISTORY_DAYS)
        await sql.execute(_WIDE, first_on, span.last_on, span.today, *thresholds)
