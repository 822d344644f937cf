"""Reading runs, their exceptions, and who must still be billed."""

from typing import Any
from uuid import UUID

import asyncpg

from curbstop.billing.bills.queries import BILLS
from curbstop.billing.runs.expected import expected_accounts
from curbstop.billing.runs.problems import RunNotFound
from curbstop.billing.runs.schemas import (
    CompletenessOut,
    ReversalPreview,
    RunBillRow,
    RunExceptionOut,
    RunOut,
    Unaccounted,
)
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec

MISSING_SHOWN = 100
_OPEN = (
    "(SELECT count(*) FROM run_exceptions e WHERE e.run_id = r.id AND e.severity = 'block'"
    " AND e.excused_by IS NULL)::int"
)
_OWN = {
    name: f"r.{name}"
    for name in RunOut.model_fields
    if name not in ("open_exceptions", "cycle_code")
}

RUNS = ListSpec(
    row=RunOut,
    source=(
        "bill_runs r LEFT JOIN cycle_periods p ON p.id = r.cycle_period_id"
        " LEFT JOIN cycles c ON c.id = p.cycle_id"
    ),
    columns={**_OWN, "open_exceptions": _OPEN, "cycle_code": "c.code"},
    sort="-prepared_at",
    tiebreak="r.id",
    filters={"state": "r.state = {}", "kind": "r.kind = {}"},
    search="r.name ILIKE {} OR c.code ILIKE {}",
)


# The account's bill before this one: the newest that stands and ends before this one does. A scalar
# subquery, so that PostgreSQL works it out for the rows of the page only, unless it sorts by it.
_BEFORE = (
    "(SELECT o.current_cents FROM bills o WHERE o.account_id = b.account_id AND o.id <> b.id"
    " AND o.reversed_at IS NULL AND o.period_to < b.period_to ORDER BY o.period_to DESC LIMIT 1)"
)

RUN_BILLS = ListSpec(
    row=RunBillRow,
    source=BILLS.source,
    columns={
        **BILLS.columns,
        "before_cents": _BEFORE,
        "change_cents": f"b.current_cents - {_BEFORE}",
        "change_size_cents": f"abs(b.current_cents - {_BEFORE})",
    },
    sort="account_number",
    tiebreak="b.id",
    filters=BILLS.filters,
    search=BILLS.search,
)


def exceptions_of(run_id: UUID) -> ListSpec[RunExceptionOut]:
    """The exceptions of one run with the account's name and number."""
    own = {
        name: f"e.{name}"
        for name in RunExceptionOut.model_fields
        if name not in ("account_number", "customer_name", "excused")
    }
    return ListSpec(
        row=RunExceptionOut,
        source=(
            f"(SELECT * FROM run_exceptions WHERE run_id = '{run_id}'::uuid) e"  # noqa: S608
            " JOIN account_summaries a ON a.account_id = e.account_id"
        ),
        columns={
            **own,
            "account_number": "a.number",
            "customer_name": "a.customer_name",
            "excused": "(e.excused_by IS NOT NULL)",
        },
        sort="severity,account_number",
        tiebreak="e.id",
        filters={
            "code": "e.code = {}",
            "severity": "e.severity = {}",
            "excused": "(e.excused_by IS NOT NULL) = {}",
        },
        search="a.search ILIKE {} OR e.reason ILIKE {}",
    )


async def find_run(sql: Sql, run_id: UUID) -> RunOut:
    """One run. Raises RunNotFound."""
    columns = ", ".join(f"{expression} AS {name}" for name, expression in RUNS.columns.items())
    row = await sql.fetchrow(
        f"SELECT {columns} FROM {RUNS.source} WHERE r.id = $1",  # noqa: S608
        run_id,
    )
    if row is None:
        raise RunNotFound(str(run_id))
    return RunOut.model_validate(dict(row))


async def run_row(sql: Sql, run_id: UUID, *, lock: bool = False) -> asyncpg.Record:
    """The run's row, locked against other acts when asked. Raises RunNotFound."""
    suffix = " FOR UPDATE" if lock else ""
    row = await sql.fetchrow(f"SELECT * FROM bill_runs WHERE id = $1{suffix}", run_id)  # noqa: S608
    if row is None:
        raise RunNotFound(str(run_id))
    return row


