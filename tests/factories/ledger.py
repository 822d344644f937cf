"""Bills and payments for tests, through the recipes and the one door into the journal."""

from datetime import date
from uuid import UUID

from curbstop.kernel.ids import uuid7
from curbstop.ledger import posting, recipes
from curbstop.ledger.allocation import queries as allocation
from curbstop.ledger.allocation.actions import settled_by
from curbstop.ledger.chart import load_chart
from curbstop.ledger.entries import Entry
from curbstop.ledger.recipes import BilledAmount
from curbstop.platform.uow import Uow

DUE = date(2026, 7, 1)


async def a_bill(uow: Uow, account_id: UUID, due_on: date = DUE, **cents_by_group: int) -> Entry:
    """A posted bill: `a_bill(uow, account.id, water=60_00, sewer=40_00)`."""
    amounts = [BilledAmount(group, None, cents) for group, cents in cents_by_group.items()]
    chart = await load_chart(uow.sql)
    entry = recipes.bill_issued(chart, uuid7(), account_id, amounts, due_on, "Bill")
    assert entry is not None
    return await posting.post(uow, entry)


async def a_payment_entry(uow: Uow, account_id: UUID, cents: int) -> Entry:
    """A posted cash payment, applied to what is open, without the payments room."""
    chart = await load_chart(uow.sql)
    entry = recipes.payment(
        chart, uuid7(), account_id, "tender_cash", cents, uow.today, "Cash payment"
    )
    order = await allocation.order_on(uow.sql, uow.today)
    open_now = await allocation.open_amounts(uow.sql, account_id)
    return await posting.post(uow, settled_by(entry, open_now, order, uow.today))


async def balance_of(uow: Uow, account_id: UUID) -> int:
    """What the account owes by the projection, in cents."""
    return (
        await uow.sql.fetchval(
            "SELECT balance_cents FROM account_balances WHERE account_id = $1", account_id
        )
        or 0
    )


async def open_cents(uow: Uow, account_id: UUID) -> list[int]:
    """What is left of each unsettled item, oldest due first."""
    return [amount.cents for amount in await allocation.open_amounts(uow.sql, account_id)]
