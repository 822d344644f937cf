"""A district's own layouts: tried, added, replaced, retired."""

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError
from tests.readings.layout_samples import neptune, put
from tests.readings.test_layouts import OWN

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from curbstop.readings.layouts.shipped import shipped_bodies
from curbstop.readings.layouts.trying import tried

GOOD = put(30, (1, "M1"), (11, "260701"), (17, "00012345"))
BAD = put(30, (1, "M2"), (11, "261399"), (17, "00000100"))


def try_out(client, layout, data=None, *settings):
    files = {"file": ("july.dat", data)} if data is not None else {"nothing": ("", b"")}
    return client.post(
        "/read-layouts/trials", data={"layout": layout, "setting": list(settings)}, files=files
    )


async def add(client, body, **more):
    return await client.post("/read-layouts", json={"id": str(uuid7()), "body": body, **more})


async def test_a_layout_is_tried_on_a_sample_before_it_is_saved(as_actor, uow):
    clerk = as_actor(Role.TECHNICIAN)
    seen = (await try_out(clerk, OWN, f"{GOOD}\n{GOOD}\n".encode())).json()
    assert (seen["layout"]["name"], seen["reads"], seen["in_use"]) == ("own-meters", 2, False)
    assert seen["lines"][0] == {
        "line": 1,
        "raw": GOOD,
        "understood": {"meter_no": "M1", "read_on": "2026-07-01", "reading": "123.45"},
        "faults": [],
    }
    other = (await try_out(clerk, OWN, f"{GOOD}\n".encode(), "tail=long")).json()
    assert other["lines"][0]["understood"]["reading"] == "12.345"
    assert await uow.sql.fetchval("SELECT count(*) FROM read_layouts") == 0
    assert await uow.sql.fetchval("SELECT count(*) FROM stored_files") == 0


async def test_good_lines_are_shown_beside_a_faulty_one(as_actor):
    seen = (await try_out(as_actor(), OWN, f"{GOOD}\n{BAD}\n".encode())).json()
    assert (seen["reads"], len(seen["file_faults"])) == (0, 1)
    good, bad = seen["lines"]
    assert good["understood"]["reading"] == "123.45"
    assert bad["understood"] is None
    assert bad["faults"] == [
        {"line": 2, "column": "11-16", "reason": "'261399' is not a day of the calendar"}
    ]


async def test_a_mistake_in_the_text_has_its_line_and_place_in_words(as_actor):
    seen = (await try_out(as_actor(), OWN.replace("YYMMDD", "YYMMXX"))).json()
    (fault,) = seen["layout_faults"]
    assert (fault["line"], fault["column"]) == (11, "input.fields.1.formats.0")
    assert fault["reason"].startswith("is made of YYYY")
    assert seen["layout"] is None


def test_lines_of_other_record_types_carry_no_read_of_their_own():
    trial = tried(shipped_bodies()["neptune-v4"], [], neptune())
    assert trial.file_faults == []
    of_reads = [line for line in trial.lines if line.understood]
    assert {line.raw[:5] for line in of_reads} == {"RDGDT"}
    assert len(of_reads) == trial.reads
    assert {line.raw[:5] for line in trial.lines if not line.understood} > {"COMHD", "MTRDT"}


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"", b"\x00" * 50, b"PK\x03\x04" + b"x" * 99])
def test_any_bytes_are_told_and_never_raise(data):
    for body in shipped_bodies().values():
        assert tried(body, [], data).file_faults


@pytest.mark.parametrize("content_type", ["multipart/form-data", "text/plain", ""])
async def test_another_body_than_the_form_is_a_problem(as_actor, content_type):
    headers = {"Content-Type": content_type}
    answer = await as_actor().post("/read-layouts/trials", content=b"x", headers=headers)
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("sent", "detail"), [(["a=1"] * 11, "at most 10"), (["{}"], "write name=value")]
)
async def test_settings_beside_the_contract_are_refused(as_actor, sent, detail):
    refused = await try_out(as_actor(), "name: x", b"1,2", *sent)
    assert refused.status_code == 422
    assert refused.json()["errors"] == [{"pointer": "/setting", "detail": detail}]


