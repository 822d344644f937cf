"""Customers over HTTP: names and telephones as said, found by digits."""

import json

import pytest
from tests.factories.accounts import a_customer, an_account

from curbstop.accounts.phones import normal_phone
from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7

MATCH = {"If-Match": '"1"'}


@pytest.fixture
def office(as_actor):
    return as_actor(Role.TECHNICIAN)


def a_request(**changes):
    return {
        "id": str(uuid7()),
        "name": "Maria Lopez",
        "phone": "(530) 555-0142 ext. 7",
        "email": "maria@example.org",
    } | changes


@pytest.mark.parametrize(
    ("said", "normal"),
    [
        ("(530) 555-0142", "+15305550142"),
        ("530.555.0142 x12", "+15305550142"),
        ("1-530-555-0142", "+15305550142"),
        ("+52 55 1234 5678", "+525512345678"),
        ("", ""),
    ],
)
def test_a_telephone_number_is_kept_by_its_digits(said, normal):
    assert normal_phone(said) == normal


@pytest.mark.parametrize("said", ["555-0142", "call me", "+1", "2-530-555-0142", "٥٣٠٥٥٥٠١٤٢"])
def test_what_cannot_be_dialled_is_refused(said):
    with pytest.raises(ValueError):
        normal_phone(said)


async def test_a_customer_is_recorded_once_as_they_said_it(office):
    request = a_request(name="<i>O'Brien</i> & Söhne; DROP TABLE", phone="530 555 0142 x7")
    answers = [await office.post("/customers", json=request) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201], answers[0].text
    customer = answers[0].json()
    assert customer == answers[1].json()
    assert customer["name"] == "<i>O'Brien</i> & Söhne; DROP TABLE"
    assert (customer["phone"], customer["phone_raw"]) == ("+15305550142", "530 555 0142 x7")
    other = await office.post("/customers", json=request | {"phone": "530 555 0143"})
    assert (other.status_code, other.json()["type"]) == (409, "/problems/idempotency-conflict")


@pytest.mark.parametrize("q", ["lopez", "555-0142", "(530) 555", "5550142"])
async def test_a_customer_is_found_by_name_and_by_telephone_however_typed(office, uow, q):
    wanted = await a_customer(uow)
    await a_customer(uow, name="Bo Olsen", phone="+19165550199", phone_raw="")
    await uow.session.commit()
    page = (await office.get("/customers", params={"q": q})).json()
    assert [row["id"] for row in page["items"]] == [str(wanted.id)]


async def test_a_name_with_a_figure_is_not_taken_for_a_telephone(office, uow):
    await a_customer(uow)
    await uow.session.commit()
    assert (await office.get("/customers", params={"q": "unit 5"})).json()["total"] == 0


async def test_a_change_keeps_before_and_after_and_needs_the_version(office, uow, db, actor):
    customer = await a_customer(uow)
    await uow.session.commit()
    url, change = f"/customers/{customer.id}", {"name": "Maria Diaz", "phone": "916 555 0100"}
    assert (await office.patch(url, json=change)).status_code == 428
    done = await office.patch(url, json=change, headers=MATCH)
    assert (done.json()["phone"], done.headers["etag"]) == ("+19165550100", '"2"')
    assert (await office.patch(url, json=change, headers=MATCH)).status_code == 412
    async with db.read(actor) as reader:
        event = await reader.sql.fetchrow(
            "SELECT before, after FROM audit_events WHERE action = 'customers.changed'"
        )
    assert event["before"] == {"name": "Maria Lopez", "phone": "(530) 555-0142"}
    assert event["after"] == change


async def test_an_address_that_statements_go_to_is_not_taken_away(office, uow):
    customer = await a_customer(uow)
    account = await an_account(uow, customer, delivery="email")
    await uow.session.commit()
    url = f"/customers/{customer.id}"
    refused = await office.patch(url, json={"email": ""}, headers=MATCH)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/email-needed")
    page = (await office.get(url)).json()
    assert page["customer"]["email"] == "maria@example.org"
    assert [held["number"] for held in page["accounts"]] == [account.number]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"name": " "}, "/name"),
        ({"name": "a\x00b"}, "/name"),
        ({"name": "x" * 201}, "/name"),
        ({"phone": "12"}, "/phone"),
        ({"email": "maria"}, "/email"),
        ({"email": "a@b@c.org"}, "/email"),
        ({"language": "fr"}, "/language"),
        ({"name": 7}, "/name"),
    ],
)
async def test_what_cannot_be_stored_is_refused_with_its_place(office, changes, pointer):
    answer = await office.post("/customers", json=a_request(**changes))
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_half_a_character_is_refused_not_stored(office):
    body = json.dumps(a_request(name="a\ud800"))  # as an escape, which UTF-8 itself cannot carry
    answer = await office.post(
        "/customers", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 422, answer.text


async def test_the_cashier_may_look_and_not_touch(as_actor):
    cashier = as_actor(Role.CASHIER)
    assert (await cashier.get("/customers")).status_code == 200
    assert (await cashier.post("/customers", json=a_request())).status_code == 403


async def test_an_export_hides_who_they_are_unless_a_reason_is_given(office, uow):
    await a_customer(uow)
    await uow.session.commit()
    csv = {"Accept": "text/csv"}
    hidden = await office.get("/customers", headers=csv)
    assert "Lopez" not in hidden.text
    shown = await office.get("/customers", params={"reason": "audit sample"}, headers=csv)
    assert "Maria Lopez" in shown.text
