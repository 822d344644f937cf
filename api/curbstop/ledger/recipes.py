"""Every accounting recipe of the house: plain values in, an `Entry` out.

A recipe says which accounts move and which items arise. It decides nothing about bills, payments
or approvals, reads nothing, and is the only place that pairs a debit with a credit.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from curbstop.kernel.ids import uuid7
from curbstop.ledger.chart import Chart
from curbstop.ledger.entries import (
    Application,
    Entry,
    EntryKind,
    ItemKind,
    NewItem,
    Transfer,
    fresh_ids,
)


class BilledAmount(NamedTuple):
    """What a bill charges for one group; `gl` overrides the group's income account."""

    group: str
    gl: str | None
    cents: int


class Penalty(NamedTuple):
    """A late penalty on one bill: the open item to make, and its amount."""

    item_id: UUID
    cents: int


def _toward(receivable: str, other: str, cents: int, item: int | None) -> Transfer:
    """Raise the receivable by cents, or lower it when they are negative."""
    if cents > 0:
        return Transfer(receivable, other, cents, item)
    return Transfer(other, receivable, -cents, item)


def bill_issued(
    chart: Chart,
    bill_id: UUID,
    account_id: UUID,
    amounts: Iterable[BilledAmount],
    due_on: date,
    memo: str,
    ids: Sequence[UUID] | None = None,
) -> Entry | None:
    """Debit receivable, credit income by charge group; one open item per group and account.

    `ids` names the entry and then its items, where the caller derives them; else they are new.

    A group whose lines sum below zero makes a credit. None when every group sums to zero: a bill
    of nothing books nothing. Raises UnknownChargeGroup.
    """
    sums: dict[tuple[str, str | None], int] = {}
    for code, gl, cents in amounts:
        key = code, gl
        sums[key] = sums.get(key, 0) + cents
    receivable, charge = chart.receivable, ItemKind.CHARGE
    entry_id, *item_ids = ids or fresh_ids(len(sums) + 1)
    transfers: list[Transfer] = []
    items: list[NewItem] = []
    for (code, gl), cents in sums.items():
        group = chart.group(code)
        if cents:
            place = len(items)
            transfers.append(_toward(receivable, gl or group.income_gl, cents, place))
            items.append(NewItem(item_ids[place], charge, code, group.fund, due_on, cents))
    if not items:
        return None
    return Entry(
        entry_id,
        EntryKind.BILL,
        "bill",
        bill_id,
        account_id,
        memo,
        tuple(transfers),
        tuple(items),
    )


def payment(
    chart: Chart,
    payment_id: UUID,
    account_id: UUID,
    tender_role: str,
    cents: int,
    received_on: date,
    memo: str,
) -> Entry:
    """Debit where the tender lies, credit receivable; the whole amount becomes a credit to apply.

    Raises UnknownGlRole.
    """
    line = Transfer(chart.role(tender_role), chart.receivable, cents, 0)
    item = NewItem(uuid7(), ItemKind.PAYMENT, None, None, received_on, -cents)
    return Entry(
        uuid7(), EntryKind.PAYMENT, "payment", payment_id, account_id, memo, (line,), (item,)
    )


def adjustment(
    chart: Chart,
    adjustment_id: UUID,
    account_id: UUID,
    gl: str,
    cents: int,
    group: str | None,
    due_on: date,
    memo: str,
) -> Entry:
    """Raise (cents > 0) or lower the receivable against the adjustment type's account.

    Raises UnknownChargeGroup.
    """
    fund = chart.group(group).fund if group else None
    item = NewItem(uuid7(), ItemKind.ADJUSTMENT, group, fund, due_on, cents)
    lines = (_toward(chart.receivable, gl, cents, 0),)
    return Entry(
        uuid7(),
        EntryKind.ADJUSTMENT,
        "adjustment",
        adjustment_id,
        account_id,
        memo,
        lines,
        (item,),
    )


def penalty(
    chart: Chart,
    source_id: UUID,
    account_id: UUID,
    penalties: Sequence[Penalty],
    due_on: date,
    memo: str,
) -> Entry:
    """Debit receivable, credit penalty income, one open item per penalised bill and month.

    Raises UnknownChargeGroup.
    """
    group = chart.group("penalty")
    lines = tuple(
        Transfer(chart.receivable, group.income_gl, charge.cents, place)
        for place, charge in enumerate(penalties)
    )
    items = tuple(
        NewItem(charge.item_id, ItemKind.PENALTY, group.code, group.fund, due_on, charge.cents)
        for charge in penalties
    )
    return Entry(uuid7(), EntryKind.PENALTY, "penalty", source_id, account_id, memo, lines, items)


def credit_use(source_id: UUID, account_id: UUID, applications: Sequence[Application]) -> Entry:
    """Apply credits that an account already has: no money moves, but the act is booked."""
    return Entry(
        uuid7(),
        EntryKind.CREDIT_USE,
        "credit_use",
        source_id,
        account_id,
        "Credit applied to open charges",
        (),
        (),
        tuple(applications),
    )


class LiveApplication(NamedTuple):
    """An application that nothing has taken back yet."""

    id: UUID
    credit_id: UUID
    item_id: UUID
    cents: int


def reversal(
    original: Entry,
    live: Sequence[LiveApplication],
    source_type: str,
    source_id: UUID,
    memo: str,
    kind: EntryKind = EntryKind.REVERSAL,
) -> Entry:
    """Take an entry back whole, splits and all, whatever has been settled since.

    `live` are the applications to or of its items that still stand. They are taken back first, so a
    returned payment opens the charges it had paid, with their own due dates, and the reversal of a
    charge that was paid leaves the payment as a credit. Then each item is settled by its mirror.
    """
    taken_back = [
        Application(uuid7(), each.credit_id, each.item_id, -each.cents, each.id) for each in live
    ]
    lines = tuple(
        Transfer(line.credit, line.debit, line.cents, line.item) for line in original.transfers
    )
    items: list[NewItem] = []
    settled: list[Application] = []
    for item in original.items:
        mirror = item._replace(id=uuid7(), kind=ItemKind.REVERSAL, cents=-item.cents)
        credit, debt = (mirror, item) if item.cents > 0 else (item, mirror)
        items.append(mirror)
        settled.append(Application(uuid7(), credit.id, debt.id, debt.cents))
    return Entry(
        uuid7(),
        kind,
        source_type,
        source_id,
        original.account_id,
        memo,
        lines,
        tuple(items),
        (*taken_back, *settled),
        reverses_id=original.id,
    )
