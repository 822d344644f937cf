"""Adjustments by one person up to the limit, by two above it; each route over HTTP."""

import asyncio

import asyncpg
import pytest
from tests.conftest import make_actor
from tests.factories.accounts import an_account
from tests.factories.ledger import a_bill, balance_of

from curbstop.identity.permissions import Role
from curbstop.kernel.errors import Conflict
from curbstop.kernel.ids import uuid7
from curbstop.ledger.adjustments.actions import approve_adjustment, request_adjustment
from curbstop.ledger.adjustments.models import AdjustmentRequest
from curbstop.ledger.seals.verify import first_finding, verify


@pytest.fixture
async def billed(uow):
    account = await an_account(uow)
    await a_bill(uow, account.id, water=600_00)
    return account


def asked(account, cents=-300_00, **fields):
    facts = {"type_code": "leak", "note": "Toilet leak, plumber's invoice on file"} | fields
    return {"id": str(uuid7()), "account_id": str(account.id), "amount_cents": cents} | facts


async def test_above_the_limit_a_second_person_posts(as_actor, billed, uow):
    clerk, supervisor = as_actor(Role.TECHNICIAN), as_actor(Role.SUPERVISOR, name="Sue")
    request = asked(billed)
    first = await clerk.post("/adjustments", json=request)
    assert (first.status_code, first.json()["state"]) == (201, "requested")
    assert await balance_of(uow, billed.id) == 600_00
    inbox = (await supervisor.get("/adjustments", params={"state": "requested"})).json()
    assert [row["id"] for row in inbox["items"]] == [request["id"]]

    path = f"/adjustments/{request['id']}/approve"
    assert (await clerk.post(path, json={})).status_code == 403
    done = await supervisor.post(path, json={"note": "Seen"})
    assert (done.status_code, done.json()["state"]) == (200, "posted"), done.text
    assert done.json()["decided_by_name"] == "Sue"
    assert await balance_of(uow, billed.id) == 300_00
    assert first_finding(await verify(uow.sql)) is None
    again = await supervisor.post(path, json={})
    assert again.json()["type"] == "/problems/adjustment-already-decided"


async def test_the_requester_is_not_the_second_person_whatever_their_role(as_actor, billed, uow):
    supervisor = as_actor(Role.SUPERVISOR)
    request = asked(billed)
    await supervisor.post("/adjustments", json=request)
    refused = await supervisor.post(f"/adjustments/{request['id']}/approve", json={})
    assert refused.json()["type"] == "/problems/approver-is-requester"
    with pytest.raises(asyncpg.CheckViolationError, match="two_people"):
        async with uow.sql.connection.transaction():
            await uow.sql.execute(
                "UPDATE adjustments SET state = 'posted', decided_by = requested_by,"
                " decided_at = now(), entry_id = (SELECT id FROM journal_entries LIMIT 1)"
            )


async def test_up_to_the_limit_it_posts_at_once(as_actor, billed, uow):
    clerk = as_actor(Role.CASHIER)
    request = asked(billed, -250_00)
    done = await clerk.post("/adjustments", json=request)
    assert done.json()["state"] == "posted"
    assert await balance_of(uow, billed.id) == 350_00
    assert (await clerk.post("/adjustments", json=request)).json() == done.json()
    assert await balance_of(uow, billed.id) == 350_00
    changed = await clerk.post("/adjustments", json=request | {"amount_cents": -1})
    assert changed.json()["type"] == "/problems/idempotency-conflict"


async def test_a_write_off_always_needs_two(as_actor, billed):
    clerk = as_actor(Role.SUPERVISOR)
    request = asked(billed, -1, type_code="write_off")
    assert (await clerk.post("/adjustments", json=request)).json()["state"] == "requested"


