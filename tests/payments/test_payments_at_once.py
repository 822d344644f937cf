"""Many at once, with real commits: one of the identical posts, and one hot account holds."""

import asyncio
import itertools

import pytest
from httpx import ASGITransport, AsyncClient
from tests.conftest import make_actor
from tests.factories.accounts import an_account
from tests.factories.ledger import a_bill

from curbstop.identity import auth
from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from curbstop.ledger.seals import actions as seals
from curbstop.ledger.seals.verify import first_finding, verify
from curbstop.main import create_app
from curbstop.payments.queries import payments_posted

CLIENTS = 64
CHECKS = {"payments = postings": payments_posted}


@pytest.fixture
async def office(fresh_database, settings, monkeypatch):
    """An HTTP client whose every request is a cashier's, on a database with real commits."""
    cashier = make_actor(Role.CASHIER)

    async def authenticate(_request):
        return cashier

    monkeypatch.setattr(auth, "authenticate", authenticate)
    transport = ASGITransport(app=create_app(settings, fresh_database))
    async with AsyncClient(transport=transport, base_url="http://test/api/v1") as client:
        yield client


@pytest.fixture
async def account_id(fresh_database, actor):
    async with fresh_database.write(actor) as uow:
        account = await an_account(uow)
        await a_bill(uow, account.id, water=100_00, sewer=50_00)
        return account.id


def payment(account_id, cents, **fields):
    today = {"tender": "cash", "received_on": "2026-07-15"}
    return {"id": str(uuid7()), "account_id": str(account_id), "cents": cents} | today | fields


async def facts(database, actor, account_id):
    async with database.read(actor) as reader:
        found = await reader.sql.fetchrow(
            "SELECT (SELECT count(*) FROM payments) AS payments, balance_cents, unapplied_cents"
            " FROM account_balances WHERE account_id = $1",
            account_id,
        )
        assert first_finding(await verify(reader.sql, CHECKS)) is None
        return tuple(found)


async def test_of_64_identical_payments_one_posts_and_all_answer_the_same(
    office, fresh_database, actor, account_id
):
    for rounds in range(1, 4):
        request = payment(account_id, 10_00)
        answers = await asyncio.gather(
            *(office.post("/payments", json=request) for _ in range(CLIENTS))
        )
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.text for answer in answers}) == 1
        expected = (rounds, 150_00 - rounds * 10_00, 0)
        assert await facts(fresh_database, actor, account_id) == expected


async def test_an_id_used_at_once_for_two_accounts_posts_once(
    office, fresh_database, actor, account_id
):
    async with fresh_database.write(actor) as uow:
        other = (await an_account(uow)).id
    request = payment(account_id, 10_00)
    elsewhere = request | {"account_id": str(other)}
    answers = await asyncio.gather(
        *(office.post("/payments", json=body) for body in (request, elsewhere) * 8)
    )
    assert {answer.status_code for answer in answers} <= {201, 409}
    async with fresh_database.read(actor) as reader:
        assert await reader.sql.fetchval("SELECT count(*) FROM payments") == 1
        assert first_finding(await verify(reader.sql, CHECKS)) is None


async def test_64_clients_on_one_account_meet_no_error(office, fresh_database, actor, account_id):
    """Payments, returns, bills and seals on one hot account: no deadlock, no lost cent."""
    cents = itertools.cycle([1_00, 2_50, 3_75])
    amounts = [next(cents) for _ in range(CLIENTS)]
    requests = [payment(account_id, amount) for amount in amounts]

    async def pay_and_return(number, request):
        answers = [await office.post("/payments", json=request)]
        if number % 4 == 0:
            path, body = f"/payments/{request['id']}/reverse", {"id": str(uuid7()), "reason": "nsf"}
            answers.append(await office.post(path, json=body))
        return [answer.status_code for answer in answers]

    async def bill():
        async with fresh_database.write(actor) as uow:
            await a_bill(uow, account_id, water=5_00)

    async def seal():
        async with fresh_database.write(actor) as uow:
            await seals.seal(uow)

    acts = [pay_and_return(number, request) for number, request in enumerate(requests)]
    outcome = await asyncio.gather(*acts, *(bill() for _ in range(8)), *(seal() for _ in range(4)))
    assert {status for statuses in outcome[:CLIENTS] for status in statuses} == {200, 201}
    kept = sum(amount for number, amount in enumerate(amounts) if number % 4)
    posted, balance, unapplied = await facts(fresh_database, actor, account_id)
    assert (posted, balance) == (CLIENTS, 150_00 + 8 * 5_00 - kept)
    assert unapplied == 0 or balance < 0