_COUNTS = """
WITH expected AS (SELECT unnest($2::uuid[]) AS id),
billed AS (SELECT account_id AS id FROM bills WHERE run_id = $1),
excused AS (SELECT DISTINCT account_id AS id FROM run_exceptions x
  WHERE run_id = $1 AND severity = 'block' AND excused_by IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM run_exceptions y WHERE y.run_id = $1 AND y.account_id = x.account_id
    AND y.severity = 'block' AND y.excused_by IS NULL))
SELECT (SELECT count(*) FROM expected)::int AS expected,
       (SELECT count(*) FROM expected JOIN billed USING (id))::int AS billed,
       (SELECT count(*) FROM expected e JOIN excused USING (id)
        WHERE NOT EXISTS (SELECT 1 FROM billed b WHERE b.id = e.id))::int AS excused,
       (SELECT count(*) FROM billed b
        WHERE NOT EXISTS (SELECT 1 FROM expected e WHERE e.id = b.id))::int AS unexpected
"""
_MISSING = """
SELECT a.account_id, a.number AS account_number, a.customer_name,
       coalesce(x.code, 'not_calculated') AS code,
       coalesce(x.reason, 'The account came to the run after it was calculated') AS reason
FROM (SELECT unnest($2::uuid[]) EXCEPT SELECT account_id FROM bills WHERE run_id = $1) AS w (id)
JOIN account_summaries a ON a.account_id = w.id
LEFT JOIN LATERAL (
  SELECT code, reason, excused_by FROM run_exceptions e
  WHERE e.run_id = $1 AND e.account_id = w.id AND e.severity = 'block'
  ORDER BY (e.excused_by IS NULL) DESC, e.id LIMIT 1
) x ON true
WHERE x.excused_by IS NULL
ORDER BY a.number LIMIT $3
"""


async def completeness(sql: Sql, run_id: UUID) -> CompletenessOut:
    """Expected accounts, asked of the calendar anew, against bills and excuses.

    Raises RunNotFound.
    """
    run = await run_row(sql, run_id)
    if run["state"] in ("posted", "reversed"):
        # What a posted run billed is not unbilled any more: its own chunks say who was expected.
        rows = await sql.fetch("SELECT account_ids FROM run_chunks WHERE run_id = $1", run_id)
        expected = [account for row in rows for account in row["account_ids"]]
    else:
        expected = await expected_accounts(sql, run)
    counts = await sql.fetchrow(_COUNTS, run_id, expected)
    assert counts is not None
    unaccounted = counts["expected"] - counts["billed"] - counts["excused"]
    missing = await sql.fetch(_MISSING, run_id, expected, MISSING_SHOWN) if unaccounted else []
    return CompletenessOut(
        complete=unaccounted == 0 and counts["unexpected"] == 0 and counts["expected"] > 0,
        **dict(counts),
        unaccounted=unaccounted,
        missing=[Unaccounted.model_validate(dict(row)) for row in missing],
    )


_REVERSAL = """
SELECT count(*)::int AS bills, coalesce(sum(b.current_cents), 0)::bigint AS current_cents,
       count(*) FILTER (WHERE paid.cents > 0)::int AS paid_bills,
       coalesce(sum(paid.cents), 0)::bigint AS paid_cents,
       (SELECT coalesce(sum(statements), 0) FROM statement_prints WHERE run_id = $1)::int
         AS statements_printed
FROM bills b LEFT JOIN LATERAL (
  SELECT sum(i.cents - i.open_cents) AS cents FROM journal_entries e
  JOIN item_balances i ON i.account_id = b.account_id AND i.entry_id = e.id AND i.cents > 0
  WHERE e.source_type = 'bill' AND e.source_id = b.id
) paid ON true
WHERE b.run_id = $1
"""


async def reversal_preview(sql: Sql, run_id: UUID) -> ReversalPreview:
    """What reversing the run would undo. Raises RunNotFound."""
    await run_row(sql, run_id)
    row = await sql.fetchrow(_REVERSAL, run_id)
    assert row is not None
    return ReversalPreview.model_validate(dict(row))


_LATER = """
SELECT DISTINCT o.number FROM bills b
JOIN bill_segments s ON s.bill_id = b.id AND s.live
JOIN bill_segments n ON n.agreement_id = s.agreement_id AND n.live AND n.period_from > s.period_from
JOIN bills m ON m.id = n.bill_id JOIN bill_runs o ON o.id = m.run_id
WHERE b.run_id = $1 AND o.id <> $1 ORDER BY o.number
"""


async def later_runs(sql: Sql, run_id: UUID) -> list[int]:
    """Numbers of the runs, posted or not, whose live bills go on where this run's end."""
    return [row["number"] for row in await sql.fetch(_LATER, run_id)]


async def unknown_groups(sql: Sql, run_id: UUID) -> list[str]:
    """Charge groups on the run's lines that the books have no account for."""
    rows: list[Any] = await sql.fetch(
        "SELECT DISTINCT l.charge_group FROM bills b JOIN bill_lines l ON l.bill_id = b.id"
        " LEFT JOIN charge_groups g ON g.code = l.charge_group"
        " WHERE b.run_id = $1 AND g.code IS NULL ORDER BY 1",
        run_id,
    )
    return [row["charge_group"] for row in rows]


async def working_job(sql: Sql, run_id: UUID) -> UUID | None:
    """The job that leads the run's work now, if any."""
    job: UUID | None = await sql.fetchval(
        "SELECT id FROM jobs WHERE subject_id = $1 AND state IN ('queued', 'running')"
        " AND kind NOT LIKE '%\\_share' LIMIT 1",
        run_id,
    )
    return job