async def test_the_preview_says_what_will_happen(as_actor, billed):
    clerk = as_actor(Role.CASHIER)
    seen = (await clerk.post("/adjustments/preview", json=asked(billed))).json()
    assert (seen["needs_second_person"], seen["limit_cents"]) == (True, 250_00)
    assert (seen["debit"], seen["credit"]) == ("4910", "1200")
    assert [(e["open_cents"], e["left_cents"]) for e in seen["effects"]] == [(600_00, 300_00)]
    assert (seen["balance_before_cents"], seen["balance_after_cents"]) == (600_00, 300_00)
    fee = asked(billed, 35_00, type_code="fee")
    seen = (await clerk.post("/adjustments/preview", json=fee)).json()
    assert (seen["debit"], seen["credit"], seen["effects"]) == ("1200", "4220", [])


async def test_a_rejected_request_moves_nothing(as_actor, billed, uow):
    clerk, other, supervisor = as_actor(Role.CASHIER), as_actor(Role.CASHIER), as_actor()
    request = asked(billed)
    await clerk.post("/adjustments", json=request)
    path = f"/adjustments/{request['id']}/reject"
    assert (await other.post(path, json={})).status_code == 403
    done = await supervisor.post(path, json={"note": "No invoice"})
    assert (done.json()["state"], done.json()["entry_id"]) == ("rejected", None)
    assert await balance_of(uow, billed.id) == 600_00
    late = await supervisor.post(f"/adjustments/{request['id']}/approve", json={})
    assert late.json()["type"] == "/problems/adjustment-already-decided"


@pytest.mark.parametrize(
    ("change", "status", "problem"),
    [
        ({"amount_cents": 0}, 422, "bad-input"),
        ({"amount_cents": 12.5}, 422, "bad-input"),
        ({"amount_cents": 300_00}, 422, "wrong-adjustment"),
        ({"amount_cents": -1, "type_code": "fee"}, 422, "wrong-adjustment"),
        ({"type_code": "nonsense"}, 422, "wrong-adjustment"),
        ({"note": "short"}, 422, "bad-input"),
        ({"account_id": str(uuid7())}, 404, "account-not-found"),
        ({"state": "posted"}, 422, "bad-input"),
    ],
)
async def test_what_is_refused(as_actor, billed, change, status, problem):
    clerk = as_actor(Role.CASHIER)
    for path in ("/adjustments", "/adjustments/preview"):
        refused = await clerk.post(path, json=asked(billed) | change)
        assert (refused.status_code, refused.json()["type"]) == (status, f"/problems/{problem}")


async def test_types_show_their_limits(as_actor):
    types = (await as_actor(Role.CASHIER).get("/adjustment-types")).json()
    limits = {each["code"]: each["limit_cents"] for each in types}
    assert (limits["leak"], limits["write_off"], limits["courtesy"]) == (250_00, 0, 50_00)


async def test_five_approvals_at_once_post_one(fresh_database, actor):
    async with fresh_database.write(actor) as uow:
        account = await an_account(uow)
        request = AdjustmentRequest.model_validate(asked(account))
        await request_adjustment(uow, request)

    async def approve():
        async with fresh_database.write(make_actor(Role.SUPERVISOR)) as uow:
            await approve_adjustment(uow, request.id)

    outcomes = await asyncio.gather(*(approve() for _ in range(5)), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == [
        *["AdjustmentAlreadyDecided"] * 4,
        "NoneType",
    ]
    assert all(isinstance(outcome, Conflict) for outcome in outcomes if outcome)
    async with fresh_database.read(actor) as reader:
        posted = await reader.sql.fetchval("SELECT count(*) FROM journal_entries")
    assert posted == 1


async def test_the_effect_of_a_request_is_shown_to_who_decides_it(as_actor, billed, uow):
    clerk, supervisor = as_actor(Role.TECHNICIAN), as_actor(Role.SUPERVISOR)
    request = asked(billed)
    await clerk.post("/adjustments", json=request)
    path = f"/adjustments/{request['id']}"
    effect = (await supervisor.get(f"{path}/effect")).json()
    assert (effect["balance_before_cents"], effect["balance_after_cents"]) == (600_00, 300_00)
    assert [item["left_cents"] for item in effect["effects"]] == [300_00]
    assert await balance_of(uow, billed.id) == 600_00
    await supervisor.post(f"{path}/approve", json={})
    gone = await supervisor.get(f"{path}/effect")
    assert gone.json()["type"] == "/problems/adjustment-already-decided"
