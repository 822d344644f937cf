"""Reading the edit list: rows, tabs, progress, and the evidence for one decision."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from uuid import UUID

import asyncpg

from curbstop.kernel.errors import NotFound
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec
from curbstop.readings.consumption.quantities import ReadPoint
from curbstop.readings.consumption.queries import standing_reads
from curbstop.readings.kinds import ReadMethod
from curbstop.readings.reviews.history import recent, same_season, steps_of
from curbstop.readings.reviews.models import UNDECIDED_SQL
from curbstop.readings.reviews.schemas import (
    ParameterOut,
    ReviewEvidence,
    ReviewProgress,
    ReviewRow,
    RuleCount,
    SparkPoint,
)
from curbstop.readings.reviews.spans import HISTORY_DAYS

PERIODS_SHOWN = 13
NEIGHBORS = 10
NEIGHBOR_DAYS = 45


class ReviewMissing(NotFound):
    title = "No such exception"


_SOURCE = """
read_reviews v
LEFT JOIN service_points p ON p.id = v.service_point_id
LEFT JOIN parcels l ON l.id = p.parcel_id
LEFT JOIN registers r ON r.id = v.register_id
LEFT JOIN meters m ON m.id = r.meter_id
LEFT JOIN walk_stops s ON s.service_point_id = v.service_point_id
LEFT JOIN walks w ON w.id = s.walk_id
LEFT JOIN users u ON u.id = v.decided_by
LEFT JOIN LATERAL (
  SELECT c.id, c.number FROM agreements a JOIN accounts c ON c.id = a.account_id
  WHERE a.service_point_id = v.service_point_id AND a.from_on <= v.read_on
    AND (a.to_on IS NULL OR a.to_on > v.read_on)
  ORDER BY a.share_percent DESC, a.id LIMIT 1
) c ON true
"""

_COLUMNS = {
    **{name: f"v.{name}" for name in ReviewRow.model_fields},
    "service_point_code": "p.code",
    "service_address": "l.situs_line",
    "meter_serial": "m.serial",
    "account_id": "c.id",
    "account_number": "c.number",
    "walk": "w.code",
    "sequence": "s.sequence",
    "decided_by_name": "u.name",
}

REVIEWS: ListSpec[ReviewRow] = ListSpec(
    row=ReviewRow,
    source=_SOURCE,
    columns=_COLUMNS,
    sort="rule,walk,sequence,read_on",
    tiebreak="v.id",
    filters={
        "rule": "v.rule = {}",
        "severity": "v.severity = {}",
        "state": "v.state = {}",
        "undecided": f"(v.state IN {UNDECIDED_SQL}) = {{}}",
        "import_id": "v.import_id = {}",
        "walk": "w.code = {}",
        "service_point_id": "v.service_point_id = {}",
    },
    search="v.reason ILIKE {} OR v.raw ILIKE {} OR m.serial ILIKE {} OR p.code ILIKE {}"
    " OR c.number ILIKE {} OR l.situs_line ILIKE {}",
)

# What the span holds: each read of a register and day, each register that has an exception there
# without a read, and each line that no meter fits. Clear is what nobody has to look at any more.
_PROGRESS = f"""
WITH here AS (
  SELECT s.service_point_id, r.id AS register_id
  FROM walks w JOIN walk_stops s ON s.walk_id = w.id
  LEFT JOIN installations i ON i.service_point_id = s.service_point_id
  LEFT JOIN registers r ON r.meter_id = i.meter_id
  WHERE w.code = $4
), reviews AS (
  SELECT id, register_id, read_on, import_id, state IN {UNDECIDED_SQL} AS undecided
  FROM read_reviews
  WHERE $4::text IS NULL OR service_point_id IN (SELECT service_point_id FROM here)
), raised AS (
  SELECT coalesce(register_id, id) AS thing, read_on, undecided FROM reviews
  WHERE read_on BETWEEN $1 AND $2 AND ($3::uuid IS NULL OR import_id = $3)
), span AS (
  SELECT register_id AS thing, read_on FROM reads
  WHERE read_on BETWEEN $1 AND $2 AND ($3::uuid IS NULL OR import_id = $3)
    AND ($4::text IS NULL OR register_id IN (SELECT register_id FROM here))
  UNION SELECT thing, read_on FROM raised
), waiting AS (
  SELECT thing, read_on FROM raised WHERE undecided
  UNION SELECT register_id, read_on FROM reviews
  WHERE read_on BETWEEN $1 AND $2 AND register_id IS NOT NULL AND undecided
), elsewhere AS (
  SELECT count(*) AS n FROM reviews
  WHERE undecided AND read_on NOT BETWEEN $1 AND $2 AND ($3::uuid IS NULL OR import_id = $3)
)
SELECT count(*) AS reads, count(*) FILTER (WHERE w.thing IS NULL) AS clear,
       (SELECT n FROM elsewhere) AS undecided_elsewhere
