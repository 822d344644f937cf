"""Payments over HTTP: preview, posting, idempotency, returns, and what is refused."""

import asyncpg
import pytest
from tests.factories.accounts import an_account
from tests.factories.ledger import a_bill

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from curbstop.ledger.seals.verify import first_finding, verify
from curbstop.payments.actions import reverse_payment, take_payment
from curbstop.payments.cards import holds_card_number
from curbstop.payments.events import PaymentPosted, PaymentReversed
from curbstop.payments.models import PaymentRequest
from curbstop.payments.queries import payments_posted
from curbstop.payments.schemas import ReversalIn

VISA = "4111 1111 1111 1111"
CHECKS = {"payments = postings": payments_posted}


@pytest.fixture
async def billed(uow):
    account = await an_account(uow)
    await a_bill(uow, account.id, water=60_00, sewer=40_00)
    return account


@pytest.fixture
def cashier(as_actor):
    return as_actor(Role.CASHIER, name="Cass Hier")


def payment(account, cents=100_00, **fields):
    facts = {"tender": "cash", "received_on": "2026-07-15"} | fields
    return {"id": str(uuid7()), "account_id": str(account.id), "cents": cents} | facts


async def ledger_holds(reader):
    results = await verify(reader.sql, CHECKS)
    assert first_finding(results) is None


async def test_the_preview_is_what_the_button_does(cashier, billed, reader):
    asked = {"account_id": str(billed.id), "cents": 110_00}
    seen = (await cashier.get("/payments/preview", params=asked)).json()
    assert (seen["balance_before_cents"], seen["balance_after_cents"]) == (100_00, -10_00)
    assert {(line["charge_group"], line["left_cents"]) for line in seen["lines"]} == {
        ("water", 0),
        ("sewer", 0),
    }
    done = await cashier.post("/payments", json=payment(billed, 110_00))
    assert done.status_code == 201, done.text
    body = done.json()
    paid = {line["item_id"]: line["paid_cents"] for line in seen["lines"]}
    assert {line["item_id"]: line["cents"] for line in body["paid"]} == paid
    assert body["unapplied_cents"] == seen["unapplied_cents"] == 10_00
    assert body["received_by_name"] == "Cass Hier"
    assert (await cashier.get(f"/payments/{body['id']}")).json() == body
    await ledger_holds(reader)


async def test_repeating_a_payment_answers_the_same_and_posts_nothing(cashier, billed, reader):
    request = payment(billed, 30_00, tender="check", reference="1042", note="at the counter")
    first = await cashier.post("/payments", json=request)
    again = await cashier.post("/payments", json=request)
    assert (again.status_code, again.json()) == (201, first.json())
    changed = await cashier.post("/payments", json=request | {"cents": 31_00})
    assert (changed.status_code, changed.json()["type"]) == (
        409,
        "/problems/idempotency-conflict",
    )
    assert (await cashier.get("/payments")).json()["total"] == 1
    await ledger_holds(reader)


async def test_a_returned_check_opens_what_it_had_paid(cashier, billed, reader):
    request = payment(billed, tender="check", reference="1042")
    await cashier.post("/payments", json=request)
    path = f"/payments/{request['id']}/reverse"
    reversal = {"id": str(uuid7()), "reason": "nsf", "note": "Bank notice"}
    back = await cashier.post(path, json=reversal)
    assert back.status_code == 200, back.text
    assert back.json()["reversal_reason"] == "nsf"
    asked = {"account_id": str(billed.id), "cents": 1}
    seen = (await cashier.get("/payments/preview", params=asked)).json()
    assert seen["balance_before_cents"] == 100_00
    assert {line["due_on"] for line in seen["lines"]} == {"2026-07-01"}
    assert (await cashier.post(path, json=reversal)).json() == back.json()
    once = await cashier.post(path, json=reversal | {"id": str(uuid7())})
    assert once.json()["type"] == "/problems/payment-already-reversed"
    other = await cashier.post(path, json=reversal | {"reason": "stopped"})
    assert other.json()["type"] == "/problems/idempotency-conflict"
    await ledger_holds(reader)


async def test_the_rooms_above_hear_of_it_in_the_same_transaction(db, cashier, billed):
    heard = []

    async def listen(_uow, event):
        heard.append(event)

    db.handlers = {PaymentPosted: [listen], PaymentReversed: [listen]}
    request = payment(billed)
    await cashier.post("/payments", json=request)
    body = {"id": str(uuid7()), "reason": "keyed_wrong"}
    await cashier.post(f"/payments/{request['id']}/reverse", json=body)
    assert [(type(event), event.cents) for event in heard] == [
        (PaymentPosted, 100_00),
        (PaymentReversed, 100_00),
    ]

    async def fail(_uow, _event):
        raise ZeroDivisionError

    db.handlers = {PaymentPosted: [fail]}
    failed = await cashier.post("/payments", json=payment(billed, 5_00))
    assert failed.status_code == 500
    assert (await cashier.get("/payments")).json()["total"] == 1, "nothing of it stayed"


