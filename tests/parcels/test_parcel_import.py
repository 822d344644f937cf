"""A county's parcel file: whole or not at all, replayed without trace, every error listed."""

import json

import pytest
from tests.factories.parcels import a_parcel

from curbstop.identity.permissions import Role


def a_feature(apn="123-456-789-000", x=0.0, **properties):
    ring = [[-121 + x, 39], [-120.999 + x, 39], [-120.999 + x, 39.001], [-121 + x, 39]]
    return {
        "type": "Feature",
        "properties": {"APN": apn, "SITUS": "12 Oak St", "ACRES": 0.25} | properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def a_file(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


@pytest.fixture
def office(as_actor):
    return as_actor(Role.ENGINEERING)


async def sent(office, content, **form):
    files = {"file": ("parcels.geojson", content, "application/geo+json")}
    return await office.post("/parcels/import", data={"county": "placer"} | form, files=files)


def counts(answer):
    assert answer.status_code == 200, answer.text
    return [answer.json()[name] for name in ("added", "changed", "unchanged")]


async def test_a_file_adds_its_parcels_and_its_replay_nothing(office, db, actor):
    content = a_file(a_feature(), a_feature("223-456-789-000", x=0.01))
    first = await sent(office, content)
    assert counts(first) == [2, 0, 0]
    again = await sent(office, content)
    assert counts(again) == [0, 0, 2]
    assert again.json()["file_id"] is None
    async with db.read(actor) as reader:
        rows = await reader.sql.fetch("SELECT * FROM parcels ORDER BY apn_key")
        files = await reader.sql.fetchval("SELECT count(*) FROM stored_files")
    assert [row["version"] for row in rows] == [1, 1]
    assert (rows[0]["situs_line"], str(rows[0]["acres"])) == ("12 Oak St", "0.2500")
    assert str(rows[0]["longitude"]) == "-120.9993333"
    assert files == 1


async def test_a_newer_file_changes_what_differs_and_keeps_what_it_lacks(office, uow, db, actor):
    parcel = await a_parcel(uow, land_use="vineyard")
    await uow.session.commit()
    content = a_file(a_feature(parcel.apn, SITUS="9 New Road"), a_feature())
    assert counts(await sent(office, content)) == [1, 1, 0]
    async with db.read(actor) as reader:
        row = await reader.sql.fetchrow("SELECT * FROM parcels WHERE id = $1", parcel.id)
        event = await reader.sql.fetchrow(
            "SELECT * FROM audit_events WHERE action = 'parcels.changed'"
        )
    assert (row["situs_line"], row["land_use"], row["version"]) == ("9 New Road", "vineyard", 2)
    assert event["before"]["situs_line"] == parcel.situs_line
    assert event["after"]["geometry"] == "changed"


async def test_a_file_that_names_its_fields_otherwise_is_read_by_naming_them(office, db, actor):
    feature = a_feature()
    feature["properties"] = {"Assessor No": 123456789000.0, "Ort": "3 Elm"}
    answer = await sent(office, a_file(feature), apn="Assessor No", situs_line="ort")
    assert counts(answer) == [1, 0, 0]
    async with db.read(actor) as reader:
        row = await reader.sql.fetchrow("SELECT apn_key, situs_line FROM parcels")
    assert tuple(row) == ("123456789000", "3 Elm")


async def test_one_wrong_feature_refuses_the_file_and_every_wrong_one_is_listed(office, db, actor):
    no_geometry = a_feature("223-456-789-000") | {"geometry": None}
    content = a_file(
        a_feature(),
        a_feature("12-X"),
        no_geometry,
        a_feature(),
        a_feature("323-456-789-000", SITUS="a\x00b"),
        a_feature("423-456-789-000", ACRES="lots"),
        {"type": "Feature", "properties": {"NAME": "?"}},
        7,
    )
    answer = await sent(office, content)
    assert answer.status_code == 422
    errors = {error["pointer"]: error["detail"] for error in answer.json()["errors"]}
    assert list(errors) == [f"/features/{i}" for i in (1, 2, 3, 4, 5, 6, 7)]
    assert "3-3-3-3" in errors["/features/1"]
    assert errors["/features/3"] == "123-456-789-000 is also feature 0"
    assert "looked for apn," in errors["/features/6"]
    async with db.read(actor) as reader:
        assert await reader.sql.fetchval("SELECT count(*) FROM parcels") == 0


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not JSON"),
        (b"{\n  oops", "line 2, column 3"),
        (b"\xff\xfe{}", "not JSON in UTF-8"),
        (b"[]", "not a GeoJSON FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": 5}', "not a GeoJSON FeatureCollection"),
        (b"[" * 100_000, "not JSON"),
        (b'{"type": "FeatureCollection", "features": [NaN]}', "not JSON"),
    ],
)
async def test_what_is_not_a_feature_collection_is_refused_with_its_place(office, content, reason):
    answer = await sent(office, content)
    assert answer.status_code == 422
    assert reason in answer.json()["detail"]


async def test_the_county_must_be_known_and_the_sender_permitted(office, as_actor):
    assert (await sent(office, a_file(a_feature()), county="atlantis")).status_code == 404
    assert (await sent(as_actor(Role.CASHIER), a_file(a_feature()))).status_code == 403
