"""Parcels over HTTP: record, correct, look up; hostile input; who may."""

import pytest

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7

SQUARE = [[-121.0, 39.0], [-120.999, 39.0], [-120.999, 39.001], [-121.0, 39.001], [-121.0, 39.0]]
LOT = {"type": "Polygon", "coordinates": [SQUARE]}


def a_request(**changes):
    return {
        "id": str(uuid7()),
        "county": "placer",
        "apn": "6-153-11",
        "situs_line": "12 Oak Street",
        "acres": "0.2500",
        "geometry": LOT,
    } | changes


@pytest.fixture
def office(as_actor):
    return as_actor(Role.TECHNICIAN)


async def added(office, **changes):
    answer = await office.post("/parcels", json=a_request(**changes))
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_parcel_is_recorded_by_its_mask_with_its_middle(office):
    parcel = await added(office)
    assert parcel["apn_key"] == "006153011000"
    assert (parcel["longitude"], parcel["latitude"]) == ("-120.9995000", "39.0005000")
    page = await office.get(f"/parcels/{parcel['id']}")
    assert page.json()["parcel"] == parcel
    assert page.headers["etag"] == '"1"'


async def test_repeating_a_request_returns_the_first_result(office, db, actor):
    request = a_request()
    first, again = [await office.post("/parcels", json=request) for _ in range(2)]
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = await office.post("/parcels", json=request | {"situs_line": "13 Oak Street"})
    assert (other.status_code, other.json()["type"]) == (409, "/problems/idempotency-conflict")
    async with db.read(actor) as reader:
        assert await reader.sql.fetchval("SELECT count(*) FROM parcels") == 1


async def test_one_number_is_one_parcel_of_its_county(office):
    await added(office)
    taken = await office.post("/parcels", json=a_request(apn="006-153-011-000"))
    assert (taken.status_code, taken.json()["type"]) == (409, "/problems/parcel-exists")
    await added(office, county="nevada")


async def test_a_correction_needs_the_version_seen_and_leaves_before_and_after(office, db, actor):
    parcel = await added(office)
    url = f"/parcels/{parcel['id']}"
    change = {"situs_line": "14 Oak Street", "geometry": None}
    assert (await office.patch(url, json=change)).status_code == 428
    done = await office.patch(url, json=change, headers={"If-Match": '"1"'})
    assert done.json()["longitude"] is None
    assert done.headers["etag"] == '"2"'
    stale = await office.patch(url, json=change, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["type"]) == (412, "/problems/stale-version")
    async with db.read(actor) as reader:
        event = await reader.sql.fetchrow(
            "SELECT before, after FROM audit_events WHERE action = 'parcels.changed'"
        )
    assert event["before"]["situs_line"] == "12 Oak Street"
    assert event["after"] == {"situs_line": "14 Oak Street", "geometry": None}


@pytest.mark.parametrize("typed", ["006-153-011-000", "6-153-11", "006153011000", "00615"])
async def test_a_number_is_found_as_printed_as_digits_and_by_its_beginning(office, typed):
    parcel = await added(office)
    found = await office.get("/parcels/lookup", params={"apn": typed})
    assert [row["id"] for row in found.json()] == [parcel["id"]]


async def test_the_whole_number_comes_before_those_that_begin_with_it(office):
    longer = await added(office, county="nevada", apn="1234567")
    whole = await added(office, county="nevada", apn="123456")
    found = await office.get("/parcels/lookup", params={"apn": "12-3456", "county": "nevada"})
    assert [row["id"] for row in found.json()] == [whole["id"], longer["id"]]


@pytest.mark.parametrize("q", ["53-011", "oak st", "53011"])
async def test_the_list_finds_any_scrap(office, q):
    parcel = await added(office)
    await added(office, apn="7-1-1", situs_line="1 Pine Lane")
    page = (await office.get("/parcels", params={"q": q})).json()
    assert (page["total"], page["items"][0]["id"]) == (1, parcel["id"])


async def test_html_in_an_address_is_kept_as_it_was_typed(office):
    line = "<script>alert('x')</script> & <b>12</b>"
    assert (await added(office, situs_line=line))["situs_line"] == line


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"situs_line": "a\x00b"}, "/situs_line"),
        ({"situs_line": "x" * 201}, "/situs_line"),
        ({"acres": "1e300"}, "/acres"),
        ({"acres": "NaN"}, "/acres"),
        ({"acres": "-1"}, "/acres"),
        ({"apn": "12345"}, "/apn"),
        ({"apn": "\u0661\u0662\u0663-4"}, "/apn"),
        ({"geometry": {"type": "Point", "coordinates": [6700000, 1]}}, "/geometry"),
        ({"geometry": {"type": "Point", "coordinates": [10**400, 1]}}, "/geometry"),
        ({"surprise": 1}, "/surprise"),
        ({"id": "1"}, "/id"),
    ],
)
async def test_what_cannot_be_stored_is_refused_with_its_place(office, changes, pointer):
    answer = await office.post("/parcels", json=a_request(**changes))
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_an_unknown_county_or_parcel_is_not_found(office):
    assert (await office.post("/parcels", json=a_request(county="atlantis"))).status_code == 404
    assert (await office.get(f"/parcels/{uuid7()}")).status_code == 404
    assert (await office.get("/counties/atlantis")).status_code == 404


async def test_a_county_takes_a_mask_that_can_be_read_and_no_other(office):
    county = (await office.get("/counties/nevada")).json()
    assert county["apn_mask"] is None
    match = {"If-Match": '"1"'}
    bad = await office.patch("/counties/nevada", json={"apn_mask": "3-x"}, headers=match)
    assert bad.status_code == 422
    done = await office.patch("/counties/nevada", json={"apn_mask": "2-3-3"}, headers=match)
    assert done.json()["apn_mask"] == "2-3-3"
    assert (await added(office, county="nevada", apn="9-30-7"))["apn_key"] == "09030007"


async def test_all_counties_of_california_are_there(office):
    assert (await office.get("/counties")).json()["total"] == 58


async def test_reading_is_for_the_office_and_writing_for_those_who_may(as_actor, anonymous):
    cashier = as_actor(Role.CASHIER)
    assert (await cashier.get("/parcels")).status_code == 200
    refused = await cashier.post("/parcels", json=a_request())
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/forbidden")
    assert (await anonymous.get("/parcels")).status_code == 401
