"""The books refuse what must not be written, even as raw SQL of the application's own role."""

import asyncio

import asyncpg
import pytest
from tests.factories.accounts import an_account
from tests.factories.ledger import a_bill, a_payment_entry, balance_of, open_cents

from curbstop.kernel.ids import uuid7
from curbstop.ledger import posting, recipes
from curbstop.ledger.chart import load_chart
from curbstop.ledger.entries import Application
from curbstop.ledger.recipes import BilledAmount

ENTRY = (
    "INSERT INTO journal_entries (id, kind, posted_on, posted_at, source_type, source_id,"
    " account_id, memo) VALUES ($1, 'bill', $2, now(), 'bill', $1, $3, '')"
)
ITEM = (
    "INSERT INTO open_items (account_id, id, entry_id, kind, due_on, posted_on, cents)"
    " VALUES ($1, $2, $3, 'charge', $4, $4, $5)"
)
LINE = (
    "INSERT INTO journal_lines (entry_id, line, debit, credit, cents, account_id, item_id)"
    " VALUES ($1, 1, $2, $3, $4, $5, $6)"
)
APPLY = (
    "INSERT INTO applications (account_id, id, credit_id, item_id, cents, applied_on, entry_id)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)"
)


@pytest.fixture
async def account(uow):
    return await an_account(uow)


async def refused(uow, match, statement, *args):
    with pytest.raises(asyncpg.PostgresError, match=match):
        async with uow.sql.connection.transaction():
            await uow.sql.execute(statement, *args)


