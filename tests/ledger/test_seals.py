"""Tampering by a superuser who disables every trigger is found, and the first bad row is named."""

import asyncpg
import pytest
from tests.factories.accounts import an_account
from tests.factories.ledger import a_bill, a_payment_entry

from curbstop.kernel.ids import uuid7
from curbstop.ledger import posting, recipes
from curbstop.ledger.chart import load_chart
from curbstop.ledger.periods.actions import PeriodAlreadyClosed, PeriodNotOver, close_period
from curbstop.ledger.seals import actions, chain
from curbstop.ledger.seals.schemas import Finding, Head
from curbstop.ledger.seals.verify import first_finding, verify

GUARDED = (
    *("journal_entries", "journal_lines", "open_items", "applications", "seals"),
    "account_balances",
)
HASHED = "differ from what was sealed"


@pytest.fixture
async def books(fresh_database, actor):
    """Three accounts billed and partly paid, sealed in two links."""
    async with fresh_database.write(actor) as uow:
        ids = [(await an_account(uow)).id for _ in range(3)]
        for account_id in ids:
            await a_bill(uow, account_id, water=30_00, sewer=20_00)
        await actions.seal(uow)
    async with fresh_database.write(actor) as uow:
        await a_payment_entry(uow, ids[0], 45_00)
        await a_bill(uow, ids[1], water=9_00)
        await actions.seal(uow)
    return fresh_database


async def tamper(cluster, database, *statements):
    """As the server's superuser, with every trigger and rule off."""
    name = database.url.split("?", 1)[0].rsplit("/", 1)[-1]
    admin = cluster.url(name, "postgres")
    connection = await asyncpg.connect(admin)
    try:
        # `replica` switches ordinary triggers off; those ENABLEd ALWAYS are dropped by name.
        await connection.execute("SET session_replication_role = replica")
        for table in GUARDED:
            await connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


async def proof(database, actor, exported=None):
    async with database.read(actor) as reader:
        return {r.name: r.finding for r in await verify(reader.sql, exported=exported)}


async def test_honest_books_verify(books, actor):
    assert set((await proof(books, actor)).values()) == {None}


NTH = "(SELECT {} FROM journal_entries ORDER BY seq OFFSET {} LIMIT 1)"


@pytest.mark.parametrize(
    ("statement", "row", "check"),
    [
        (
            "UPDATE journal_lines SET cents = cents + 1 WHERE entry_id = {id} AND line = 1",
            2,
            HASHED,
        ),
        ("UPDATE journal_lines SET credit = '4110' WHERE entry_id = {id} AND line = 1", 1, HASHED),
        ("UPDATE journal_entries SET posted_on = posted_on - 31 WHERE id = {id}", 3, HASHED),
        ("UPDATE journal_entries SET memo = 'x' WHERE id = {id}", 1, HASHED),
        ("UPDATE open_items SET due_on = due_on + 1 WHERE entry_id = {id}", 5, HASHED),
        ("DELETE FROM applications WHERE entry_id = {id}", 4, HASHED),
        ("UPDATE journal_entries SET account_id = NULL WHERE id = {id}", 2, HASHED),
    ],
)
async def test_one_changed_value_names_its_entry(books, cluster, actor, statement, row, check):
    await tamper(cluster, books, statement.format(id=NTH.format("id", row - 1)))
    finding = (await proof(books, actor))["hash chain"]
    assert finding is not None
    assert finding.row.startswith(f"entry {row} (")
    assert check in finding.detail


async def test_a_removed_entry_is_missed(books, cluster, actor):
    await tamper(cluster, books, "DELETE FROM journal_entries WHERE seq = 2")
    assert (await proof(books, actor))["hash chain"] == Finding(
        "after entry 1", "a sealed entry is missing (3 were sealed, 2 are there)"
    )


async def test_an_entry_slipped_into_a_sealed_range_is_seen(books, cluster, actor):
    """Also one that reuses a number which a rolled-back posting left unused."""
    with pytest.raises(ZeroDivisionError):
        async with books.write(actor) as uow:
            await a_bill(uow, (await an_account(uow)).id, water=1_00)
            raise ZeroDivisionError
    async with books.write(actor) as uow:
        await a_bill(uow, (await an_account(uow)).id, water=1_00)
        await actions.seal(uow)
    columns = "id, seq, kind, posted_on, posted_at, source_type, source_id, memo, txid"
    await tamper(
        cluster,
        books,
        f"INSERT INTO journal_entries ({columns}) OVERRIDING SYSTEM VALUE"
        " SELECT gen_random_uuid(), 6, 'bill', posted_on, posted_at, 'x', gen_random_uuid(), '', 1"
        " FROM journal_entries WHERE seq = 1",
    )
    finding = (await proof(books, actor))["hash chain"]
    assert finding is not None
    assert "slipped" in finding.detail