@pytest.mark.parametrize("field", ["reference", "note"])
async def test_a_card_number_is_refused_and_not_repeated(cashier, billed, field):
    fields = {"tender": "card", "reference": "ch_3Nk2"} | {field: f"x {VISA}"}
    refused = await cashier.post("/payments", json=payment(billed, **fields))
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/card-number-refused")
    assert refused.json()["errors"][0]["pointer"] == f"/{field}"
    assert "1111" not in refused.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (VISA, True),
        ("5500-0055-5555-5559", True),
        ("amex 378282246310005.", True),
        ("00004111111111111111", True),
        ("4111 1111 1111 1112", False),
        ("check 1042", False),
        ("2026-07-15 17:00", False),
        ("ch_3Nk2aB7", False),
    ],
)
def test_what_looks_like_a_card(text, expected):
    assert holds_card_number(text) is expected


@pytest.mark.parametrize(
    ("change", "status", "problem"),
    [
        ({"tender": "check"}, 422, "reference-missing"),
        ({"received_on": "2026-07-16"}, 422, "received-later"),
        ({"account_id": str(uuid7())}, 404, "account-not-found"),
        ({"cents": 0}, 422, "bad-input"),
        ({"cents": -5}, 422, "bad-input"),
        ({"cents": 12.5}, 422, "bad-input"),
        ({"cents": "1250"}, 422, "bad-input"),
        ({"cents": 10**14}, 422, "bad-input"),
        ({"tender": "barter"}, 422, "bad-input"),
        ({"received_on": "2026-02-30"}, 422, "bad-input"),
        ({"note": "\x00"}, 422, "bad-input"),
        ({"discount": 1}, 422, "bad-input"),
        ({"id": "1"}, 422, "bad-input"),
    ],
)
async def test_what_is_refused_posts_nothing(cashier, billed, change, status, problem):
    refused = await cashier.post("/payments", json=payment(billed) | change)
    assert (refused.status_code, refused.json()["type"]) == (status, f"/problems/{problem}")
    assert (await cashier.get("/payments")).json()["total"] == 0


async def test_an_unknown_payment_is_not_found(cashier):
    missing = f"/payments/{uuid7()}"
    assert (await cashier.get(missing)).json()["type"] == "/problems/payment-not-found"
    body = {"id": str(uuid7()), "reason": "nsf"}
    refused = await cashier.post(f"{missing}/reverse", json=body)
    assert refused.json()["type"] == "/problems/payment-not-found"


async def test_the_list_filters_and_searches(cashier, billed):
    await cashier.post("/payments", json=payment(billed, 1_00, tender="check", reference="7788"))
    await cashier.post("/payments", json=payment(billed, 2_00))
    for params, cents in (
        ({"tender": "check"}, [1_00]),
        ({"q": "778"}, [1_00]),
        ({"sort": "-cents"}, [2_00, 1_00]),
        ({"from_on": "2026-07-16"}, []),
        ({"account_id": str(billed.id), "sort": "cents"}, [1_00, 2_00]),
    ):
        page = (await cashier.get("/payments", params=params)).json()
        assert [row["cents"] for row in page["items"]] == cents, params


async def test_an_auditor_sees_but_does_not_take(as_actor, billed):
    auditor = as_actor(Role.AUDITOR)
    assert (await auditor.get("/payments")).status_code == 200
    assert (await auditor.post("/payments", json=payment(billed))).status_code == 403


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE payments SET cents = cents + 1", "says 10001, the journal 10000 cents"),
        ("DELETE FROM payment_reversals", "reversal and the journal differ"),
        ("DELETE FROM payment_reversals; DELETE FROM payments", "says None"),
    ],
)
async def test_a_payment_that_differs_from_its_entry_is_named(
    fresh_database, cluster, actor, statement, says
):
    async with fresh_database.write(actor) as uow:
        account = await an_account(uow)
        facts = payment(account) | {"received_on": uow.today}
        request = PaymentRequest.model_validate(facts)
        await take_payment(uow, request)
        await reverse_payment(uow, request.id, ReversalIn(id=uuid7(), reason="nsf", note=""))
    name = fresh_database.url.split("?", 1)[0].rsplit("/", 1)[-1]
    forger = await asyncpg.connect(cluster.url(name, "postgres"))
    await forger.execute("SET session_replication_role = replica")
    for table in ("payments", "payment_reversals"):
        await forger.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    await forger.execute(statement)
    await forger.close()
    async with fresh_database.read(actor) as reader:
        finding = await payments_posted(reader.sql)
    assert finding is not None
    assert says in finding.detail
