"""Writing and clearing a chunk's working rows: one COPY per table."""

import asyncio
from uuid import UUID

from curbstop.billing.runs import rows
from curbstop.billing.runs.ids import exception_id
from curbstop.billing.runs.values import ChunkResult
from curbstop.platform.binary_copy import stream
from curbstop.platform.db import Sql

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
    for table, columns, encode in (
        ("bills", rows.BILL_COLUMNS, rows.bills),
        ("bill_segments", rows.SEGMENT_COLUMNS, rows.segments),
        ("bill_lines", rows.LINE_COLUMNS, rows.lines),
    ):
        data = await asyncio.to_thread(stream, encode(result))
        await sql.copy_encoded(table, columns, data)
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
