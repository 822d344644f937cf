"""Accounts over HTTP: opened under a number, corrected, closed, reopened, found, one page."""

from datetime import date

import pytest
from tests.factories.accounts import (
    a_customer,
    a_rating_attribute,
    an_account,
    an_agreement,
)
from tests.factories.counting import CountedSql
from tests.factories.meters import a_service_point, an_installation
from tests.factories.parcels import a_parcel

from curbstop.accounts.kinds import AccountClass
from curbstop.accounts.models import Account
from curbstop.accounts.queries import find_account
from curbstop.accounts.schemas import AccountPage
from curbstop.identity.permissions import Role
from curbstop.kernel.ids import is_account_number, uuid7
from curbstop.parcels.kinds import Service

MATCH = {"If-Match": '"1"'}


@pytest.fixture
def office(as_actor):
    return as_actor(Role.TECHNICIAN)


@pytest.fixture
async def customer(uow):
    customer = await a_customer(uow)
    await uow.session.commit()
    return customer


def a_request(customer, **changes):
    return {
        "id": str(uuid7()),
        "customer_id": str(customer.id),
        "account_class": "residential",
        "opened_on": "2026-07-01",
        "mail_line": "PO Box 9",
    } | changes


async def test_an_account_opens_under_the_next_number_with_its_check_digit(office, customer):
    first, second = [
        (await office.post("/accounts", json=a_request(customer))).json() for _ in range(2)
    ]
    assert is_account_number(first["number"])
    assert is_account_number(second["number"])
    serials = [int(a["number"].replace("-", "")[:8]) for a in (first, second)]
    assert serials[1] == serials[0] + 1


async def test_opening_it_again_returns_the_first_and_takes_no_number(office, customer):
    request = a_request(customer)
    first, again = [await office.post("/accounts", json=request) for _ in range(2)]
    assert first.status_code == 201, first.text
    assert first.json() == again.json()
    other = await office.post("/accounts", json=request | {"account_class": "commercial"})
    assert other.json()["type"] == "/problems/idempotency-conflict"


async def test_statements_by_email_need_an_address(office, uow):
    silent = await a_customer(uow, email="")
    account = await an_account(uow, silent)
    await uow.session.commit()
    opened = await office.post("/accounts", json=a_request(silent, delivery="both"))
    assert (opened.status_code, opened.json()["type"]) == (409, "/problems/email-needed")
    changed = await office.patch(
        f"/accounts/{account.id}", json={"delivery": "email"}, headers=MATCH
    )
    assert (changed.status_code, changed.json()["type"]) == (409, "/problems/email-needed")


async def test_a_correction_needs_the_version_and_is_audited(office, uow, db, actor):
    account = await an_account(uow)
    await uow.session.commit()
    url, change = f"/accounts/{account.id}", {"account_class": "commercial", "notes": "Café\n2"}
    assert (await office.patch(url, json=change)).status_code == 428
    done = await office.patch(url, json=change, headers=MATCH)
    assert (done.json()["account_class"], done.headers["etag"]) == ("commercial", '"2"')
    assert (await office.patch(url, json=change, headers=MATCH)).status_code == 412
    same = await office.patch(url, json=change, headers={"If-Match": '"2"'})
    assert same.headers["etag"] == '"2"'
    async with db.read(actor) as reader:
        events = await reader.sql.fetch(
            "SELECT before, after FROM audit_events WHERE action = 'accounts.changed'"
        )
    assert [event["before"] for event in events] == [{"account_class": "residential", "notes": ""}]
    assert events[0]["after"] == change


async def test_an_account_closes_once_its_services_have_ended_and_reopens(office, uow):
    agreement = await an_agreement(uow)
    await uow.session.commit()
    url = f"/accounts/{agreement.account_id}"
    body = {"on": "2026-07-10", "reason": "moved away"}
    refused = await office.post(f"{url}/close", json=body)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/account-still-served")
    await office.post(f"/agreements/{agreement.id}/end", json={"on": "2026-07-10"})
    for _ in range(2):
        closed = await office.post(f"{url}/close", json=body)
        assert (closed.json()["status"], closed.json()["closed_on"]) == ("closed", "2026-07-10")
    other = await office.post(f"{url}/close", json=body | {"on": "2026-07-11"})
    assert other.json()["type"] == "/problems/account-closed"
    reopened = await office.post(f"{url}/reopen", json={"reason": "closed by mistake"})
    assert (reopened.json()["status"], reopened.json()["closed_on"]) == ("open", None)
    again = await office.post(f"{url}/reopen", json={"reason": "closed by mistake"})
    assert again.json()["type"] == "/problems/account-not-closed"


async def test_an_account_is_not_closed_before_it_opened(office, uow):
    account = await an_account(uow)
    await uow.session.commit()
    body = {"on": "2023-12-31", "reason": "a typing error"}
    answer = await office.post(f"/accounts/{account.id}/close", json=body)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/closing-refused")