@pytest.mark.parametrize(
    "table", ["journal_entries", "journal_lines", "open_items", "applications", "seals"]
)
@pytest.mark.parametrize("act", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
async def test_posted_facts_are_never_changed(uow, account, table, act):
    await a_bill(uow, account.id, water=10_00)
    column = "number" if table == "seals" else "id" if table != "journal_lines" else "line"
    await refused(uow, "is refused", act.format(table, column, column))


async def test_an_entry_needs_an_account_that_exists(uow):
    await refused(uow, "does not exist", ENTRY, uuid7(), uow.today, uuid7())


async def test_a_line_cannot_be_empty_or_one_sided(uow, account):
    entry, item = uuid7(), uuid7()
    await uow.sql.execute(ENTRY, entry, uow.today, account.id)
    await uow.sql.execute(ITEM, account.id, item, entry, uow.today, 500)
    await refused(uow, "cents_positive", LINE, entry, "1200", "4020", 0, account.id, item)
    await refused(uow, "cents_positive", LINE, entry, "1200", "4020", -500, account.id, item)
    await refused(uow, "two_sides", LINE, entry, "1200", "1200", 500, account.id, item)
    await refused(uow, "unknown GL", LINE, entry, "1200", "9999", 500, account.id, item)
    await refused(uow, "none where it does", LINE, entry, "1200", "4020", 500, None, None)
    await refused(uow, "moves no receivable", LINE, entry, "1010", "4020", 500, account.id, item)


async def test_the_receivable_moves_exactly_as_the_open_items_say(uow, account):
    entry, item = uuid7(), uuid7()
    await uow.sql.execute(ENTRY, entry, uow.today, account.id)
    await uow.sql.execute(ITEM, account.id, item, entry, uow.today, 500)
    await refused(uow, "open items", LINE, entry, "1200", "4020", 499, account.id, item)
    await refused(uow, "open items", LINE, entry, "4020", "1200", 500, account.id, item)
    await refused(uow, "open items", LINE, entry, "1200", "4020", 500, account.id, None)
    await uow.sql.execute(LINE, entry, "1200", "4020", 500, account.id, item)
    assert await balance_of(uow, account.id) == 500


async def test_nothing_is_added_to_an_entry_later(fresh_database, actor):
    async with fresh_database.write(actor) as uow:
        account_id = (await an_account(uow)).id
        entry = await a_bill(uow, account_id, water=10_00)
        again = (account_id, uuid7(), entry.id, uow.today, 5_00)
        await refused(uow, "before its lines", ITEM, *again)
        credit = await a_payment_entry(uow, account_id, 12_00)
    async with fresh_database.write(actor) as uow:
        late = (account_id, uuid7(), entry.id, uow.today, 5_00)
        await refused(uow, "in its transaction", ITEM, *late)
        line = (entry.id, "1010", "4020", 5_00, None, None)
        await refused(uow, "in this transaction", LINE.replace(", 1,", ", 9,"), *line)
        pair = (credit.items[0].id, entry.items[0].id)
        apply = (account_id, uuid7(), *pair, 1, uow.today, entry.id)
        await refused(uow, "in this transaction", APPLY, *apply)


async def test_the_items_of_an_entry_bear_its_account(uow, account):
    other, entry = await an_account(uow), uuid7()
    await uow.sql.execute(ENTRY, entry, uow.today, account.id)
    await refused(uow, "in its transaction", ITEM, other.id, uuid7(), entry, uow.today, 500)


async def test_no_item_is_paid_twice_and_no_credit_spent_twice(uow, account):
    bill = await a_bill(uow, account.id, water=10_00)
    payment = await a_payment_entry(uow, account.id, 6_00)
    assert await open_cents(uow, account.id) == [4_00]
    use = uuid7()
    await uow.sql.execute(ENTRY, use, uow.today, account.id)
    debt, credit = bill.items[0].id, payment.items[0].id
    beyond = "beyond its amount"
    spent = (account.id, uuid7(), credit, debt, 1, uow.today, use)
    await refused(uow, beyond, APPLY, *spent)
    await refused(uow, beyond, APPLY, account.id, uuid7(), debt, credit, 1, uow.today, use)
    elsewhere = await an_account(uow)
    theirs = await a_bill(uow, elsewhere.id, water=10_00)
    other = (account.id, uuid7(), credit, theirs.items[0].id, 1, uow.today, use)
    await refused(uow, beyond, APPLY, *other)


async def test_a_source_is_posted_once(uow, account):
    chart, bill_id = await load_chart(uow.sql), uuid7()
    amounts = [BilledAmount("water", None, 10_00)]
    first = recipes.bill_issued(chart, bill_id, account.id, amounts, uow.today, "")
    await posting.post(uow, first)
    second = recipes.bill_issued(chart, bill_id, account.id, amounts, uow.today, "")
    with pytest.raises(asyncpg.UniqueViolationError):
        async with uow.sql.connection.transaction():
            await posting.post(uow, second)
    assert await balance_of(uow, account.id) == 10_00


async def test_a_closed_month_takes_no_entry_nor_does_one_before_it(uow, account):
    await uow.sql.execute(
        "INSERT INTO periods VALUES ($1, 'closed', now())", uow.today.replace(day=1)
    )
    for month in (uow.today.month, uow.today.month - 1):
        on = uow.today.replace(month=month)
        await refused(uow, "month that is closed", ENTRY, uuid7(), on, account.id)
    following = uow.today.replace(month=uow.today.month + 1, day=1)
    await uow.sql.execute(ENTRY, uuid7(), following, account.id)


async def test_few_and_many_entries_are_posted_alike(uow):
    """The COPY path and the array path meet the same guards and leave the same rows."""
    chart = await load_chart(uow.sql)
    accounts = [await an_account(uow) for _ in range(posting.FEW + 1)]

    def bills():
        amounts = [BilledAmount("water", None, 7_00), BilledAmount("sewer", None, -2_00)]
        return [
            recipes.bill_issued(chart, uuid7(), account.id, amounts, uow.today, "x")
            for account in accounts
        ]

    await posting.post_many(uow.sql, bills(), uow.today, uow.now)
    for entry in bills():
        await posting.post(uow, entry)
    rows = await uow.sql.fetch(
        "SELECT a.balance_cents, a.unapplied_cents, sum(i.cents)::bigint, count(*)"
        " FROM account_balances a JOIN open_items i USING (account_id)"
        " WHERE account_id = ANY($1::uuid[]) GROUP BY a.account_id, 1, 2",
        [account.id for account in accounts],
    )
    assert {tuple(row) for row in rows} == {(10_00, 4_00, 10_00, 4)}
    wrong = [entry._replace(account_id=uuid7()) for entry in bills()]
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        async with uow.sql.connection.transaction():
            await posting.post_many(uow.sql, wrong, uow.today, uow.now)


async def test_two_who_spend_one_credit_at_once_without_any_lock_of_their_own(
    fresh_database, actor
):
    """The guard itself makes the second wait and then sees what the first has spent."""
    async with fresh_database.write(actor) as uow:
        account_id = (await an_account(uow)).id
        credit = (await a_payment_entry(uow, account_id, 10_00)).items[0].id
        debts = [(await a_bill(uow, account_id, water=10_00)).items[0].id for _ in range(2)]

    async def spend(debt):
        async with fresh_database.write(actor) as uow:
            application = Application(uuid7(), credit, debt, 10_00)
            await posting.post(uow, recipes.credit_use(uuid7(), account_id, [application]))
            await asyncio.sleep(0.1)

    outcomes = await asyncio.gather(*(spend(debt) for debt in debts), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == [
        "CheckViolationError",
        "NoneType",
    ]
    async with fresh_database.read(actor) as reader:
        left = "SELECT balance_cents, unapplied_cents FROM account_balances"
        assert tuple(await reader.sql.fetchrow(left)) == (10_00, 0)
