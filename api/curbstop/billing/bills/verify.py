"""Bills = postings: the check that billing adds to the proof of the ledger."""

from curbstop.ledger.seals.schemas import Finding
from curbstop.platform.db import Sql

# Of every posted bill: its lines, its statement, its entry's receivable; reversed ones once more
# with the opposite sign. And no entry names a bill that is not posted.
_BILLS = """
WITH posted AS (
  SELECT b.id, b.number, b.current_cents, b.reversed_at FROM bills b
  JOIN run_chunks c ON c.run_id = b.run_id AND c.number = b.chunk
  WHERE c.state IN ('posted', 'reversed')),
lines AS (SELECT bill_id AS id, sum(amount_cents) AS cents FROM bill_lines GROUP BY 1),
booked AS (
  SELECT e.source_id AS id, sum(i.cents) FILTER (WHERE e.source_type = 'bill') AS issued,
         sum(i.cents) FILTER (WHERE e.source_type = 'bill_reversal') AS reversed
  FROM journal_entries e JOIN open_items i ON i.entry_id = e.id
  WHERE e.source_type IN ('bill', 'bill_reversal') GROUP BY 1)
SELECT coalesce(p.number, k.id::text) AS number, coalesce(p.current_cents, 0) AS bill,
       coalesce(l.cents, 0) AS lines, coalesce(k.issued, 0) AS issued,
       coalesce(k.reversed, 0) AS reversed, coalesce(s.current_cents, 0) AS statement
FROM posted p FULL JOIN booked k ON k.id = p.id
LEFT JOIN lines l ON l.id = p.id LEFT JOIN statements s ON s.bill_id = p.id
WHERE p.id IS NULL OR s.bill_id IS NULL
   OR p.current_cents <> coalesce(l.cents, 0)
   OR p.current_cents <> coalesce(k.issued, 0)
   OR p.current_cents <> s.current_cents
   OR coalesce(k.reversed, 0)
      <> CASE WHEN p.reversed_at IS NULL THEN 0 ELSE -p.current_cents END
ORDER BY 1 LIMIT 1
"""


async def bills_are_postings(sql: Sql) -> Finding | None:
    """The first posted bill that differs from its lines, its statement or the books."""
    row = await sql.fetchrow(_BILLS)
    if row is None:
        return None
    detail = (
        f"bill {row['bill']}, lines {row['lines']}, statement {row['statement']}, "
        f"posted {row['issued']}, reversed {row['reversed']} cents"
    )
    return Finding(f"bill {row['number']}", detail)
