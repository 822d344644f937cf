"""Figures of reading by month and walk, from the reads, codes and exceptions as they stand."""

from datetime import date

from curbstop.platform.lists import ListSpec
from curbstop.readings.statistics.schemas import ReadingMonth

MONTHS_SHOWN = 12
_SUMS = ("reads", "estimates", "skips", "exceptions", "missing", "changed")

# The first and the last value of each register and day; what an exchange or a move read is no
# reader's work. A day whose last revision withdraws has no read.
_TAKEN = """
SELECT d.register_id, d.read_on,
       (array_agg(d.value ORDER BY d.revision))[1] AS first_value,
       (array_agg(d.value ORDER BY d.revision DESC))[1] AS value,
       (array_agg(d.method ORDER BY d.revision DESC))[1] AS method
FROM reads d
WHERE d.read_on >= '{first}'::date AND d.read_on < '{last}'::date AND d.kind IN ('cycle', 'check')
GROUP BY d.register_id, d.read_on
"""

_COUNTED = """
SELECT date_trunc('month', t.read_on)::date AS month, i.service_point_id,
       count(*) FILTER (WHERE t.value IS NOT NULL AND t.method <> 'estimated') AS reads,
       count(*) FILTER (WHERE t.value IS NOT NULL AND t.method = 'estimated') AS estimates,
       0 AS skips, NULL AS code, 0 AS exceptions, 0 AS missing,
       count(*) FILTER (WHERE t.value <> t.first_value AND t.method <> 'estimated') AS changed
FROM ({taken}) t
JOIN registers r ON r.id = t.register_id
JOIN installations i ON i.meter_id = r.meter_id AND i.from_on <= t.read_on
     AND (i.to_on IS NULL OR i.to_on > t.read_on)
GROUP BY 1, 2
UNION ALL
SELECT date_trunc('month', c.noted_on)::date, c.service_point_id,
       0, 0, count(*), c.skip_code, 0, 0, 0
FROM read_codes c
WHERE c.skip_code <> '' AND c.noted_on >= '{first}'::date AND c.noted_on < '{last}'::date
GROUP BY 1, 2, c.skip_code
UNION ALL
SELECT date_trunc('month', v.read_on)::date, v.service_point_id, 0, 0, 0, NULL,
       count(*) FILTER (WHERE v.rule <> 'missing'), count(*) FILTER (WHERE v.rule = 'missing'), 0
FROM read_reviews v
WHERE v.service_point_id IS NOT NULL
  AND v.read_on >= '{first}'::date AND v.read_on < '{last}'::date
GROUP BY 1, 2
"""

_SOURCE = """
(WITH counted AS MATERIALIZED ({counted}), placed AS (
  SELECT c.month, w.code AS walk, w.name AS walk_name, w.reader, c.code, {sums}
  FROM counted c
  LEFT JOIN walk_stops s ON s.service_point_id = c.service_point_id
  LEFT JOIN walks w ON w.id = s.walk_id
  GROUP BY c.month, w.code, w.name, w.reader, c.code
)
SELECT month, walk, walk_name, reader, {totals},
       coalesce(string_agg(code || ' ' || skips, ', ' ORDER BY skips DESC, code), '') AS skip_codes
FROM placed GROUP BY month, walk, walk_name, reader) f
"""


def statistics_of(first_on: date, last_on: date) -> ListSpec[ReadingMonth]:
    """The figures of the whole months from that of `first_on` to that of `last_on`."""
    first = first_on.replace(day=1)
    after = date(last_on.year + last_on.month // 12, last_on.month % 12 + 1, 1)
    days = {"first": first.isoformat(), "last": after.isoformat()}
    counted = _COUNTED.format(taken=_TAKEN.format(**days), **days)
    sums = ", ".join(f"sum(c.{name})::bigint AS {name}" for name in _SUMS)
    totals = ", ".join(f"sum({name})::bigint AS {name}" for name in _SUMS)
    return ListSpec(
        row=ReadingMonth,
        source=_SOURCE.format(counted=counted, sums=sums, totals=totals),
        columns={name: f"f.{name}" for name in ReadingMonth.model_fields},
        sort="-month,walk",
        tiebreak="f.month, f.walk, f.reader",
        filters={
            "walk": "f.walk = {}",
            "reader": "f.reader = {}",
            "skipped": "(f.skips > 0) = {}",
        },
        search="f.walk ILIKE {} OR f.walk_name ILIKE {} OR f.reader ILIKE {}"
        " OR f.skip_codes ILIKE {}",
    )