FROM span LEFT JOIN waiting w USING (thing, read_on)
"""  # noqa: S608

_TABS = f"""
SELECT rule, count(*) FILTER (WHERE state IN {UNDECIDED_SQL}) AS undecided,
       count(*) FILTER (WHERE state NOT IN {UNDECIDED_SQL}) AS decided
FROM read_reviews
WHERE (state IN {UNDECIDED_SQL} OR read_on BETWEEN $1 AND $2)
  AND ($3::uuid IS NULL OR import_id = $3)
  AND ($4::text IS NULL OR service_point_id IN (
    SELECT s.service_point_id FROM walks w JOIN walk_stops s ON s.walk_id = w.id
    WHERE w.code = $4))
GROUP BY rule ORDER BY rule
"""  # noqa: S608

_ONE = """
SELECT v.id, v.register_id, v.service_point_id, v.read_on, r.dials, r.decimals, r.unit,
       s.walk_id, s.sequence
FROM read_reviews v
LEFT JOIN registers r ON r.id = v.register_id
LEFT JOIN walk_stops s ON s.service_point_id = v.service_point_id
WHERE v.id = $1
"""

_CLASS = """
SELECT c.class FROM agreements a JOIN accounts c ON c.id = a.account_id
WHERE a.service_point_id = {point} AND a.from_on <= {on} AND (a.to_on IS NULL OR a.to_on > {on})
ORDER BY a.share_percent DESC, a.id LIMIT 1
"""

# The nearest stops of the walk whose main customer is of the same class and whose meters run in the
# same unit: an orchard says nothing of a home.
_NEIGHBORS = f"""
SELECT r.id, r.dials, r.decimals FROM (
  SELECT s.service_point_id FROM walk_stops s
  WHERE s.walk_id = $1 AND s.sequence <> $2
    AND ({_CLASS.format(point="s.service_point_id", on="$6::date")}) IS NOT DISTINCT FROM
        ({_CLASS.format(point="$5::uuid", on="$6::date")})
  ORDER BY abs(s.sequence - $2), s.sequence LIMIT $4
) near
JOIN installations i ON i.service_point_id = near.service_point_id AND i.to_on IS NULL
JOIN registers r ON r.meter_id = i.meter_id AND r.unit = $3
"""  # noqa: S608

# What the reader left that day: the newest note, and the newest photo.
_LEFT = """
SELECT (array_agg(note ORDER BY recorded_at DESC) FILTER (WHERE note <> ''))[1] AS note,
       (array_agg(photo_id ORDER BY recorded_at DESC) FILTER (WHERE photo_id IS NOT NULL))[1]
         AS photo_id
