"""Who is on title, and which connections a parcel is entitled to."""

import pytest
from tests.factories.parcels import a_connection, a_parcel, an_owner

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7


@pytest.fixture
async def parcel(uow):
    parcel = await a_parcel(uow)
    await an_owner(uow, parcel, name="Rosa Alvarez")
    await an_owner(uow, parcel, name="Luis Alvarez")
    await uow.session.commit()
    return parcel


@pytest.fixture
def office(as_actor):
    return as_actor(Role.TECHNICIAN)


def a_deed(*names, on="2026-03-01"):
    owners = [{"id": str(uuid7()), "name": name, "from_on": on} for name in names]
    return {"on": on, "deed_reference": "2026-0004411", "owners": owners}


async def titles(office, parcel):
    owners = (await office.get(f"/parcels/{parcel.id}")).json()["owners"]
    return {owner["name"]: (owner["from_on"], owner["to_on"]) for owner in owners}


async def test_a_deed_moves_the_title_in_one_act_and_can_be_repeated(office, parcel):
    first = a_deed("Mai Tran", "Kim Tran")
    for _ in range(2):
        answer = await office.post(f"/parcels/{parcel.id}/transfer", json=first)
        assert answer.status_code == 200, answer.text
    assert await titles(office, parcel) == {
        "Rosa Alvarez": ("2020-01-01", "2026-03-01"),
        "Luis Alvarez": ("2020-01-01", "2026-03-01"),
        "Mai Tran": ("2026-03-01", None),
        "Kim Tran": ("2026-03-01", None),
    }


async def test_an_old_deed_sent_again_does_not_undo_a_newer_one(office, parcel):
    first, second = a_deed("Mai Tran"), a_deed("Bo Olsen", on="2026-06-01")
    for deed in (first, second, first):
        answer = await office.post(f"/parcels/{parcel.id}/transfer", json=deed)
        assert answer.status_code == 200, answer.text
    assert (await titles(office, parcel))["Bo Olsen"] == ("2026-06-01", None)


async def test_a_deed_from_before_the_owners_came_is_refused_whole(office, parcel):
    answer = await office.post(
        f"/parcels/{parcel.id}/transfer", json=a_deed("Mai Tran", on="2019-12-31")
    )
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/ownership-ended")
    assert set(await titles(office, parcel)) == {"Rosa Alvarez", "Luis Alvarez"}


async def test_a_connection_goes_from_authorized_to_installed_to_abandoned(office, parcel):
    url = f"/parcels/{parcel.id}/connections"
    request = {
        "id": str(uuid7()),
        "service": "water",
        "size": "3/4",
        "edu": "1.500",
        "document": "Resolution 2026-02",
        "authorized_on": "2026-02-10",
    }
    assert (await office.post(url, json=request)).json()["status"] == "authorized"
    early = await office.post(f"{url}/{request['id']}/install", json={"on": "2026-02-09"})
    assert (early.status_code, early.json()["type"]) == (409, "/problems/connection-out-of-order")
    for _ in range(2):
        done = await office.post(f"{url}/{request['id']}/install", json={"on": "2026-04-01"})
        assert (done.json()["status"], done.json()["installed_on"]) == ("installed", "2026-04-01")
    page = (await office.get(f"/parcels/{parcel.id}")).json()
    assert page["entitlements"] == [
        {
            "service": "water",
            "authorized": 1,
            "authorized_edu": "1.500",
            "installed": 1,
            "installed_edu": "1.500",
        }
    ]
    gone = await office.post(f"{url}/{request['id']}/abandon", json={"on": "2026-05-01"})
    assert gone.json()["status"] == "abandoned"
    again = await office.post(f"{url}/{request['id']}/install", json={"on": "2026-06-01"})
    assert again.status_code == 409
    assert (await office.get(f"/parcels/{parcel.id}")).json()["entitlements"] == []


async def test_a_connection_belongs_to_its_parcel(office, uow, parcel):
    other = await a_connection(uow, await a_parcel(uow))
    await uow.session.commit()
    url = f"/parcels/{parcel.id}/connections/{other.id}/install"
    assert (await office.post(url, json={"on": "2026-04-01"})).status_code == 404