@pytest.mark.parametrize("scrap", ["number", "digits", "lopez", "555-0142", "oak str", "mill"])
async def test_the_list_finds_an_account_by_any_scrap(office, uow, scrap):
    customer = await a_customer(uow)
    account = await an_account(uow, customer)
    point = await a_service_point(
        uow, await a_parcel(uow, situs_line="12 Oak Street"), location="behind the mill"
    )
    await an_agreement(uow, account, point)
    other = await a_customer(uow, name="Bo Olsen", phone="+19165550199", phone_raw="")
    await an_account(uow, other)
    await uow.session.commit()
    words = {"number": account.number, "digits": account.number.replace("-", "")[2:]}
    page = (await office.get("/accounts", params={"q": words.get(scrap, scrap)})).json()
    assert [row["id"] for row in page["items"]] == [str(account.id)]
    assert page["items"][0]["service_address"] == "12 Oak Street"


async def test_the_list_sorts_and_filters_by_what_it_shows(office, uow):
    for name, kind in [("Ana", "residential"), ("Cy", "commercial"), ("Bo", "commercial")]:
        customer = await a_customer(uow, name=name)
        await an_account(uow, customer, account_class=AccountClass(kind))
    await uow.session.commit()
    params = {"sort": "-customer_name", "account_class": "commercial", "limit": 1}
    page = (await office.get("/accounts", params=params)).json()
    assert (page["total"], page["items"][0]["customer_name"]) == (2, "Cy")
    wrong = await office.get("/accounts", params={"sort": "balance"})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/sort")


async def test_the_page_of_an_account_holds_its_services_meters_and_former_occupants(office, uow):
    point = await a_service_point(uow)
    installation = await an_installation(uow, point)
    former = await an_account(uow, await a_customer(uow, name="Old Tenant"))
    may = date(2025, 5, 1)
    await an_agreement(uow, former, point, to_on=may)
    account = await an_account(uow)
    water = await an_agreement(uow, account, point, from_on=may)
    await an_agreement(uow, account, point, from_on=may, service=Service.SEWER, rate_code="S-1")
    await a_rating_attribute(uow, water, "dwelling_units", "2")
    await uow.session.commit()
    answer = await office.get(f"/accounts/{account.id}")
    page = AccountPage.model_validate(answer.json())
    assert answer.headers["etag"] == '"1"'
    assert page.account.number == account.number
    assert [a.rate_code for a in page.agreements] == ["S-1", "W-RES"]
    assert page.agreements[1].attributes[0].value == "2"
    (served,) = page.service_points
    assert [m.installation_id for m in served.meters] == [installation.id]
    assert [(o.service, o.customer_name, o.to_on) for o in page.occupancy] == [
        (Service.SEWER, "Maria Lopez", None),
        (Service.WATER, "Maria Lopez", None),
        (Service.WATER, "Old Tenant", may),
    ]


async def test_the_page_takes_the_same_number_of_queries_however_long_the_history(uow):
    short, long = await an_account(uow), await an_account(uow)
    await an_agreement(uow, short)
    for _ in range(4):
        point = await a_service_point(uow)
        await an_installation(uow, point)
        await a_rating_attribute(uow, await an_agreement(uow, long, point), "lot_group", "A")
    few, many = CountedSql(uow.sql), CountedSql(uow.sql)
    assert len((await find_account(few, short.id)).service_points) == 1
    assert len((await find_account(many, long.id)).service_points) == 4
    assert few.statements == many.statements == 8


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"opened_on": "2026-02-30"}, "/opened_on"),
        ({"opened_on": "999999-01-01"}, "/opened_on"),
        ({"mail_line": "a\x00"}, "/mail_line"),
        ({"notes": "x" * 4001}, "/notes"),
        ({"account_class": "castle"}, "/account_class"),
        ({"number": "0000-0000-00"}, "/number"),
    ],
)
async def test_what_cannot_be_stored_is_refused(office, customer, changes, pointer):
    answer = await office.post("/accounts", json=a_request(customer, **changes))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_nobody_opens_an_account_for_nobody(office, customer):
    answer = await office.post("/accounts", json=a_request(customer, customer_id=str(uuid7())))
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/customer-not-found")
    assert (await office.get(f"/accounts/{uuid7()}")).status_code == 404


async def test_the_cashier_may_look_and_not_touch(as_actor, customer):
    cashier = as_actor(Role.CASHIER)
    assert (await cashier.get("/accounts")).status_code == 200
    assert (await cashier.post("/accounts", json=a_request(customer))).status_code == 403


def test_the_class_is_one_column_under_the_word_of_the_trade():
    assert "class" in Account.__table__.c
