"""Any scrap finds its thing; nobody finds what they may not read."""

from datetime import date

import pytest
from tests.factories.accounts import a_customer, an_account, an_agreement
from tests.factories.meters import a_meter, a_service_point
from tests.factories.parcels import a_parcel

from curbstop.identity.permissions import Perm, Role
from curbstop.kernel.ids import uuid7
from curbstop.payments.actions import take_payment
from curbstop.payments.models import PaymentRequest, Tender
from curbstop.search.queries import find


@pytest.fixture
async def flores(uow):
    """Ana Flores at 128 Heron Ln, with a meter in stock."""
    parcel = await a_parcel(uow, situs_line="128 Heron Ln")
    account = await an_account(uow, await a_customer(uow, name="Ana Flores"))
    await an_agreement(uow, account, await a_service_point(uow, parcel))
    meter = await a_meter(uow, serial="TB55501234")
    await uow.session.commit()
    return {"account": account, "parcel": parcel, "meter": meter}


async def found(client, scrap):
    answer = await client.get("/search", params={"q": scrap})
    assert answer.status_code == 200, answer.text
    return [(row["kind"], row["id"]) for row in answer.json()["items"]]


async def test_scraps_of_everything_find_it(as_actor, flores):
    technician = as_actor(Role.TECHNICIAN)
    account, parcel, meter = flores["account"], flores["parcel"], flores["meter"]
    digits = account.number.replace("-", "")
    for scrap in ("flores", "ANA F", "heron", account.number, digits, digits[:6], "5305550142"):
        assert ("account", str(account.id)) in await found(technician, scrap), scrap
    for scrap in (parcel.apn, parcel.apn_key, "128 heron"):
        assert ("parcel", str(parcel.id)) in await found(technician, scrap), scrap
    for scrap in ("TB55501234", "5550123"):
        assert ("meter", str(meter.id)) in await found(technician, scrap), scrap


async def test_the_very_number_comes_first(as_actor, uow, flores):
    account = flores["account"]
    other = await a_customer(uow, name=f"Flores {account.number.replace('-', '')}")
    await an_account(uow, other)
    await uow.session.commit()
    first = (await found(as_actor(Role.TECHNICIAN), account.number.replace("-", "")))[0]
    assert first == ("account", str(account.id))


async def test_wildcards_and_quotes_are_plain_text(as_actor, flores):
    technician = as_actor(Role.TECHNICIAN)
    for scrap in ("%", "_", "' OR 1=1 --", "100%", "\\"):
        assert await found(technician, scrap) == [], scrap


async def test_nobody_finds_what_they_may_not_read(as_actor, app, flores, monkeypatch):
    engineer = as_actor(Role.ENGINEERING)
    kinds = {kind for kind, _ in await found(engineer, "1")}
    assert kinds <= {"account", "parcel", "meter"}
    operations = as_actor(Role.OPERATIONS)
    assert "bill" not in {kind for kind, _ in await found(operations, "1")}


async def test_a_whole_number_is_looked_up_and_a_telephone_number_still_found(as_actor, uow):
    account = await an_account(uow, await a_customer(uow, name="Ivo Reyes"))
    await uow.session.commit()
    technician = as_actor(Role.TECHNICIAN)
    assert await found(technician, account.number) == [("account", str(account.id))]
    # Ten digits that are no account's number are a telephone number, however they are spaced.
    for scrap in ("5305550142", "(530) 555-0142", "530 555 0142"):
        assert ("account", str(account.id)) in await found(technician, scrap), scrap


async def test_an_email_and_the_name_on_the_mail_find_the_account(as_actor, uow):
    customer = await a_customer(uow, name="Ada Okafor", email="ada.okafor@example.org")
    account = await an_account(uow, customer, mail_name="Okafor Family Trust")
    await uow.session.commit()
    for scrap in ("ada.okafor@", "family trust"):
        assert ("account", str(account.id)) in await found(as_actor(Role.TECHNICIAN), scrap), scrap


async def test_two_letters_find_what_begins_with_them(as_actor, flores):
    technician = as_actor(Role.TECHNICIAN)
    account, parcel = str(flores["account"].id), str(flores["parcel"].id)
    for scrap in ("Fl", "12", "an"):
        assert ("account", account) in await found(technician, scrap), scrap
    assert ("parcel", parcel) in await found(technician, "12")
    assert ("account", account) not in await found(technician, "lo")


async def test_a_former_occupant_of_an_address_is_found_there_greyed(as_actor, uow):
    parcel = await a_parcel(uow, situs_line="77 Egret Way")
    point = await a_service_point(uow, parcel)
    before = await an_account(uow, await a_customer(uow, name="Former Person"))
    await an_agreement(uow, before, point, from_on=date(2024, 1, 1), to_on=date(2026, 1, 1))
    now = await an_account(uow, await a_customer(uow, name="Present Person"))
    await an_agreement(uow, now, point, from_on=date(2026, 1, 1))
    await uow.session.flush()
    await uow.sql.execute(
        "UPDATE accounts SET status = 'closed', closed_on = '2026-01-01' WHERE id = $1", before.id
    )
    await uow.session.commit()
    answer = await as_actor(Role.TECHNICIAN).get("/search", params={"q": "77 egret"})
    accounts = [row for row in answer.json()["items"] if row["kind"] == "account"]
    assert [(row["id"], row["active"]) for row in accounts] == [
        (str(now.id), True),
        (str(before.id), False),
    ]


async def test_a_check_is_found_by_its_number_and_its_beginning(as_actor, uow):
    account = await an_account(uow)
    for reference in ("10427", "1042"):
        await take_payment(
            uow,
            PaymentRequest(
                id=uuid7(),
                account_id=account.id,
                cents=100,
                tender=Tender.CHECK,
                reference=reference,
                received_on=uow.today,
            ),
        )
    await uow.session.commit()
    cashier = as_actor(Role.CASHIER)
    titles = [
        row["title"]
        for row in (await cashier.get("/search", params={"q": "1042"})).json()["items"]
        if row["kind"] == "payment"
    ]
    assert titles == ["1042", "10427"]


async def test_a_caller_without_accounts_still_searches(reader):
    assert await find(reader.sql, "12", frozenset({Perm.METER_READ})) == []
