"""Writing and clearing a chunk's working rows: one COPY per table."""

from uuid import UUID

from curbstop.billing.runs.ids import exception_id
from curbstop.billing.runs.values import ChunkResult
from curbstop.platform.db import Sql

BILL_COLUMNS = (
    *("id", "number", "run_id", "chunk", "ordinal", "account_id", "account_class", "kind"),
    *("period_from", "period_to", "bill_on", "due_on", "current_cents", "line_count", "estimated"),
)
SEGMENT_COLUMNS = (
    *("bill_id", "agreement_id", "service", "service_point_id", "rate_code"),
    *("period_from", "period_to", "cycle_from", "cycle_to"),
    *("quantity", "unit", "estimated", "reads", "facts"),
)
LINE_COLUMNS = (
    *("bill_id", "line", "agreement_id", "version_id", "component", "model", "charge_group", "gl"),
    *("from_on", "to_on", "tier", "quantity", "unit", "price", "numerator", "denominator"),
    *("tier_from", "tier_to", "facts", "amount_cents"),
)

# An excuse stands as long as the exception and its reason do.
_EXCEPTIONS = """
INSERT INTO run_exceptions AS e
  (id, run_id, chunk, account_id, agreement_id, code, reason, severity)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[], $5::uuid[], $6::text[],
                     $7::text[], $8::text[])
ON CONFLICT (id) DO UPDATE SET chunk = EXCLUDED.chunk, reason = EXCLUDED.reason,
  excused_by = CASE WHEN e.reason = EXCLUDED.reason THEN e.excused_by END,
  excuse = CASE WHEN e.reason = EXCLUDED.reason THEN e.excuse END,
  excused_at = CASE WHEN e.reason = EXCLUDED.reason THEN e.excused_at END
"""


async def clear_bills(sql: Sql, run_id: UUID, chunk: int | None = None) -> None:
    """Remove the working bills of a chunk, or of the whole run; posted ones refuse (trigger)."""
    ours = "SELECT id FROM bills WHERE run_id = $1 AND ($2::int IS NULL OR chunk = $2)"
    for table in ("bill_lines", "bill_segments"):
        await sql.execute(f"DELETE FROM {table} WHERE bill_id IN ({ours})", run_id, chunk)  # noqa: S608
    await sql.execute(f"DELETE FROM bills WHERE id IN ({ours})", run_id, chunk)  # noqa: S608


async def write_chunk(sql: Sql, run_id: UUID, chunk: int, result: ChunkResult) -> None:
    """Put the results where the chunk's old ones were, and close the chunk."""
    await sql.copy("bills", BILL_COLUMNS, result.bills)
    await sql.copy("bill_segments", SEGMENT_COLUMNS, result.segments)
    await sql.copy("bill_lines", LINE_COLUMNS, result.lines)
    await _write_exceptions(sql, run_id, chunk, result)
    await sql.execute(
        "UPDATE run_chunks SET state = 'calculated', billed = $3, current_cents = $4"
        " WHERE run_id = $1 AND number = $2",
        *(run_id, chunk, len(result.bills), result.cents),
    )


async def _write_exceptions(sql: Sql, run_id: UUID, chunk: int, result: ChunkResult) -> None:
    rows = [
        (
            exception_id(run_id, t.account_id, t.agreement_id, t.code),
            *(run_id, chunk, t.account_id, t.agreement_id, t.code, t.reason, t.severity),
        )
        for t in result.troubles
    ]
    ids = [row[0] for row in rows]
    await sql.execute(
        "DELETE FROM run_exceptions WHERE run_id = $1 AND chunk = $2 AND id <> ALL($3::uuid[])",
        *(run_id, chunk, ids),
    )
    if rows:
        await sql.execute(_EXCEPTIONS, *(list(column) for column in zip(*rows, strict=True)))
