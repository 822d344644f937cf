"""What a reviewer compares: this run against the last one and against the same period last year."""

from enum import StrEnum
from uuid import UUID

import asyncpg

from curbstop.billing.runs.models import RunKind
from curbstop.billing.runs.queries import run_row
from curbstop.billing.runs.schemas import GroupTotals, RunComparison, TopChange
from curbstop.platform.db import Sql

TOP_CHANGES = 25


class Against(StrEnum):
    """Which earlier run a run is compared with."""

    PREVIOUS = "previous"
    LAST_YEAR = "last_year"


# The standing run of the same cycle whose period ends where this one's begins, or a year before.
_OTHER = """
SELECT o.id, o.name FROM cycle_periods p
JOIN cycle_periods q ON q.cycle_id = p.cycle_id AND q.id <> p.id AND CASE $2
  WHEN 'previous' THEN q.period_to = p.period_from
  ELSE q.period_to BETWEEN (p.period_to - interval '1 year' - interval '15 days')::date
    AND (p.period_to - interval '1 year' + interval '15 days')::date END
JOIN bill_runs o ON o.cycle_period_id = q.id AND o.state NOT IN ('reversed', 'discarded')
WHERE p.id = $1
ORDER BY abs(q.period_to - p.period_to + CASE $2 WHEN 'previous' THEN 0 ELSE 365 END) LIMIT 1
"""

_BY_CLASS = """
WITH used AS (
  SELECT s.bill_id, sum(s.quantity) AS quantity
  FROM bills b JOIN bill_segments s ON s.bill_id = b.id
  WHERE b.run_id IN ($1, $2) AND s.service <> 'sewer' GROUP BY s.bill_id)
SELECT b.account_class AS name,
  count(*) FILTER (WHERE b.run_id = $1)::int AS bills,
  coalesce(sum(u.quantity) FILTER (WHERE b.run_id = $1), 0) AS quantity,
  coalesce(sum(b.current_cents) FILTER (WHERE b.run_id = $1), 0)::bigint AS cents,
  count(*) FILTER (WHERE b.run_id = $2)::int AS other_bills,
  coalesce(sum(u.quantity) FILTER (WHERE b.run_id = $2), 0) AS other_quantity,
  coalesce(sum(b.current_cents) FILTER (WHERE b.run_id = $2), 0)::bigint AS other_cents
FROM bills b LEFT JOIN used u ON u.bill_id = b.id
WHERE b.run_id IN ($1, $2) GROUP BY b.account_class ORDER BY 1
"""

_BY_GROUP = """
SELECT l.charge_group AS name,
  count(DISTINCT b.id) FILTER (WHERE b.run_id = $1)::int AS bills,
  coalesce(sum(l.quantity) FILTER (WHERE b.run_id = $1 AND l.model IN ('uniform', 'tiered')), 0)
    AS quantity,
  coalesce(sum(l.amount_cents) FILTER (WHERE b.run_id = $1), 0)::bigint AS cents,
  count(DISTINCT b.id) FILTER (WHERE b.run_id = $2)::int AS other_bills,
  coalesce(sum(l.quantity) FILTER (WHERE b.run_id = $2 AND l.model IN ('uniform', 'tiered')), 0)
    AS other_quantity,
  coalesce(sum(l.amount_cents) FILTER (WHERE b.run_id = $2), 0)::bigint AS other_cents
FROM bills b JOIN bill_lines l ON l.bill_id = b.id
WHERE b.run_id IN ($1, $2) GROUP BY l.charge_group ORDER BY 1
"""

_TOP = """
SELECT b.id AS bill_id, b.account_id, a.number AS account_number, a.customer_name,
       b.current_cents AS cents, o.current_cents AS other_cents,
       b.current_cents - o.current_cents AS change_cents
FROM bills b JOIN bills o ON o.run_id = $2 AND o.account_id = b.account_id
JOIN account_summaries a ON a.account_id = b.account_id
WHERE b.run_id = $1 AND b.current_cents <> o.current_cents
ORDER BY abs(b.current_cents - o.current_cents) DESC, a.number LIMIT $3
"""


async def compare_run(sql: Sql, run_id: UUID, against: Against) -> RunComparison:
    """Counts, water and dollars by class and charge group, and the largest changes.

    An off-cycle run, or the first of its cycle, has nothing to compare with. Raises RunNotFound.
    """
    run = await run_row(sql, run_id)
    other = None
    if run["kind"] == RunKind.REGULAR:
        other = await sql.fetchrow(_OTHER, run["cycle_period_id"], against.value)
    other_id = other["id"] if other else None
    return RunComparison(
        run_id=other_id,
        run_name=other["name"] if other else None,
        by_class=[_totals(row) for row in await sql.fetch(_BY_CLASS, run_id, other_id)],
        by_group=[_totals(row) for row in await sql.fetch(_BY_GROUP, run_id, other_id)],
        top_changes=[
            TopChange.model_validate(dict(row))
            for row in await sql.fetch(_TOP, run_id, other_id, TOP_CHANGES)
        ],
    )


def _totals(row: asyncpg.Record) -> GroupTotals:
    values = dict(row)
    for name in ("quantity", "other_quantity"):
        values[name] = format(values[name].normalize(), "f")
    return GroupTotals.model_validate(values)
