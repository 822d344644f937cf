"""Reading over HTTP: upload, preview, edit list, hand entry, download files, layouts."""

from datetime import date

import pytest
from tests.factories.accounts import an_agreement
from tests.readings.layout_samples import GENERIC
from tests.readings.malformed import corpus
from tests.readings.plant import a_metered_point
from tests.readings.test_imports import history
from tests.readings.test_layouts import OWN

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from curbstop.readings.imports.actions import INLINE_BYTES

WHY = "looked at the photo"


@pytest.fixture
async def served(uow):
    """A point with a customer and ten units a month up to June."""
    point, meter, register = await a_metered_point(uow)
    await an_agreement(uow, point=point)
    await history(uow, register, *range(0, 121, 10))
    await uow.session.commit()
    return point, meter, register


def upload(client, data, **params):
    facts = {"import_id": str(uuid7()), "layout": "generic-csv", "file_name": "july.csv"}
    headers = {"Content-Type": "text/csv"}
    return client.post("/read-imports", params=facts | params, content=data, headers=headers)


def july(meter, value):
    return f"meter,date,reading\n{meter.serial},2026-07-01,{value}\n".encode()


async def test_from_upload_to_consumption(as_actor, served):
    point, meter, _ = served
    clerk = as_actor(Role.TECHNICIAN)
    made = await upload(clerk, july(meter, 131))
    assert (made.status_code, made.json()["reads_added"]) == (201, 1)
    lines = (await clerk.get(f"/read-imports/{made.json()['id']}/lines")).json()
    assert lines[1] == {"line": 2, "raw": f"{meter.serial},2026-07-01,131"}
    params = {"service_point_id": str(point.id), "through_on": "2026-07-31"}
    used = (await clerk.get("/consumption", params=params)).json()
    assert (used["quantity"], used["blocked_by"]) == ("11", None)
    reads = (await clerk.get("/reads", params={"service_point_id": str(point.id)})).json()
    assert (reads[0]["value"], reads[0]["used"], reads[0]["days"]) == ("131", "11", 30)
    original = await clerk.get(f"/files/{made.json()['file_id']}")
    assert original.content == july(meter, 131)


async def test_a_multipart_upload_is_the_same(as_actor, served):
    clerk = as_actor(Role.TECHNICIAN)
    params = {"import_id": str(uuid7()), "layout": "generic-csv"}
    files = {"file": ("..\\..\\etc/passwd.csv", july(served[1], 131))}
    made = await clerk.post("/read-imports", params=params, files=files)
    assert (made.status_code, made.json()["file_name"]) == (201, "passwd.csv")


@pytest.mark.parametrize(
    ("content_type", "content"),
    [
        ("multipart/form-data", b"nonsense"),
        ("multipart/form-data; boundary=x", b"--x\r\nnonsense"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1',
        ),
    ],
)
async def test_a_broken_form_is_a_problem(as_actor, content_type, content):
    params = {"import_id": str(uuid7()), "layout": "generic-csv"}
    headers = {"Content-Type": content_type}
    made = await as_actor().post("/read-imports", params=params, content=content, headers=headers)
    assert made.status_code == 422
    assert made.json()["type"].startswith("/problems/")


async def test_a_replay_is_a_conflict_that_names_the_first_import(as_actor, served):
    clerk = as_actor()
    first = await upload(clerk, july(served[1], 131))
    again = await upload(clerk, july(served[1], 131), file_name="other.csv")
    assert (again.status_code, again.json()["type"]) == (409, "/problems/read-file-replayed")
    assert first.json()["id"] in again.json()["detail"]


async def test_a_refused_file_names_every_place_and_stays_on_record(as_actor, served):
    clerk = as_actor()
    refused = await upload(clerk, july(served[1], "1e9"))
    assert refused.status_code == 422
    assert refused.json()["type"] == "/problems/read-file-refused"
    assert refused.json()["errors"][0]["pointer"] == "line 2, column reading"
    (kept,) = (await clerk.get("/read-imports", params={"state": "refused"})).json()["items"]
    assert kept["errors"][0]["reason"].startswith("'1e9' is not a plain number")


async def test_the_whole_malformed_corpus_over_http_adds_nothing(as_actor, uow):
    clerk = as_actor()
    for name, what, data in corpus():
        answer = await upload(clerk, data, layout=name)
        assert answer.status_code == 422, what
        assert answer.json()["errors"], what
    assert await uow.sql.fetchval("SELECT count(*) FROM reads") == 0
    assert await uow.sql.fetchval("SELECT count(*) FROM import_lines") == 0


