"""The proof of a posted run: each figure counted twice, from tables that know nothing of others."""

from uuid import UUID

from curbstop.billing.runs.queries import completeness, run_row
from curbstop.billing.runs.schemas import GlLine, ProofLine, RunProof
from curbstop.platform.db import Sql

# A bill whose charge groups all come to nothing books nothing.
_BILLS = """
SELECT count(*)::int AS count, coalesce(sum(current_cents), 0)::bigint AS cents
FROM bills b WHERE run_id = $1 AND EXISTS (
  SELECT 1 FROM bill_lines l WHERE l.bill_id = b.id
  GROUP BY l.charge_group, l.gl HAVING sum(l.amount_cents) <> 0)
"""
# What customers owe by the run's entries: the control account's side of their lines.
_POSTED = """
SELECT count(DISTINCT e.id)::int AS count,
       coalesce(sum(CASE WHEN d.control THEN l.cents ELSE -l.cents END), 0)::bigint AS cents
FROM bills b JOIN journal_entries e ON e.source_type = 'bill' AND e.source_id = b.id
JOIN journal_lines l ON l.entry_id = e.id AND l.account_id IS NOT NULL
JOIN gl_accounts d ON d.code = l.debit
WHERE b.run_id = $1
"""
_STATEMENTS = """
SELECT count(*)::int AS count, coalesce(sum(s.current_cents), 0)::bigint AS cents,
       coalesce(sum(s.total_due_cents), 0)::bigint AS due_cents
FROM bills b JOIN statements s ON s.bill_id = b.id WHERE b.run_id = $1
"""
_ALL_BILLS = """
SELECT count(*)::int AS count, coalesce(sum(current_cents), 0)::bigint AS cents
FROM bills WHERE run_id = $1
"""
_PRINT = """
SELECT statements AS count, total_due_cents AS cents FROM statement_prints
WHERE run_id = $1 ORDER BY printed_at DESC LIMIT 1
"""
_GL = """
SELECT g.code AS gl, g.name, sum(m.debit)::bigint AS debit_cents,
       sum(m.credit)::bigint AS credit_cents
FROM bills b JOIN journal_entries e ON e.source_type = 'bill' AND e.source_id = b.id
JOIN journal_lines l ON l.entry_id = e.id
CROSS JOIN LATERAL (VALUES (l.debit, l.cents, 0), (l.credit, 0, l.cents)) AS m (gl, debit, credit)
JOIN gl_accounts g ON g.code = m.gl
WHERE b.run_id = $1 GROUP BY g.code, g.name ORDER BY g.code
"""


async def prove_run(sql: Sql, run_id: UUID) -> RunProof:
    """Every equation that a posted run must fulfil, with both sides. Raises RunNotFound.

    Before posting only the first, expected = billed + excused, says anything. A reversed run's
    entries stand beside their reversals, which are not counted here.
    """
    run = await run_row(sql, run_id)
    whole = await completeness(sql, run_id)
    accounts = ProofLine(
        key="accounts",
        agrees=whole.complete,
        count=whole.expected,
        cents=None,
        other_count=whole.billed + whole.excused,
        other_cents=None,
    )
    if run["state"] not in ("posted", "reversed"):
        return RunProof(agrees=accounts.agrees, lines=[accounts], distribution=[])
    bills = await _pair(sql, _ALL_BILLS, run_id)
    statements = await sql.fetchrow(_STATEMENTS, run_id)
    assert statements is not None
    lines = [
        accounts,
        _line("postings", await _pair(sql, _BILLS, run_id), await _pair(sql, _POSTED, run_id)),
        _line("statements", bills, (statements["count"], statements["cents"])),
    ]
    if printed := await sql.fetchrow(_PRINT, run_id):
        register = (statements["count"], statements["due_cents"])
        lines.append(_line("print", register, (printed["count"], printed["cents"])))
    return RunProof(
        agrees=all(line.agrees for line in lines),
        lines=lines,
        distribution=[GlLine.model_validate(dict(row)) for row in await sql.fetch(_GL, run_id)],
    )


async def _pair(sql: Sql, query: str, run_id: UUID) -> tuple[int, int]:
    row = await sql.fetchrow(query, run_id)
    assert row is not None
    return row["count"], row["cents"]


def _line(key: str, one: tuple[int, int], other: tuple[int, int]) -> ProofLine:
    return ProofLine(
        key=key,
        agrees=one == other,
        count=one[0],
        cents=one[1],
        other_count=other[0],
        other_cents=other[1],
    )
