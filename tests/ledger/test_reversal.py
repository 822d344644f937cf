"""Taking back: paid items open again, closed months stay, splits are mirrored."""

from datetime import UTC, date, datetime

import pytest
from tests.factories.accounts import an_account
from tests.factories.ledger import a_bill, a_payment_entry, balance_of, open_cents

from curbstop.kernel.ids import uuid7
from curbstop.ledger import posting, recipes
from curbstop.ledger.allocation import queries as allocation
from curbstop.ledger.chart import load_chart
from curbstop.ledger.journal import queries
from curbstop.ledger.journal.actions import AlreadyReversed, ReversalIsFinal, reverse_entry
from curbstop.ledger.recipes import Penalty


async def month_of(uow, first):
    """GL totals of a month: account → debits less credits."""
    rows = await uow.sql.fetch(
        "SELECT gl, sum(cents)::bigint FROM (SELECT e.posted_on, l.debit AS gl, l.cents"
        " FROM journal_lines l JOIN journal_entries e ON e.id = l.entry_id UNION ALL"
        " SELECT e.posted_on, l.credit, -l.cents FROM journal_lines l"
        " JOIN journal_entries e ON e.id = l.entry_id) x"
        " WHERE posted_on >= $1 AND posted_on < $1 + interval '1 month' GROUP BY gl",
        first,
    )
    return dict(map(tuple, rows))


async def test_a_returned_payment_opens_the_bill_with_its_own_due_date(uow):
    account = await an_account(uow)
    bill = await a_bill(uow, account.id, date(2026, 5, 20), water=80_00, sewer=40_00)
    payment = await a_payment_entry(uow, account.id, 120_00)
    assert await open_cents(uow, account.id) == []
    await reverse_entry(uow, payment.id, "payment_reversal", uuid7(), "NSF")
    left = await allocation.open_amounts(uow.sql, account.id)
    assert {(a.id, a.due_on, a.cents) for a in left} == {
        (item.id, date(2026, 5, 20), item.cents) for item in bill.items
    }, "the very items, not a new debt"
    assert await balance_of(uow, account.id) == 120_00


async def test_a_late_fee_that_was_paid_becomes_a_credit_when_undone(uow):
    account = await an_account(uow)
    chart = await load_chart(uow.sql)
    charge = [Penalty(uuid7(), 5_00)]
    fee = recipes.penalty(chart, uuid7(), account.id, charge, uow.today, "Late penalty")
    await posting.post(uow, fee)
    await a_payment_entry(uow, account.id, 5_00)
    await reverse_entry(uow, fee.id, "penalty_reversal", uuid7(), "Undone")
    assert await open_cents(uow, account.id) == [-5_00]
    unapplied = "SELECT unapplied_cents FROM account_balances WHERE account_id = $1"
    assert await uow.sql.fetchval(unapplied, account.id) == 5_00


async def test_an_entry_is_taken_back_once_and_a_reversal_never(uow):
    account = await an_account(uow)
    bill = await a_bill(uow, account.id, water=10_00)
    back = await reverse_entry(uow, bill.id, "bill_reversal", uuid7(), "Wrong read")
    assert (await balance_of(uow, account.id), await open_cents(uow, account.id)) == (0, [])
    with pytest.raises(AlreadyReversed):
        await reverse_entry(uow, bill.id, "bill_reversal", uuid7(), "Again")
    with pytest.raises(ReversalIsFinal):
        await reverse_entry(uow, back.id, "bill_reversal", uuid7(), "Back")


async def test_a_may_bill_corrected_in_july_leaves_may_as_it_was(db, actor):
    """Closed month vector: May unchanged; July shows −May, +May corrected."""
    db.now = datetime(2026, 5, 15, 17, tzinfo=UTC)
    async with db.write(actor) as uow:
        account_id = (await an_account(uow)).id
        bill = await a_bill(uow, account_id, date(2026, 6, 5), water=60_00, sewer=30_00)
    db.now = datetime(2026, 7, 15, 17, tzinfo=UTC)
    async with db.write(actor) as uow:
        may, july = date(2026, 5, 1), date(2026, 7, 1)
        await uow.sql.execute("INSERT INTO periods VALUES ($1, 'closed', now())", may)
        before = await month_of(uow, may)
        await reverse_entry(uow, bill.id, "bill_reversal", uuid7(), "Misread")
        await a_bill(uow, account_id, date(2026, 6, 5), water=45_00, sewer=30_00)
        assert await month_of(uow, may) == before == {"1200": 90_00, "4020": -60_00, "4110": -30_00}
        assert await month_of(uow, july) == {"1200": -15_00, "4020": 15_00, "4110": 0}
        assert await balance_of(uow, account_id) == 75_00


async def test_an_entry_reads_back_as_it_was_posted(uow):
    account = await an_account(uow)
    bill = await a_bill(uow, account.id, water=10_00, sewer=-2_00)
    again = await queries.posted_entry(uow.sql, bill.id)
    made = {(bill.items[t.item], t.debit, t.credit, t.cents) for t in bill.transfers}
    assert {(again.items[t.item], t.debit, t.credit, t.cents) for t in again.transfers} == made
