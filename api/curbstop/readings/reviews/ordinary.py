"""The quick look at a large file of reads a month or more apart: which are not plainly ordinary.

A register's reads of the last period and of last year's season are joined to its fresh read, every
step that might count in every pairing. A read goes unseen only when its use is usual against each
of them, so also against the true step before it and the true mean of the season. What cannot be
told (revised or estimated reads, rollovers, a step whose start is out of sight, no season last
year) is let through, as is everything that a rule may find whatever the use.
"""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from curbstop.platform.db import Sql
from curbstop.readings.reviews.spans import (
    SEASON_FROM_DAYS,
    SEASON_TO_DAYS,
    Span,
)

# Below this the pairings would be too many, and unlike enough to let most reads through.
SHORTEST_PACE_DAYS = 25
# More than these are better compared in the database once more than fetched one and all.
LOOKED_AT_MOST = 30_000

# p: the read before; a: an end, b: the start of a step of last year's season.
_NOT_ORDINARY = f"""
SELECT f.register_id, f.read_on
FROM fresh f
LEFT JOIN reads p ON p.register_id = f.register_id AND p.read_on BETWEEN $1 AND $2
     AND p.read_on < f.read_on AND p.read_on >= f.read_on - $8::integer
LEFT JOIN reads a ON a.register_id = f.register_id AND a.read_on BETWEEN $4 AND $5
     AND a.read_on BETWEEN f.read_on - {SEASON_FROM_DAYS} AND f.read_on - {SEASON_TO_DAYS}
LEFT JOIN reads b ON b.register_id = f.register_id AND b.read_on BETWEEN $3 AND $5
     AND b.read_on < a.read_on AND b.read_on >= a.read_on - $8::integer
WHERE f.odd OR f.read_on > $9 OR p.value IS NULL OR a.value IS NULL OR b.value IS NULL
   OR p.revision + a.revision + b.revision + a.rollovers > 0
   OR f.value <= p.value
   OR (f.value - p.value) * (a.read_on - b.read_on)
      NOT BETWEEN (a.value - b.value) * ((f.read_on - p.read_on) * $7::numeric)
              AND (a.value - b.value) * ((f.read_on - p.read_on) * $6::numeric)
   OR 'estimated' IN (p.method, a.method, b.method)
LIMIT $10::bigint + 1
"""  # noqa: S608

# Use where nobody is a customer.
_NOBODY_S = """
SELECT f.register_id, f.read_on FROM fresh f
WHERE NOT EXISTS (
  SELECT FROM agreements a
  WHERE a.service_point_id = f.service_point_id AND a.from_on <= f.read_on
    AND (a.to_on IS NULL OR a.to_on > f.read_on)
)
LIMIT $1::bigint + 1
"""


# A hundredth each way, since the rules round both sides to a thousandth of a unit.
_HIGH_EASED, _LOW_EASED = Decimal("0.99"), Decimal("1.01")


async def not_ordinary(
    sql: Sql, span: Span, thresholds: tuple[Decimal, Decimal], reach: int
) -> list[tuple[UUID, date]] | None:
    """Register and day of every fresh read that deserves a closer look, in order; None of too many.

    `thresholds` are the loosest factors for high and for low, `reach` the days back from a read in
    which the one before it is looked for, at most `LONGEST_PERIOD_DAYS`.
    """
    high, low = thresholds
    far_to = span.last_on - timedelta(days=SEASON_TO_DAYS)
    far_from = span.first_on - timedelta(days=SEASON_FROM_DAYS)
    # How few rows will be left is guessed too low: a million would be looked up one by one.
    await sql.execute("SELECT set_config('enable_nestloop', 'off', true)")
    rows = await sql.fetch(
        _NOT_ORDINARY,
        *(span.first_on - timedelta(days=reach), span.last_on),
        *(far_from - timedelta(days=reach), far_from, far_to),
        *(high * _HIGH_EASED, low * _LOW_EASED, reach, span.today, LOOKED_AT_MOST),
    )
    nobody_s = await sql.fetch(_NOBODY_S, LOOKED_AT_MOST)
    await sql.execute("SELECT set_config('enable_nestloop', 'on', true)")
    # At its limit an answer is cut off: nothing may be concluded from what it lacks.
    if max(len(rows), len(nobody_s)) > LOOKED_AT_MOST:
        return None
    return sorted({(row["register_id"], row["read_on"]) for row in (*rows, *nobody_s)})