async def test_a_preview_stores_nothing(as_actor, uow):
    seen = await as_actor().post(
        "/read-imports/preview", params={"layout": "generic-csv"}, content=GENERIC
    )
    assert (seen.json()["reads"], seen.json()["errors"]) == (4, [])
    assert seen.json()["sample"][0]["fields"]["meter_no"] == "70000001"
    assert await uow.sql.fetchval("SELECT count(*) FROM stored_files") == 0


async def test_a_large_file_answers_with_its_job(as_actor, served, run_jobs):
    clerk = as_actor()
    filler = b"NOBODY,2026-07-01,1\n" * (INLINE_BYTES // 19)
    made = await upload(clerk, july(served[1], 131) + filler)
    assert (made.status_code, made.json()["state"]) == (201, "queued")
    assert await run_jobs() == ["readings.import"]
    done = (await clerk.get(f"/read-imports/{made.json()['id']}")).json()
    assert (done["state"], done["reads_added"]) == ("imported", 1)


async def test_the_edit_list_and_two_people(as_actor, served):
    clerk, supervisor = as_actor(Role.TECHNICIAN), as_actor(Role.SUPERVISOR)
    await upload(clerk, july(served[1], 190))
    params = {"rule": "high", "undecided": "true"}
    (row,) = (await clerk.get("/read-reviews", params=params)).json()["items"]
    assert (row["meter_serial"], row["needs_second"]) == (served[1].serial, True)
    evidence = (await clerk.get(f"/read-reviews/{row['id']}/evidence")).json()
    assert (len(evidence["periods"]), evidence["periods"][-1]["used"]) == (13, "70")
    act = {"ids": [row["id"]], "act": "accept", "reason": WHY}
    assert (await clerk.post("/read-reviews/acts", json=act)).json()["proposed"] == [row["id"]]
    approval = {"ids": [row["id"]]}
    assert (await clerk.post("/read-reviews/approvals", json=approval)).status_code == 403
    done = await supervisor.post("/read-reviews/approvals", json=approval)
    assert done.json()["done"] == [row["id"]]
    span = {"first_on": "2026-07-01", "last_on": "2026-07-01"}
    progress = (await clerk.get("/read-reviews/progress", params=span)).json()
    assert (progress["clear"], progress["reads"]) == (1, 1)


async def test_search_finds_an_exception_by_any_scrap(as_actor, served):
    clerk = as_actor()
    await upload(clerk, july(served[1], 190))
    found = await clerk.get("/read-reviews", params={"q": served[1].serial[-4:]})
    assert found.json()["total"] == 1
    assert (await clerk.get("/read-reviews", params={"q": "zebra"})).json()["total"] == 0


@pytest.fixture
async def walked(as_actor, served):
    """The point on a walk."""
    chief = as_actor(Role.SUPERVISOR)
    body = {"id": str(uuid7()), "code": "12", "name": "Aspen", "layout": "neptune-v4"}
    made = await chief.post("/walks", json=body)
    assert made.status_code == 201
    stops = {"service_point_ids": [str(served[0].id)]}
    put = await chief.put(f"/walks/{body['id']}/stops", json=stops, headers={"If-Match": '"1"'})
    assert put.json()["stops"] == 1
    return body["id"]


async def test_hand_entry_shows_the_last_read_and_its_limits(as_actor, served, walked):
    clerk = as_actor(Role.TECHNICIAN)
    params = {"read_on": "2026-07-01"}
    (line,) = (await clerk.get(f"/walks/{walked}/entries", params=params)).json()
    assert (line["previous_value"], line["low_limit"], line["high_limit"]) == ("120", "124", "140")
    entry = {"register_id": line["register_id"], "value": "131"}
    body = {"read_on": "2026-07-01", "entries": [entry]}
    done = await clerk.post(f"/walks/{walked}/entries", json=body)
    assert done.json() == {"recorded": 1, "skipped": 0, "exceptions": 0}
    again = await clerk.post(f"/walks/{walked}/entries", json=body)
    assert again.json()["exceptions"] == 0
    (line,) = (await clerk.get(f"/walks/{walked}/entries", params=params)).json()
    assert line["value"] == "131"


async def test_a_skip_code_is_kept_and_makes_the_read_missing_once(as_actor, served, walked, uow):
    clerk = as_actor(Role.TECHNICIAN)
    entry = {"register_id": str(served[2].id), "value": None, "skip_code": "DOG"}
    body = {"read_on": "2026-07-01", "entries": [entry | {"trouble_codes": ["LID"]}]}
    assert (await clerk.post(f"/walks/{walked}/entries", json=body)).json()["exceptions"] == 1
    assert (await clerk.post(f"/walks/{walked}/entries", json=body)).json()["exceptions"] == 0
    assert await uow.sql.fetchval("SELECT trouble_codes->>0 FROM read_codes LIMIT 1") == "LID"
    bare = {"read_on": "2026-07-01", "entries": [entry | {"skip_code": ""}]}
    assert (await clerk.post(f"/walks/{walked}/entries", json=bare)).status_code == 422
    ghost = {"read_on": "2026-07-01", "entries": [entry | {"photo_id": str(uuid7())}]}
    refused = await clerk.post(f"/walks/{walked}/entries", json=ghost)
    assert refused.json()["type"] == "/problems/photo-not-found"


async def test_registers_without_a_read_are_missing(as_actor, walked):
    clerk = as_actor(Role.TECHNICIAN)
    body = {"since_on": "2026-06-15", "read_on": "2026-07-01"}
    assert (await clerk.post(f"/walks/{walked}/missing", json=body)).json() == 1
    assert (await clerk.post(f"/walks/{walked}/missing", json=body)).json() == 0


async def test_a_point_stands_on_one_walk_and_a_stale_order_is_refused(as_actor, served, walked):
    chief = as_actor(Role.SUPERVISOR)
    stops = {"service_point_ids": [str(served[0].id)]}
    stale = await chief.put(f"/walks/{walked}/stops", json=stops, headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    assert (await chief.put(f"/walks/{walked}/stops", json=stops)).status_code == 428
    other = {"id": str(uuid7()), "code": "13", "name": "Birch"}
    await chief.post("/walks", json=other)
    taken = await chief.put(f"/walks/{other['id']}/stops", json=stops, headers={"If-Match": '"1"'})
    assert taken.json()["type"] == "/problems/stop-elsewhere"


@pytest.mark.parametrize(
    "layout", ["generic-csv", "badger-beacon", "neptune-v4", "itron-mvrs", "sensus-autoread"]
)
async def test_the_walk_goes_out_to_every_vendor(as_actor, served, walked, layout):
    clerk = as_actor(Role.TECHNICIAN)
    params = {"read_on": "2026-07-01", "layout": layout}
    sent = await clerk.get(f"/walks/{walked}/download-file", params=params)
    assert sent.status_code == 200, sent.text
    assert served[1].serial.encode() in sent.content
    assert "walk-12-2026-07-01" in sent.headers["content-disposition"]


@pytest.mark.parametrize("code", ["", "  ", "1\x1f2", "1\n2", "x" * 21])
async def test_a_walks_code_is_printable(as_actor, code):
    walk = {"id": str(uuid7()), "code": code, "name": "Birch"}
    answer = await as_actor(Role.SUPERVISOR).post("/walks", json=walk)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/code")


async def test_a_district_adds_a_layout_and_imports_by_it(as_actor, served):
    chief = as_actor(Role.SUPERVISOR)
    body = {"id": str(uuid7()), "body": OWN}
    assert (await chief.post("/read-layouts", json=body)).status_code == 201
    assert (await chief.post("/read-layouts", json=body)).status_code == 201
    names = [row["name"] for row in (await chief.get("/read-layouts")).json()]
    assert {"own-meters", "neptune-v4"} <= set(names)
    line = f"{served[1].serial:<10}26070100013150\n".encode()
    made = await upload(chief, line, layout="own-meters")
    assert (made.status_code, made.json()["reads_added"]) == (201, 1)
    broken = {"id": str(uuid7()), "body": OWN.replace("shape: fixed", "shape: fixt")}
    refused = await chief.post("/read-layouts", json=broken)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "line 6, input")


async def test_a_correction_and_a_withdrawal(as_actor, served):
    clerk = as_actor(Role.TECHNICIAN)
    body = {"register_id": str(served[2].id), "read_on": "2026-06-01", "reason": WHY}
    made = await clerk.post("/reads", json=body | {"value": "119"})
    assert made.json() == {"changed": True}
    gone = await clerk.post("/reads/withdrawals", json=body)
    assert gone.status_code == 200
    assert (await clerk.post("/reads/withdrawals", json=body)).status_code == 409
    stranger = body | {"register_id": str(uuid7()), "value": "1"}
    assert (await clerk.post("/reads", json=stranger)).status_code == 404


async def test_days_out_of_the_calendar_of_the_trade_are_refused(as_actor, served):
    clerk = as_actor()
    for day in (date.min, date.max):
        params = {"service_point_id": str(served[0].id), "through_on": day.isoformat()}
        assert (await clerk.get("/consumption", params=params)).status_code == 422