async def test_another_text_of_a_name_replaces_the_first_and_both_stay_on_record(as_actor):
    chief = as_actor(Role.SUPERVISOR, name="Sam")
    assert (await add(chief, OWN)).status_code == 201
    changed = OWN.replace("page 3", "page 4")
    taken = await add(chief, changed)
    assert (taken.status_code, taken.json()["type"]) == (409, "/problems/read-layout-name-taken")
    assert (await try_out(chief, changed)).json()["in_use"] is True
    assert (await add(chief, changed, replaces=True)).status_code == 201
    page = (await chief.get("/read-layouts/own-meters")).json()
    assert (page["body"], page["in_force"]["added_by"]) == (changed, "Sam")
    newest, oldest = page["versions"]
    assert (newest["retired_at"], oldest["body"], oldest["retired_by"]) == (None, OWN, "Sam")


async def test_a_retired_layout_reads_no_file_and_keeps_its_text(as_actor, uow):
    chief = as_actor(Role.SUPERVISOR)
    await add(chief, OWN)
    why = {"reason": "the vendor has left"}
    assert (await chief.post("/read-layouts/own-meters/retire", json=why)).status_code == 204
    again = await chief.post("/read-layouts/own-meters/retire", json=why)
    assert (again.status_code, again.json()["type"]) == (404, "/problems/read-layout-not-found")
    assert "own-meters" not in [row["name"] for row in (await chief.get("/read-layouts")).json()]
    params = {"import_id": str(uuid7()), "layout": "own-meters"}
    sent = await chief.post("/read-imports", params=params, content=GOOD.encode())
    assert sent.status_code == 404
    page = (await chief.get("/read-layouts/own-meters")).json()
    assert (page["in_force"], page["body"]) == (None, OWN)
    assert page["versions"][0]["retirement_reason"] == "the vendor has left"
    done = await uow.sql.fetchrow(
        "SELECT action, reason FROM audit_events ORDER BY seq DESC LIMIT 1"
    )
    assert tuple(done) == ("readings.layout_retired", "the vendor has left")


async def test_a_layout_that_a_walk_needs_is_not_retired(as_actor):
    chief = as_actor(Role.SUPERVISOR)
    await add(chief, OWN)
    walk = {"id": str(uuid7()), "code": "12", "name": "Birch", "layout": "own-meters"}
    assert (await chief.post("/walks", json=walk)).status_code == 201
    assert (await chief.get("/read-layouts/own-meters")).json()["walk_codes"] == ["12"]
    refused = await chief.post("/read-layouts/own-meters/retire", json={"reason": "tidying up"})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/read-layout-in-use")


async def test_a_shipped_layout_is_hidden_by_the_districts_and_comes_back(as_actor):
    chief = as_actor(Role.SUPERVISOR)
    shipped = (await chief.get("/read-layouts/generic-csv")).json()
    assert (shipped["in_force"]["shipped"], shipped["versions"]) == (True, [])
    why = {"reason": "we use another"}
    refused = await chief.post("/read-layouts/generic-csv/retire", json=why)
    assert refused.json()["type"] == "/problems/read-layout-shipped"
    await add(chief, OWN.replace("own-meters", "generic-csv"))
    own = (await chief.get("/read-layouts/generic-csv")).json()
    assert (own["in_force"]["shipped"], own["hides_shipped"]) == (False, True)
    assert (await chief.post("/read-layouts/generic-csv/retire", json=why)).status_code == 204
    back = (await chief.get("/read-layouts/generic-csv")).json()
    assert back["body"] == shipped["body"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE read_layouts SET body = 'layout: other'",
        "UPDATE read_layouts SET retired_at = now()",
        "DELETE FROM read_layouts",
    ],
)
async def test_the_database_keeps_a_layout_as_it_was_added(as_actor, uow, change):
    await add(as_actor(Role.SUPERVISOR), OWN)
    with pytest.raises((asyncpg.PostgresError, DBAPIError)):
        await uow.sql.execute(change)


async def test_only_a_supervisor_adds_or_retires(as_actor):
    clerk = as_actor(Role.TECHNICIAN)
    assert (await add(clerk, OWN)).status_code == 403
    refused = await clerk.post("/read-layouts/generic-csv/retire", json={"reason": "tidying"})
    assert refused.status_code == 403
