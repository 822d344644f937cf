"""Reading the books over HTTP: chart, journal, an account's ledger, ages, months."""

from datetime import UTC, date, datetime

import pytest
from tests.factories.accounts import an_account
from tests.factories.ledger import a_bill, a_payment_entry

from curbstop.identity.permissions import Role

NOBODY = "018cc251-f400-7000-8000-000000000000"  # the same in every test process


@pytest.fixture
async def account(db, actor):
    """Billed in four months, the oldest half paid; today is 15 July."""
    async with db.write(actor) as uow:
        account = await an_account(uow)
    for month, due_on in ((3, date(2026, 4, 10)), (4, date(2026, 5, 10)), (5, date(2026, 6, 10))):
        db.now = datetime(2026, month, 15, 17, tzinfo=UTC)
        async with db.write(actor) as uow:
            await a_bill(uow, account.id, due_on, water=10_00)
    db.now = datetime(2026, 7, 15, 17, tzinfo=UTC)
    async with db.write(actor) as uow:
        await a_payment_entry(uow, account.id, 5_00)
        await a_bill(uow, account.id, date(2026, 8, 10), water=10_00)
    return account


@pytest.fixture
def accountant(as_actor):
    return as_actor(Role.ACCOUNTANT)


async def test_an_accounts_ledger_runs_and_ages(accountant, account):
    page = (await accountant.get(f"/accounts/{account.id}/ledger", params={"limit": 3})).json()
    assert [(line["cents"], line["balance_cents"]) for line in page["items"]] == [
        (10_00, 35_00),
        (-5_00, 25_00),
        (10_00, 30_00),
    ]
    assert page["aging"] == {
        "as_of_on": "2026-07-15",
        "current_cents": 10_00,
        "over_30_cents": 10_00,
        "over_60_cents": 10_00,
        "over_90_cents": 5_00,
        "unapplied_cents": 0,
        "balance_cents": 35_00,
    }
    params = {"limit": 3, "cursor": page["next_cursor"]}
    rest = (await accountant.get(f"/accounts/{account.id}/ledger", params=params)).json()
    assert [line["balance_cents"] for line in rest["items"]] == [20_00, 10_00]
    assert rest["next_cursor"] is None


async def test_open_items_stand_by_due_date(accountant, account):
    items = (await accountant.get(f"/accounts/{account.id}/open-items")).json()
    assert [(item["due_on"], item["cents"], item["open_cents"]) for item in items] == [
        ("2026-04-10", 10_00, 5_00),
        ("2026-05-10", 10_00, 10_00),
        ("2026-06-10", 10_00, 10_00),
        ("2026-08-10", 10_00, 10_00),
    ]
    assert [item["days_past_due"] for item in items] == [96, 66, 35, -26]


async def test_the_journal_pages_and_filters(accountant, account):
    seen, cursor = [], None
    while True:
        params = {"limit": 2, "account_id": str(account.id)} | (
            {"cursor": cursor} if cursor else {}
        )
        page = (await accountant.get("/journal-entries", params=params)).json()
        seen += [entry["kind"] for entry in page["items"]]
        if (cursor := page["next_cursor"]) is None:
            break
    assert seen == ["bill", "payment", "bill", "bill", "bill"]
    params = {"month": "2026-07-31", "kind": "payment"}  # any day stands for its month
    (entry,) = (await accountant.get("/journal-entries", params=params)).json()["items"]
    (line,) = entry["lines"]
    assert (line["debit"], line["credit"], line["cents"]) == ("1010", "1200", 5_00)
    assert (await accountant.get(f"/journal-entries/{entry['id']}")).json() == entry


async def test_months_are_closed_by_the_accountant_only(accountant, account, as_actor, uow):
    months = (await accountant.get("/periods")).json()
    assert [(m["month"], m["entries"], m["cents"]) for m in months] == [
        ("2026-07-01", 2, 15_00),
        ("2026-06-01", 0, 0),
        ("2026-05-01", 1, 10_00),
        ("2026-04-01", 1, 10_00),
        ("2026-03-01", 1, 10_00),
    ]
    refused = await as_actor(Role.TECHNICIAN).post("/periods/2026-05-01/close")
    assert refused.status_code == 403
    closed = await accountant.post("/periods/2026-05-20/close")
    assert closed.status_code == 200, closed.text
    assert [m["state"] for m in closed.json()] == ["open", "open", "closed", "closed", "closed"]
    again = await accountant.post("/periods/2026-05-01/close")
    assert again.json()["type"] == "/problems/period-already-closed"
    early = await accountant.post("/periods/2026-07-01/close")
    assert early.json()["type"] == "/problems/period-not-over"


async def test_the_chart_of_accounts_is_data(accountant, db):
    page = (await accountant.get("/gl-accounts", params={"kind": "asset", "q": "receiv"})).json()
    assert [(gl["code"], gl["control"]) for gl in page["items"]] == [("1200", True)]


@pytest.mark.parametrize(
    ("path", "status", "problem"),
    [
        (f"/accounts/{NOBODY}/ledger", 404, "account-not-found"),
        (f"/accounts/{NOBODY}/open-items", 404, "account-not-found"),
        (f"/journal-entries/{NOBODY}", 404, "entry-not-found"),
        ("/journal-entries?cursor=x", 422, "bad-input"),
        ("/journal-entries?cursor=99999999999999999999", 422, "bad-input"),
        ("/journal-entries?month=0001-13-01", 422, "bad-input"),
        ("/journal-entries?limit=0", 422, "bad-input"),
        ("/gl-accounts?sort=secret", 422, "bad-input"),
    ],
)
async def test_bad_questions_are_answered_as_problems(accountant, path, status, problem):
    answer = await accountant.get(path)
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{problem}")


async def test_a_cashier_reads_and_an_engineer_does_not(as_actor, db):
    assert (await as_actor(Role.CASHIER).get("/gl-accounts")).status_code == 200
    assert (await as_actor(Role.ENGINEERING).get("/gl-accounts")).status_code == 403
