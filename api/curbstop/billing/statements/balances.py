"""What a bill asks for, taken from the books in the transaction that posts it."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from curbstop.platform.uow import Uow

COLUMNS = (
    *("bill_id", "account_id", "previous_cents", "payments_cents", "adjustments_cents"),
    *("current_cents", "total_due_cents", "through_seq", "posted_at"),
)

# The balance before this bill, what the last statement asked for, and what was paid since. All
# that is neither is an adjustment: penalties, corrections, returned payments, transfers.
_BEFORE = """
SELECT w.id AS account_id, coalesce(b.balance_cents, 0) AS balance_cents,
       coalesce(s.total_due_cents, 0) AS previous_cents, coalesce(p.cents, 0)::bigint AS paid_cents,
       coalesce(last.seq, 0) AS through_seq
FROM unnest($1::uuid[]) AS w (id)
LEFT JOIN account_balances b ON b.account_id = w.id
LEFT JOIN LATERAL (
  SELECT total_due_cents, through_seq FROM statements
  WHERE account_id = w.id ORDER BY posted_at DESC LIMIT 1
) s ON true
LEFT JOIN LATERAL (
  SELECT sum(l.cents) AS cents FROM journal_entries e JOIN journal_lines l ON l.entry_id = e.id
  WHERE e.account_id = w.id AND e.seq > coalesce(s.through_seq, 0) AND e.kind = 'payment'
    AND l.account_id = w.id
) p ON true
LEFT JOIN LATERAL (
  SELECT e.seq FROM journal_entries e WHERE e.account_id = w.id ORDER BY e.seq DESC LIMIT 1
) last ON true
"""


class PostedBill(Protocol):
    """What a statement needs of a bill that is being posted."""

    @property
    def id(self) -> UUID: ...
    @property
    def account_id(self) -> UUID: ...
    @property
    def cents(self) -> int: ...


async def add_statements(uow: Uow, bills: Sequence[PostedBill]) -> None:
    """Keep the balance facts of bills that this transaction is about to post.

    Payments are negative; the parts sum to the total due, which is the balance after the bill. The
    caller holds the accounts' locks, so no act on them falls between the statement and the bill.
    """
    rows = await uow.sql.fetch(_BEFORE, [bill.account_id for bill in bills])
    before = {row["account_id"]: row for row in rows}
    statements = []
    for bill in bills:
        row = before[bill.account_id]
        previous, payments = row["previous_cents"], -row["paid_cents"]
        adjustments = row["balance_cents"] - previous - payments
        total = row["balance_cents"] + bill.cents
        statements.append(
            (
                *(bill.id, bill.account_id, previous, payments, adjustments),
                *(bill.cents, total, row["through_seq"], uow.now),
            )
        )
    if statements:
        await uow.sql.copy("statements", COLUMNS, statements)
