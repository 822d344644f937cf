"""Files of accounts over HTTP: kinds told by their bytes, kept whole, listed and downloaded."""

import asyncpg
import pytest
from tests.factories.accounts import an_account

from curbstop.accounts.files.types import FILE_BYTES_MAX, media_type_of
from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7

PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture
def office(as_actor):
    return as_actor(Role.TECHNICIAN, name="Maria Delgado")


@pytest.fixture
async def url(uow):
    account = await an_account(uow)
    await uow.session.commit()
    return f"/accounts/{account.id}/files"


async def test_a_paper_is_filed_listed_and_downloaded_as_it_came(office, url):
    file_id = str(uuid7())
    filed = await office.post(
        url,
        params={"file_id": file_id, "title": "Plumber's invoice"},
        files={"file": ("../../leak.pdf", PDF, "text/html")},
    )
    assert filed.status_code == 201, filed.text
    paper = filed.json()
    assert (paper["name"], paper["media_type"]) == ("leak.pdf", "application/pdf")
    assert (paper["kind"], paper["filed_by_name"]) == ("received", "Maria Delgado")
    listed = (await office.get("/account-files", params={"q": "plumber"})).json()
    assert listed["items"] == [paper]
    back = await office.get(f"/files/{file_id}")
    assert (back.content, back.headers["content-type"]) == (PDF, "application/pdf")
    assert back.headers["content-disposition"].startswith("attachment")


async def test_filing_it_again_keeps_one(office, url, uow):
    params = {"file_id": str(uuid7()), "title": "Lease"}
    first, again = [await office.post(url, params=params, content=PDF) for _ in range(2)]
    assert first.json() == again.json()
    renamed = await office.post(url, params=params | {"title": "Deed"}, content=PDF)
    assert renamed.json()["type"] == "/problems/idempotency-conflict"
    other = await office.post(url, params=params, content=PDF + b"more")
    assert other.json()["type"] == "/problems/idempotency-conflict"
    with pytest.raises(asyncpg.PostgresError, match="account_files"):
        await uow.sql.execute("DELETE FROM account_files")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, "application/pdf"),
        (b"\x89PNG\r\n\x1a\n\x00", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x00\x00\x00\x18ftypheic\x00", "image/heic"),
        ("Señora López paid.\r\n".encode(), "text/plain"),
        (b"MZ\x90\x00\x03", None),
        (b"PK\x03\x04\x14\x00", None),
        (b"\x1b[2Jgone", None),
        (b"", None),
        (b"  \n", None),
    ],
)
def test_the_first_bytes_say_what_it_is(data, kind):
    assert media_type_of(data) == kind


async def test_programs_and_floods_are_refused(office, url):
    params = {"file_id": str(uuid7())}
    program = await office.post(url, params=params, content=b"MZ\x90\x00\x03")
    assert (program.status_code, program.json()["type"]) == (422, "/problems/file-type-refused")
    flood = await office.post(url, params=params, content=PDF + b" " * FILE_BYTES_MAX)
    assert (flood.status_code, flood.json()["type"]) == (413, "/problems/too-large")
    assert (await office.get("/account-files")).json()["total"] == 0


async def test_a_file_on_no_account_is_not_kept(office, uow):
    params = {"file_id": str(uuid7())}
    gone = await office.post(f"/accounts/{uuid7()}/files", params=params, content=PDF)
    assert gone.json()["type"] == "/problems/account-not-found"
    assert await uow.sql.fetchval("SELECT count(*) FROM stored_files") == 0
