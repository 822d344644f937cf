"""Reading payments, and what one would do."""

from uuid import UUID

from curbstop.accounts.queries import AccountNotFound
from curbstop.kernel.errors import NotFound
from curbstop.ledger.allocation import queries as allocation
from curbstop.ledger.allocation.allocate import OpenAmount, allocate
from curbstop.ledger.seals.schemas import Finding
from curbstop.payments.schemas import Paid, PaymentOut, PaymentPreview, PaymentRow, PreviewLine
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec
from curbstop.platform.uow import Reader

_ROW_SOURCE = (
    "payments p JOIN accounts a ON a.id = p.account_id"
    " LEFT JOIN payment_reversals r ON r.payment_id = p.id"
)
_ROW_COLUMNS = {
    **{name: f"p.{name}" for name in PaymentRow.model_fields},
    "account_number": "a.number",
    "reversed_at": "r.reversed_at",
    "reversal_reason": "r.reason",
}
PAYMENTS = ListSpec(
    row=PaymentRow,
    source=_ROW_SOURCE,
    columns=_ROW_COLUMNS,
    sort="-posted_at",
    tiebreak="p.id",
    filters={
        "account_id": "p.account_id = {}",
        "tender": "p.tender = {}",
        "from_on": "p.received_on >= {}",
        "to_on": "p.received_on < {}",
    },
    search="p.reference ILIKE {} OR a.number ILIKE {} OR a.mail_name ILIKE {}",
)
_MISMATCH = """
SELECT COALESCE(p.id, e.source_id) AS id, p.cents, (-e.cents)::bigint AS booked FROM payments p
  FULL JOIN (SELECT e.id, e.source_id, e.account_id, sum(i.cents) AS cents FROM journal_entries e
    LEFT JOIN open_items i ON i.entry_id = e.id WHERE e.source_type = 'payment'
    GROUP BY e.id) e ON e.source_id = p.id
WHERE p.id IS NULL OR e.id IS DISTINCT FROM p.entry_id OR -e.cents IS DISTINCT FROM p.cents
   OR e.account_id IS DISTINCT FROM p.account_id ORDER BY 1 LIMIT 1
"""
_REVERSAL_MISMATCH = """
SELECT COALESCE(r.payment_id, p.id) AS id FROM payment_reversals r
  FULL JOIN (SELECT e.id, e.source_id, e.reverses_id FROM journal_entries e
    WHERE e.source_type = 'payment_reversal') e ON e.source_id = r.id AND e.id = r.entry_id
  LEFT JOIN payments p ON p.entry_id = e.reverses_id
WHERE r.id IS NULL OR e.id IS NULL OR p.id IS DISTINCT FROM r.payment_id ORDER BY 1 LIMIT 1
"""


class PaymentNotFound(NotFound):
    title = "No such payment"


async def find_payment(sql: Sql, payment_id: UUID) -> PaymentOut:
    """A payment with what it paid when it was posted. Raises PaymentNotFound."""
    row = await sql.fetchrow(
        "SELECT p.*, r.reversed_at, r.reason AS reversal_reason FROM payments p"
        " LEFT JOIN payment_reversals r ON r.payment_id = p.id WHERE p.id = $1",
        payment_id,
    )
    if row is None:
        raise PaymentNotFound(str(payment_id))
    applied = await sql.fetch(
        "SELECT i.id AS item_id, i.charge_group, i.due_on, a.cents FROM applications a"
        " JOIN open_items i ON i.account_id = a.account_id AND i.id = a.item_id"
        " WHERE a.entry_id = $1 ORDER BY i.due_on, i.id",
        row["entry_id"],
    )
    paid = [Paid.model_validate(dict(each)) for each in applied]
    unapplied = row["cents"] - sum(each.cents for each in paid)
    return PaymentOut(**dict(row), paid=paid, unapplied_cents=unapplied)


async def preview(reader: Reader, account_id: UUID, cents: int) -> PaymentPreview:
    """Which items a payment of today would pay and what would be left. Raises AccountNotFound."""
    balance = await reader.sql.fetchval(
        "SELECT COALESCE(b.balance_cents, 0) FROM accounts a"
        " LEFT JOIN account_balances b ON b.account_id = a.id WHERE a.id = $1",
        account_id,
    )
    if balance is None:
        raise AccountNotFound(str(account_id))
    open_now = await allocation.open_amounts(reader.sql, account_id)
    order = await allocation.order_on(reader.sql, reader.today)
    debts = [amount for amount in open_now if amount.cents > 0]
    credit = OpenAmount(account_id, "payment", None, None, reader.today, reader.today, -cents)
    paid = {each.item_id: each.cents for each in allocate(debts, [credit], order)}
    return PaymentPreview(
        account_id=account_id,
        cents=cents,
        lines=[
            PreviewLine(
                item_id=debt.id,
                kind=debt.kind,
                charge_group=debt.charge_group,
                due_on=debt.due_on,
                open_cents=debt.cents,
                paid_cents=paid.get(debt.id, 0),
                left_cents=debt.cents - paid.get(debt.id, 0),
            )
            for debt in debts
        ],
        unapplied_cents=cents - sum(paid.values()),
        balance_before_cents=balance,
        balance_after_cents=balance - cents,
    )


async def payments_posted(sql: Sql) -> Finding | None:
    """Payments and their entries are the same; so are reversals. Names the first bad payment."""
    if row := await sql.fetchrow(_MISMATCH):
        return Finding(
            f"payment {row['id']}", f"says {row['cents']}, the journal {row['booked']} cents"
        )
    if row := await sql.fetchrow(_REVERSAL_MISMATCH):
        return Finding(f"payment {row['id']}", "its reversal and the journal differ")
    return None