FROM read_codes WHERE register_id = $1 AND noted_on = $2
"""


async def review_progress(
    sql: Sql, first_on: date, last_on: date, import_id: UUID | None, walk: str | None = None
) -> ReviewProgress:
    """How many reads of a span (or of an import or a walk in it) are clear, and the tabs' counts.

    The tabs count what is undecided of any day: an exception does not end with the span.
    """
    counts = await sql.fetchrow(_PROGRESS, first_on, last_on, import_id, walk)
    assert counts is not None
    tabs = await sql.fetch(_TABS, first_on, last_on, import_id, walk)
    return ReviewProgress(**counts, tabs=[RuleCount.model_validate(dict(row)) for row in tabs])


async def review_evidence(sql: Sql, review_id: UUID) -> ReviewEvidence:
    """The register's last periods, its usual use, its neighbors'. Raises ReviewMissing."""
    row = await sql.fetchrow(_ONE, review_id)
    if row is None:
        raise ReviewMissing(str(review_id))
    bare = ReviewEvidence(
        id=review_id,
        unit=row["unit"],
        periods=[],
        same_season_daily=None,
        recent_daily=None,
        neighbors_median_daily=None,
        rollover_used=None,
        note=None,
        photo_id=None,
    )
    if row["register_id"] is None:
        return bare
    on: date = row["read_on"]
    left = await sql.fetchrow(_LEFT, row["register_id"], on)
    assert left is not None
    capacity = Decimal(10) ** (row["dials"] - row["decimals"])
    first_on = on - timedelta(days=HISTORY_DAYS)
    found = await standing_reads(sql, [row["register_id"]], first_on, on)
    reads = found.get(row["register_id"], [])
    steps = steps_of(reads, capacity)
    last = steps[-1] if steps and steps[-1].end.read_on == on else None
    return bare.model_copy(
        update={
            **left,
            "periods": _periods(reads, capacity),
            "same_season_daily": rounded(same_season(steps, on)),
            "recent_daily": rounded(recent(steps, on)),
            "neighbors_median_daily": await _neighbors(sql, row["walk_id"], row, on),
            "rollover_used": last.delta + capacity if last and last.delta < 0 else None,
        }
    )


def _periods(reads: Sequence[ReadPoint], capacity: Decimal) -> list[SparkPoint]:
    return [
        SparkPoint(
            read_on=step.end.read_on,
            days=step.days,
            used=step.delta,
            estimated=step.end.method is ReadMethod.ESTIMATED,
        )
        for step in steps_of(reads, capacity)[-PERIODS_SHOWN:]
    ]


def rounded(value: Decimal | None) -> Decimal | None:
    """Daily use as it is shown: to a thousandth of a count; None stays None."""
    return None if value is None else value.quantize(Decimal("0.001"))


async def _neighbors(
    sql: Sql, walk_id: UUID | None, stop: asyncpg.Record, on: date
) -> Decimal | None:
    """The median daily use around a stop, of periods that ended shortly before or on its day."""
    if walk_id is None:
        return None
    near = await sql.fetch(
        _NEIGHBORS,
        *(walk_id, stop["sequence"], stop["unit"], NEIGHBORS, stop["service_point_id"], on),
    )
    first_on = on - timedelta(days=150)
    reads = await standing_reads(sql, [n["id"] for n in near], first_on, on)
    daily = []
    for neighbor in near:
        capacity = Decimal(10) ** (neighbor["dials"] - neighbor["decimals"])
        steps = steps_of(reads.get(neighbor["id"], []), capacity)
        last = steps[-1] if steps and (on - steps[-1].end.read_on).days <= NEIGHBOR_DAYS else None
        if last is not None and last.daily is not None:
            daily.append(last.daily)
    return rounded(median(daily)) if daily else None


async def list_parameters(sql: Sql) -> list[ParameterOut]:
    """Every threshold ever set, newest first."""
    rows = await sql.fetch(
        "SELECT * FROM read_rule_parameters ORDER BY name, from_on DESC, decided_at DESC, id"
    )
    return [ParameterOut.model_validate(dict(row)) for row in rows]