async def test_hashes_that_were_made_to_fit_break_the_chain(books, cluster, actor):
    """The forger also rewrites the entry's leaf, but not the links after it."""
    await tamper(
        cluster,
        books,
        "UPDATE journal_entries SET memo = 'forged' WHERE seq = 1",
        "UPDATE seals SET leaves = (SELECT string_agg(leaf, ''::bytea ORDER BY seq)"
        " FROM entry_leaves(from_seq, to_seq)) WHERE number = 1",
    )
    finding = (await proof(books, actor))["hash chain"]
    assert finding is not None
    assert finding.row == "seal 1 (entries 1 to 3)"


async def test_a_cut_tail_is_found_by_the_head_kept_elsewhere(books, cluster, actor):
    async with books.read(actor) as reader:
        exported = await chain.head(reader.sql)
    assert exported == Head.parse(str(exported))
    tail = "(SELECT id FROM journal_entries WHERE seq > 3)"
    await tamper(
        cluster,
        books,
        f"DELETE FROM journal_lines WHERE entry_id IN {tail}",
        f"DELETE FROM applications WHERE entry_id IN {tail}",
        f"DELETE FROM open_items WHERE entry_id IN {tail}",
        "DELETE FROM journal_entries WHERE seq > 3",
        "DELETE FROM seals WHERE number = 2",
        "UPDATE account_balances SET balance_cents = 5000, unapplied_cents = 0",
    )
    assert set((await proof(books, actor)).values()) == {None}, "by itself the rest is consistent"
    found = await proof(books, actor, exported)
    assert found["exported head"].row == "seal 2"


@pytest.mark.parametrize(
    ("statement", "name", "says"),
    [
        (
            "UPDATE account_balances SET balance_cents = balance_cents + 1",
            "receivable by account",
            "journal 500, open items 500, balance 501",
        ),
        (
            "UPDATE account_balances SET unapplied_cents = unapplied_cents + 7",
            "receivable by account",
            "unused credits 0, kept 7",
        ),
        ("UPDATE journal_lines SET debit = '1020'", "control account", "GL -500, accounts 500"),
        ("UPDATE journal_lines SET cents = cents + 2", "entries are whole", "items +1000"),
        ("DELETE FROM journal_lines", "entries are whole", "lines +0 -0"),
        ("DELETE FROM journal_entries", "entries are whole", "is not there"),
        ("UPDATE applications SET cents = 1001", "settled within amounts", "of 1000 cents -1"),
        ("DELETE FROM open_items WHERE cents < 0", "settled within amounts", "is not there"),
    ],
)
async def test_what_is_not_sealed_yet_is_proved_by_sums(
    fresh_database, cluster, actor, statement, name, says
):
    async with fresh_database.write(actor) as uow:
        account = await an_account(uow)
        await a_bill(uow, account.id, water=10_00)
        await a_payment_entry(uow, account.id, 5_00)
    await tamper(cluster, fresh_database, statement)
    finding = (await proof(fresh_database, actor))[name]
    assert finding is not None
    assert says in finding.detail


async def test_a_source_posted_twice_is_named(books, cluster, actor):
    await tamper(
        cluster,
        books,
        "ALTER TABLE journal_entries DROP CONSTRAINT uq_journal_entries_source_id_source_type",
        "UPDATE journal_entries SET source_type = 'bill', source_id ="
        " (SELECT source_id FROM journal_entries WHERE seq = 1) WHERE seq = 5",
    )
    finding = (await proof(books, actor))["every source posted once"]
    assert finding is not None
    assert finding.detail == "posted 2 times"


async def test_a_seal_waits_for_postings_under_way(fresh_database, actor, monkeypatch):
    """Without the lock the seal would end before entry 1 has committed, and miss it for ever."""
    monkeypatch.setattr(actions, "LOCK_WAIT", "200ms")
    async with fresh_database.write(actor) as uow:
        account_id = (await an_account(uow)).id
    async with fresh_database.write(actor) as slow:
        await a_bill(slow, account_id, water=1_00)
        with pytest.raises(actions.Unavailable):
            async with fresh_database.write(actor) as sealing:
                await actions.seal(sealing)
    async with fresh_database.write(actor) as sealing:
        assert (await actions.seal(sealing)).number == 1


async def test_a_month_is_closed_in_order_and_seals(uow):
    account = await an_account(uow)
    await a_bill(uow, account.id, water=1_00)
    with pytest.raises(PeriodNotOver):
        await close_period(uow, uow.today)
    june = uow.today.replace(month=6)
    await close_period(uow, june)
    with pytest.raises(PeriodAlreadyClosed):
        await close_period(uow, june.replace(month=5))
    assert (await chain.head(uow.sql)).number == 1
    assert first_finding(await verify(uow.sql)) is None


async def test_long_journals_are_sealed_in_links(uow, monkeypatch):
    monkeypatch.setattr(actions, "ENTRIES_PER_SEAL", 4)
    chart, account = await load_chart(uow.sql), await an_account(uow)
    entries = [
        recipes.payment(chart, uuid7(), account.id, "tender_cash", 1_00, uow.today, "")
        for _ in range(10)
    ]
    await posting.post_many(uow.sql, entries, uow.today, uow.now)
    assert (await actions.seal(uow)).number == 3
    assert await chain.replay(uow.sql) is None
    assert (await actions.seal(uow)).number == 3, "nothing new, nothing sealed"
