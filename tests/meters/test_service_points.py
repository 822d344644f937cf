"""Service points over HTTP: record, move, abandon, find."""

import pytest
from tests.factories.meters import a_meter, a_service_point, an_installation
from tests.factories.parcels import a_parcel

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7

MATCH = {"If-Match": '"1"'}


@pytest.fixture
def office(as_actor):
    return as_actor(Role.ENGINEERING)


async def test_a_point_is_recorded_once_and_its_code_names_it(office, uow):
    parcel = await a_parcel(uow)
    await uow.session.commit()
    request = {
        "id": str(uuid7()),
        "code": "SP-9",
        "parcel_id": str(parcel.id),
        "location": "behind the <b>gate</b>",
        "access_notes": "Dog.\r\nCall first.",
        "longitude": "-121.0712345",
        "latitude": "38.9",
    }
    answers = [await office.post("/service-points", json=request) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201], answers[0].text
    page = (await office.get(f"/service-points/{request['id']}")).json()
    assert page["service_point"]["location"] == "behind the <b>gate</b>"
    assert page["service_point"]["access_notes"] == "Dog.\nCall first."
    assert (page["apn"], page["situs_line"]) == (parcel.apn, parcel.situs_line)
    twin = await office.post("/service-points", json=request | {"id": str(uuid7())})
    assert (twin.status_code, twin.json()["type"]) == (409, "/problems/service-point-exists")
    lost = request | {"id": str(uuid7()), "code": "SP-10", "parcel_id": str(uuid7())}
    assert (await office.post("/service-points", json=lost)).status_code == 404


async def test_a_point_moves_to_another_parcel_with_the_version_seen(office, uow):
    point, parcel = await a_service_point(uow), await a_parcel(uow)
    await uow.session.commit()
    url = f"/service-points/{point.id}"
    body = {"parcel_id": str(parcel.id), "zone": "2"}
    assert (await office.patch(url, json=body)).status_code == 428
    assert (await office.patch(url, json=body, headers=MATCH)).json()["zone"] == "2"
    assert (await office.patch(url, json=body, headers=MATCH)).status_code == 412
    wrong = await office.patch(url, json={"parcel_id": str(uuid7())}, headers={"If-Match": '"2"'})
    assert wrong.status_code == 404


async def test_a_point_with_a_meter_is_not_abandoned(office, uow):
    installation = await an_installation(uow)
    bare = await a_service_point(uow)
    await uow.session.commit()
    gone = {"status": "abandoned"}
    refused = await office.patch(
        f"/service-points/{installation.service_point_id}", json=gone, headers=MATCH
    )
    assert (refused.status_code, refused.json()["type"]) == (
        *(409, "/problems/service-point-has-meter"),
    )
    done = await office.patch(f"/service-points/{bare.id}", json=gone, headers=MATCH)
    assert done.json()["status"] == "abandoned"


@pytest.mark.parametrize("q", ["SP-FIND", "by the well", "99 elm", "SER-55"])
async def test_the_list_finds_a_point_by_code_place_address_and_meter(office, uow, q):
    parcel = await a_parcel(uow, situs_line="99 Elm Court")
    point = await a_service_point(uow, parcel, code="SP-FIND-1", location="by the well")
    await an_installation(uow, point, await a_meter(uow, serial="SER-5544"))
    await an_installation(uow)
    await uow.session.commit()
    page = (await office.get("/service-points", params={"q": q})).json()
    assert (page["total"], page["items"][0]["code"]) == (1, "SP-FIND-1")
    assert page["items"][0]["meter_serial"] == "SER-5544"


async def test_the_list_and_its_total_follow_the_filters(office, uow):
    await an_installation(uow, await a_service_point(uow, zone="7"))
    await a_service_point(uow, zone="7")
    await a_service_point(uow)
    await uow.session.commit()
    page = (await office.get("/service-points", params={"zone": "7", "limit": 1})).json()
    assert (page["total"], len(page["items"])) == (2, 1)
    assert (await office.get("/service-points")).json()["total"] == 3


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"longitude": "181"}, "/longitude"),
        ({"latitude": "1e99"}, "/latitude"),
        ({"code": "a\x00"}, "/code"),
        ({"location": "a\nb"}, "/location"),
        ({"service": "gas"}, "/service"),
    ],
)
async def test_what_cannot_be_stored_is_refused(office, changes, pointer):
    request = {"id": str(uuid7()), "code": "SP-1"} | changes
    answer = await office.post("/service-points", json=request)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_the_cashier_may_look_and_not_touch(as_actor):
    cashier = as_actor(Role.CASHIER)
    assert (await cashier.get("/service-points")).status_code == 200
    request = {"id": str(uuid7()), "code": "SP-1"}
    assert (await cashier.post("/service-points", json=request)).status_code == 403
