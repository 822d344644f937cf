"""Lists over HTTP: paging, sorting, search, and exports that a spreadsheet cannot run."""

import csv
import io

import pytest
from openpyxl import load_workbook
from tests.factories.accounts import a_customer, an_account

from curbstop.accounts.endpoints import list_accounts, router
from curbstop.accounts.schemas import AccountRow
from curbstop.audit.actions import record
from curbstop.identity.permissions import Role
from curbstop.platform import lists
from curbstop.platform.pagination import Page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HOSTILE = ["=1+1", "+SUM(A1)", "-2", "@cmd", "\t=x", "<script>alert(1)</script>", "100% _sure_"]


@pytest.fixture
async def auditor(as_actor, db, actor):
    async with db.write(actor) as uow:
        for place, reason in enumerate(HOSTILE):
            record(uow, f"test.act{place}", reason=reason)
    return as_actor(Role.AUDITOR)


async def test_pages_have_a_total_and_an_order(auditor):
    page = (await auditor.get("/audit-events?limit=2&offset=1&sort=action")).json()
    assert (page["total"], page["limit"], page["offset"]) == (len(HOSTILE), 2, 1)
    assert [row["action"] for row in page["items"]] == ["test.act1", "test.act2"]
    backwards = (await auditor.get("/audit-events?limit=1&sort=-action")).json()
    assert backwards["items"][0]["action"] == f"test.act{len(HOSTILE) - 1}"


async def test_search_takes_wildcards_literally(auditor):
    found = (await auditor.get("/audit-events", params={"q": "100% _sure"})).json()
    assert [row["reason"] for row in found["items"]] == ["100% _sure_"]
    assert (await auditor.get("/audit-events", params={"q": "%%%"})).json()["total"] == 0


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("sort=nothing", "/sort"),
        ("sort=at;drop table users", "/sort"),
        ("limit=0", "/query/limit"),
        ("limit=100000", "/query/limit"),
        ("offset=-1", "/query/offset"),
        ("colour=red", "/query/colour"),
        ("since=yesterday", "/query/since"),
        ("subject_id=17", "/query/subject_id"),
    ],
)
async def test_a_bad_parameter_is_named(auditor, query, pointer):
    answer = await auditor.get(f"/audit-events?{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]


async def test_a_nul_character_is_refused_not_a_crash(auditor):
    answer = await auditor.get("/audit-events", params={"q": "a\x00b"})
    assert answer.status_code == 422


async def test_csv_cells_cannot_run(auditor):
    answer = await auditor.get(
        "/audit-events?sort=action&reason=asked+by+counsel", headers={"Accept": "text/csv"}
    )
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    reasons = [row["reason"] for row in rows]
    assert reasons[:5] == ["'" + cell for cell in HOSTILE[:5]]
    assert reasons[5:] == HOSTILE[5:]
    assert "audit-events.csv" in answer.headers["content-disposition"]


async def test_xlsx_cells_are_text(auditor):
    answer = await auditor.get(
        "/audit-events?sort=action&reason=asked+by+counsel", headers={"Accept": XLSX}
    )
    sheet = load_workbook(io.BytesIO(answer.content)).active
    column = [cell.value for cell in sheet[1]].index("reason")
    cells = [row[column] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert cells[0].value == "'=1+1"


async def test_an_export_is_logged(auditor, reader):
    await auditor.get(
        "/audit-events", params={"reason": "asked by counsel"}, headers={"Accept": "text/csv"}
    )
    logged = await reader.sql.fetchrow(
        "SELECT actor_id, reason, after FROM audit_events WHERE action = 'list.exported'"
    )
    assert logged["actor_id"] == auditor.actor.id
    assert logged["reason"] == "asked by counsel"
    assert logged["after"]["rows"] == len(HOSTILE)


async def test_the_bytes_are_what_the_response_model_writes(as_actor, uow):
    for _ in range(3):
        await an_account(uow, await a_customer(uow, name="Zoë \u2028 <Flores>"))
    await uow.session.commit()
    answer = await as_actor(Role.TECHNICIAN).get("/accounts?limit=2&sort=-number")
    (route,) = [route for route in router.routes if route.endpoint is list_accounts]
    assert route.response_model is Page[AccountRow], "what the contract promises"
    page = Page[AccountRow].model_validate_json(answer.content)
    assert (len(page.items), page.total) == (2, 3)
    assert answer.content == page.model_dump_json().encode()
    assert answer.headers["content-type"] == "application/json"


async def test_a_deep_page_has_the_rows_of_a_shallow_one(auditor, monkeypatch):
    for query in ("sort=action", "sort=-action", "action=test.act3", "q=act"):
        shallow = (await auditor.get(f"/audit-events?{query}&limit=3&offset=1")).json()
        with monkeypatch.context() as patch:
            patch.setattr(lists, "DEEP_OFFSET", 0)
            deep = (await auditor.get(f"/audit-events?{query}&limit=3&offset=1")).json()
        assert deep == shallow
        assert shallow["total"] >= 1


async def test_a_page_beyond_the_end_still_has_the_total(auditor):
    page = (await auditor.get("/audit-events?offset=1000")).json()
    assert (page["items"], page["total"]) == ([], len(HOSTILE))
