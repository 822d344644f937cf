"""What is open on an account, and the order in which it is paid."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from curbstop.ledger.allocation.allocate import OpenAmount, Order, OrderKey
from curbstop.platform.db import Sql
from curbstop.policies.queries import values as policies_on
from curbstop.policies.values import Policies


def order_of(policies: Policies) -> Order:
    """The order that the policies of a day make."""
    due = OrderKey.OLDEST_DUE, OrderKey.GROUP_PRIORITY
    keys = due if policies.flag("payments.oldest_first") else due[::-1]
    groups = policies.texts("payments.allocation_order")
    return Order((*keys, OrderKey.OLDEST_POSTED), groups)


async def order_on(sql: Sql, on: date) -> Order:
    """The order in force on a day: policies are dated and stay, so an allocation replays."""
    return order_of(await policies_on(sql, on))


async def open_amounts(sql: Sql, account_id: UUID) -> list[OpenAmount]:
    """Everything of an account that is not settled: debts (cents > 0) and credits (cents < 0)."""
    rows = await sql.fetch(
        "SELECT id, kind, charge_group, fund, due_on, posted_on, open_cents FROM item_balances"
        " WHERE account_id = $1 AND open_cents <> 0 ORDER BY due_on, id",
        account_id,
    )
    return [OpenAmount(*row) for row in rows]


async def open_amounts_of(sql: Sql, account_ids: Sequence[UUID]) -> dict[UUID, list[OpenAmount]]:
    """`open_amounts` for many accounts in one read; accounts with nothing open are left out."""
    # LATERAL with OFFSET 0 keeps the sums per account, not over everybody's history.
    rows = await sql.fetch(
        "SELECT b.account_id, b.id, b.kind, b.charge_group, b.fund, b.due_on, b.posted_on,"
        " b.open_cents FROM unnest($1::uuid[]) AS wanted(id) CROSS JOIN LATERAL"
        " (SELECT * FROM item_balances i WHERE i.account_id = wanted.id AND i.open_cents <> 0"
        " OFFSET 0) b"
        " ORDER BY b.account_id, b.due_on, b.id",
        account_ids,
    )
    found: dict[UUID, list[OpenAmount]] = {}
    for account_id, *rest in rows:
        found.setdefault(account_id, []).append(OpenAmount(*rest))
    return found


async def accounts_in_credit(sql: Sql, account_ids: Sequence[UUID]) -> list[UUID]:
    """Which of the accounts have a credit that pays nothing yet, ascending."""
    rows = await sql.fetch(
        "SELECT account_id FROM account_balances"
        " WHERE account_id = ANY($1::uuid[]) AND unapplied_cents > 0 ORDER BY account_id",
        account_ids,
    )
    return [row["account_id"] for row in rows]
