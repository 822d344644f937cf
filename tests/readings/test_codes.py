"""The district's table of skip, trouble and note codes."""

from datetime import date

import pytest
from tests.readings.plant import a_metered_point

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from curbstop.readings.codes.queries import unknown_codes


def a_code(**changes):
    return {
        "id": str(uuid7()),
        "kind": "skip",
        "code": "MUD",
        "meaning": "Road washed out",
    } | changes


async def leave(uow, skip, troubles=(), on=date(2026, 7, 1)):
    point, *_ = await a_metered_point(uow)
    await uow.sql.execute(
        "INSERT INTO read_codes (id, service_point_id, noted_on, skip_code, trouble_codes, note,"
        " recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, '', $6, $7)",
        *(uuid7(), point.id, on, skip, list(troubles), uow.actor.id, uow.now),
    )


async def codes_of(client, **params):
    page = (await client.get("/read-codes", params=params)).json()
    return {(row["kind"], row["code"]): row for row in page["items"]}


async def test_a_code_is_added_once_and_counted(as_actor, uow):
    chief = as_actor(Role.SUPERVISOR, name="Sam")
    body = a_code()
    assert (await chief.post("/read-codes", json=body)).status_code == 201
    assert (await chief.post("/read-codes", json=body)).status_code == 201
    taken = await chief.post("/read-codes", json=a_code(meaning="Something else"))
    assert (taken.status_code, taken.json()["type"]) == (409, "/problems/read-code-taken")
    assert (await chief.post("/read-codes", json=a_code(kind="trouble"))).status_code == 201
    await leave(uow, "mud")
    await leave(uow, "MUD", ["LEAK"])
    known = await codes_of(chief)
    mud = known["skip", "MUD"]
    assert (mud["times_left"], mud["last_left_on"], mud["added_by_name"]) == (
        2,
        "2026-07-01",
        "Sam",
    )
    assert known["trouble", "LEAK"]["times_left"] == 1
    assert known["trouble", "MUD"]["times_left"] == 0
    assert known["skip", "LG"]["added_by_name"] is None
    assert set(await codes_of(chief, q="washed")) == {("skip", "MUD"), ("trouble", "MUD")}


async def test_a_retired_code_makes_room_and_keeps_its_meaning(as_actor):
    chief = as_actor(Role.SUPERVISOR)
    body = a_code()
    await chief.post("/read-codes", json=body)
    why = {"reason": "nobody used it"}
    path = f"/read-codes/{body['id']}/retire"
    assert (await chief.post(path, json=why)).status_code == 204
    assert (await chief.post(path, json=why)).json()["type"] == "/problems/read-code-retired"
    assert ("skip", "MUD") not in await codes_of(chief)
    retired = (await codes_of(chief, retired="true"))["skip", "MUD"]
    assert (retired["meaning"], retired["retirement_reason"]) == (body["meaning"], why["reason"])
    assert (await chief.post("/read-codes", json=a_code())).status_code == 201


async def test_codes_that_nobody_explained_are_named(as_actor, uow):
    await leave(uow, "XQ", ["LEAK", "ZZ"])
    await leave(uow, "XQ", on=date(2020, 7, 1))
    assert [(c.kind, c.code, c.times_left) for c in await unknown_codes(uow.sql)] == [
        ("skip", "XQ", 2),
        ("trouble", "ZZ", 1),
    ]


@pytest.mark.parametrize("code", ["", "mud", "M D", "ELEVENCHARS", "É"])
async def test_a_code_is_short_and_upper_case(as_actor, code):
    answer = await as_actor(Role.SUPERVISOR).post("/read-codes", json=a_code(code=code))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/code")


async def test_only_a_supervisor_adds(as_actor):
    assert (await as_actor(Role.TECHNICIAN).post("/read-codes", json=a_code())).status_code == 403
