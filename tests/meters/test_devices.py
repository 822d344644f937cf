"""Meters over HTTP: received, corrected, retired, found by serial."""

import pytest
from tests.factories.meters import a_meter, an_installation

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7


def a_register(**changes):
    return {
        "id": str(uuid7()),
        "number": "0",
        "dials": 6,
        "decimals": 0,
        "multiplier": "1",
        "unit": "CF",
        "billing_step": "100",
    } | changes


def a_request(**changes):
    return {
        "id": str(uuid7()),
        "serial": "40012345",
        "make": "Badger",
        "size": '5/8"',
        "kind": "displacement",
        "registers": [a_register()],
    } | changes


@pytest.fixture
def office(as_actor):
    return as_actor(Role.OPERATIONS)


async def test_a_meter_is_received_with_its_registers_and_its_size_in_one_spelling(office):
    request = a_request()
    first, again = [await office.post("/meters", json=request) for _ in range(2)]
    assert first.status_code == 201, first.text
    assert first.json() == again.json()
    page = (await office.get(f"/meters/{request['id']}")).json()
    assert page["meter"]["size"] == "5/8"
    assert page["registers"] == [
        request["registers"][0] | {"multiplier": "1.000000", "billing_step": "100.000000"}
    ]


@pytest.mark.parametrize("part", ["meter", "register"])
async def test_the_same_id_with_other_content_is_a_conflict(office, part):
    request = a_request()
    await office.post("/meters", json=request)
    if part == "meter":
        other = request | {"model": "M35"}
    else:
        other = request | {"registers": [request["registers"][0] | {"multiplier": "10"}]}
    answer = await office.post("/meters", json=other)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/idempotency-conflict")


async def test_one_make_and_serial_is_one_meter(office, uow):
    await office.post("/meters", json=a_request())
    twin = await office.post("/meters", json=a_request())
    assert (twin.status_code, twin.json()["type"]) == (409, "/problems/meter-exists")
    other = await a_meter(uow)
    await uow.session.commit()
    change = {"make": "Badger", "serial": "40012345"}
    answer = await office.patch(f"/meters/{other.id}", json=change, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/meter-exists")


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"registers": []}, "/registers"),
        ({"registers": [a_register(number="L")]}, "/registers"),
        ({"registers": [a_register(), a_register()]}, "/registers"),
        ({"registers": [a_register(dials=13)]}, "/registers/0/dials"),
        ({"registers": [a_register(decimals=7)]}, "/registers/0"),
        ({"registers": [a_register(multiplier="0")]}, "/registers/0/multiplier"),
        ({"registers": [a_register(multiplier="1e30")]}, "/registers/0/multiplier"),
        ({"registers": [a_register(unit="barrel")]}, "/registers/0/unit"),
        ({"size": "large"}, "/size"),
        ({"serial": "  "}, "/serial"),
        ({"serial": "4\x001"}, "/serial"),
        ({"make": "x" * 41}, "/make"),
    ],
)
async def test_a_meter_that_could_not_be_read_is_refused(office, changes, pointer):
    answer = await office.post("/meters", json=a_request(**changes))
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_a_correction_is_audited_and_needs_the_version_seen(office, db, actor, uow):
    meter = await a_meter(uow)
    await uow.session.commit()
    url, change = f"/meters/{meter.id}", {"size": "¾", "endpoint_serial": "E-77"}
    assert (await office.patch(url, json=change)).status_code == 428
    done = await office.patch(url, json=change, headers={"If-Match": '"1"'})
    assert (done.json()["size"], done.headers["etag"]) == ("3/4", '"2"')
    assert (await office.patch(url, json=change, headers={"If-Match": '"1"'})).status_code == 412
    async with db.read(actor) as reader:
        event = await reader.sql.fetchrow(
            "SELECT before, after FROM audit_events WHERE action = 'meters.changed'"
        )
    assert event["before"] == {"size": "5/8", "endpoint_serial": ""}
    assert event["after"] == {"size": "3/4", "endpoint_serial": "E-77"}


async def test_a_meter_is_retired_once_it_is_out_and_stays_findable(office, uow, db, actor):
    installation = await an_installation(uow, meter=await a_meter(uow, serial="RET-1"))
    await uow.session.commit()
    url = f"/meters/{installation.meter_id}/retire"
    body = {"on": "2026-07-01", "reason": "register stopped"}
    refused = await office.post(url, json=body)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/meter-in-use")
    out = {"on": "2026-07-01", "reads": {"0": "4321"}}
    await office.post(f"/installations/{installation.id}/remove", json=out)
    for _ in range(2):
        retired = await office.post(url, json=body)
        assert retired.json()["status"] == "retired", retired.text
    found = (await office.get("/meters/history", params={"serial": "ret-1"})).json()
    assert [page["meter"]["retired_on"] for page in found] == ["2026-07-01"]
    assert found[0]["stays"][0]["to_on"] == "2026-07-01"
    assert (await office.get("/meters/history", params={"serial": "%"})).json() == []


async def test_the_list_says_where_each_meter_is(office, uow):
    stock = await a_meter(uow, serial="AA-1", endpoint_serial="E-900")
    installation = await an_installation(uow, meter=await a_meter(uow, serial="BB-2"))
    await uow.session.commit()
    page = (await office.get("/meters", params={"sort": "-serial"})).json()
    assert [row["serial"] for row in page["items"]] == ["BB-2", "AA-1"]
    assert page["total"] == 2
    assert page["items"][0]["service_point_id"] == str(installation.service_point_id)
    assert page["items"][1]["service_point_code"] is None
    found = (await office.get("/meters", params={"q": "e-90", "status": "active"})).json()
    assert [row["id"] for row in found["items"]] == [str(stock.id)]
    retired = (await office.get("/meters", params={"status": "retired"})).json()
    assert (retired["total"], retired["items"]) == (0, [])


async def test_the_cashier_may_look_and_not_touch(as_actor):
    cashier = as_actor(Role.CASHIER)
    assert (await cashier.get("/meters")).status_code == 200
    assert (await cashier.post("/meters", json=a_request())).status_code == 403
    assert (await cashier.get(f"/meters/{uuid7()}")).status_code == 404
