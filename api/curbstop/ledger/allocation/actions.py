"""Applying the credits that accounts have to what they owe."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from curbstop.kernel.ids import uuid7
from curbstop.ledger.allocation import queries
from curbstop.ledger.allocation.allocate import Allocation, OpenAmount, Order, allocate
from curbstop.ledger.entries import Application, Entry
from curbstop.ledger.posting import lock_accounts, post_many
from curbstop.ledger.recipes import credit_use
from curbstop.platform.uow import Uow


def as_applications(allocations: Sequence[Allocation]) -> tuple[Application, ...]:
    """Allocations with ids, ready for an entry."""
    return tuple(Application(uuid7(), a.credit_id, a.item_id, a.cents) for a in allocations)


def own_credits(entry: Entry, posted_on: date) -> list[OpenAmount]:
    """The credits that an entry is about to make, as the allocator takes them."""
    return [
        OpenAmount(i.id, i.kind, i.charge_group, i.fund, i.due_on, posted_on, i.cents)
        for i in entry.items
        if i.cents < 0
    ]


def settled_by(
    entry: Entry, open_now: Sequence[OpenAmount], order: Order, posted_on: date
) -> Entry:
    """The entry with its own credits applied to the account's open items."""
    debts = [amount for amount in open_now if amount.cents > 0]
    own = own_credits(entry, posted_on)
    return entry._replace(applications=as_applications(allocate(debts, own, order)))


async def lock_accounts_in_credit(uow: Uow, account_ids: Sequence[UUID]) -> list[UUID]:
    """Before posting charges in bulk: lock those that have a credit, for `apply_credits` after."""
    in_credit = await queries.accounts_in_credit(uow.sql, account_ids)
    if in_credit:
        await lock_accounts(uow.sql, in_credit)
    return in_credit


async def apply_credits(uow: Uow, locked_ids: Sequence[UUID]) -> int:
    """Let unused credits of these accounts pay what is open, in today's order; returns how many.

    The caller holds their locks (`lock_accounts_in_credit`) since before it posted the charges.
    One read and one COPY per table for all accounts.
    """
    if not locked_ids:
        return 0
    order = await queries.order_on(uow.sql, uow.today)
    entries = []
    for account_id, amounts in (await queries.open_amounts_of(uow.sql, locked_ids)).items():
        debts = [a for a in amounts if a.cents > 0]
        unused = [a for a in amounts if a.cents < 0]
        if allocations := allocate(debts, unused, order):
            entries.append(credit_use(uuid7(), account_id, as_applications(allocations)))
    await post_many(uow.sql, entries, uow.today, uow.now)
    return len(entries)
