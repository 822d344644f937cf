"""Any scrap finds its thing; nobody finds what they may not read."""

import pytest
from tests.factories.accounts import a_customer, an_account, an_agreement
from tests.factories.meters import a_meter, a_service_point
from tests.factories.parcels import a_parcel

from curbstop.identity.permissions import Role


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
