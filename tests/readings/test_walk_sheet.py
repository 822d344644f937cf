"""What the ten-key pad shows again after it was sent, and the photos that go with it."""

from datetime import date

import pytest
from tests.readings.plant import a_metered_point

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7

ON = date(2026, 7, 1)
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


@pytest.fixture
async def sheet(as_actor, uow):
    """A clerk at a walk of two stops: the client, the walk's address, the registers."""
    points = [await a_metered_point(uow) for _ in range(2)]
    await uow.session.commit()
    chief, clerk = as_actor(Role.SUPERVISOR), as_actor(Role.TECHNICIAN)
    walk = f"/walks/{uuid7()}"
    body = {"id": walk.removeprefix("/walks/"), "code": "7", "name": "Aspen"}
    assert (await chief.post("/walks", json=body)).status_code == 201
    stops = {"service_point_ids": [str(point.id) for point, _, _ in points]}
    seen = {"If-Match": (await chief.get(walk)).headers["etag"]}
    assert (await chief.put(f"{walk}/stops", json=stops, headers=seen)).status_code == 200
    return clerk, walk, [register for _, _, register in points]


def entry(register, value=None, **changes):
    return {"register_id": str(register.id), "value": value} | changes


async def sent(clerk, walk, *entries):
    body = {"read_on": ON.isoformat(), "entries": list(entries)}
    done = await clerk.post(f"{walk}/entries", json=body)
    assert done.status_code == 200, done.text
    return (await clerk.get(f"{walk}/entries", params={"read_on": ON.isoformat()})).json()


async def test_a_sent_skip_is_shown_as_done(sheet):
    clerk, walk, (first, second) = sheet
    lines = await sent(clerk, walk, entry(first, skip_code="DOG", note="behind the gate"))
    assert [(line["value"], line["skip_code"]) for line in lines] == [(None, "DOG"), (None, "")]
    assert (lines[0]["note"], lines[1]["photo_id"]) == ("behind the gate", None)
    lines = await sent(clerk, walk, entry(first, "12"), entry(second, "5", trouble_codes=["LEAK"]))
    assert [(line["value"], line["skip_code"]) for line in lines] == [("12", ""), ("5", "")]
    assert lines[1]["trouble_codes"] == ["LEAK"]


async def test_a_sheet_that_is_sent_twice_keeps_its_notes_once(sheet, uow):
    clerk, walk, (first, second) = sheet
    both = entry(first, skip_code="DOG"), entry(second, "5", note="box full of mud")
    await sent(clerk, walk, *both)
    await sent(clerk, walk, *both)
    assert await uow.sql.fetchval("SELECT count(*) FROM read_codes") == 2
    await sent(clerk, walk, entry(second, "5", note="box cleaned out"))
    assert await uow.sql.fetchval("SELECT count(*) FROM read_codes") == 3


async def test_a_photo_goes_with_its_line(sheet):
    clerk, walk, (first, _) = sheet
    params = {"photo_id": str(uuid7()), "file_name": "dial.png"}
    kept = await clerk.post("/read-photos", params=params, content=PNG)
    assert (kept.status_code, kept.json()["media_type"]) == (201, "image/png")
    assert (await clerk.post("/read-photos", params=params, content=PNG)).json() == kept.json()
    lines = await sent(clerk, walk, entry(first, "12", photo_id=params["photo_id"]))
    assert lines[0]["photo_id"] == params["photo_id"]
    shown = await clerk.get(f"/files/{params['photo_id']}")
    assert shown.content == PNG


@pytest.mark.parametrize("data", [b"", b"<svg onload=alert(1)>", b"RIFF1234WAVEfmt "])
async def test_only_an_image_is_a_photo(sheet, data):
    clerk, _, _ = sheet
    refused = await clerk.post("/read-photos", params={"photo_id": str(uuid7())}, content=data)
    assert refused.json()["type"] == "/problems/not-a-photo"
