"""Stored files: the bytes as received, whatever the client calls them."""

import hashlib

import asyncpg
import pytest

from curbstop.documents.files import queries
from curbstop.documents.files.actions import store_file
from curbstop.documents.files.names import attachment, safe_media_type, safe_name
from curbstop.identity.permissions import Role
from curbstop.kernel.errors import IdempotencyConflict, TooLarge
from curbstop.kernel.ids import uuid7

READS = b"account,read\r\n0012-3456-01,1496\r\n\x00\xff"


async def test_a_file_comes_back_byte_for_byte(uow):
    stored = await store_file(uow, READS, "C:\\reads\\June.csv", "text/csv; charset=utf-8")
    assert (stored.name, stored.media_type, stored.size_bytes) == ("June.csv", "text/csv", 35)
    assert stored.sha256 == hashlib.sha256(READS).hexdigest()
    again = await queries.read_file(uow.sql, stored.id)
    assert again is not None
    assert again.content == READS
    assert again.created_by == uow.actor.id


async def test_the_same_id_is_the_same_file_or_a_conflict(uow):
    file_id = uuid7()
    first = await store_file(uow, READS, "a.csv", file_id=file_id)
    assert await store_file(uow, READS, "b.csv", file_id=file_id) == first
    with pytest.raises(IdempotencyConflict):
        await store_file(uow, READS + b"!", "a.csv", file_id=file_id)


async def test_too_large_a_file_is_refused(uow, monkeypatch):
    monkeypatch.setenv("CURBSTOP_UPLOAD_BYTES_MAX", "10")
    with pytest.raises(TooLarge, match="35 bytes; at most 10"):
        await store_file(uow, READS, "a.csv")
    await store_file(uow, READS[:10], "a.csv")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stored_files SET name = 'other'",
        "DELETE FROM stored_files",
        "TRUNCATE stored_files CASCADE",
    ],
)
async def test_a_stored_file_never_changes(uow, statement):
    await store_file(uow, READS, "a.csv")
    with pytest.raises(asyncpg.CheckViolationError, match="refused"):
        await uow.sql.execute(statement)


@pytest.mark.parametrize(("digest", "size"), [(b"\x00" * 32, 35), (None, 34)])
async def test_the_database_checks_hash_and_size_itself(uow, digest, size):
    with pytest.raises(asyncpg.CheckViolationError):
        await uow.sql.execute(
            "INSERT INTO stored_files VALUES ($1, $2, 'a', 'text/csv', $3, $4, $1, now())",
            *(uuid7(), digest or hashlib.sha256(READS).digest(), size, READS),
        )


async def test_storing_is_audited(uow):
    stored = await store_file(uow, READS, "a.csv")
    row = await uow.sql.fetchrow("SELECT * FROM audit_events WHERE subject_id = $1", stored.id)
    assert row is not None
    assert row["action"] == "file.stored"
    assert row["after"]["sha256"] == stored.sha256


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("..", "file"),
        ("", "file"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("new\r\nline\x00.csv", "new line.csv"),
        ('q"uo:te?.csv', "q_uo_te_.csv"),
        ("лист.csv", "лист.csv"),
        ("x" * 300 + ".csv", "x" * 116 + ".csv"),
        (".hidden", "hidden"),
    ],
)
def test_names_are_made_safe(given, kept):
    assert safe_name(given) == kept


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Text/CSV; charset=latin-1", "text/csv"),
        ("application/vnd.ms-excel", "application/vnd.ms-excel"),
        ("text/html\r\nX-Evil: 1", "application/octet-stream"),
        ("", "application/octet-stream"),
    ],
)
def test_media_types_are_made_safe(given, kept):
    assert safe_media_type(given) == kept


def test_the_attachment_header_survives_any_name():
    header = attachment('żółw "1".csv')
    assert header.isascii()
    assert "\n" not in header
    assert header.endswith("filename*=UTF-8''%C5%BC%C3%B3%C5%82w%20%221%22.csv")
    assert attachment("a\r\nb\x1f\x7f.csv") == (
        "attachment; filename=\"a b.csv\"; filename*=UTF-8''a%20b.csv"
    )


async def test_download_over_http(db, as_actor, actor):
    async with db.write(actor) as uow:
        stored = await store_file(uow, b"<script>alert(1)</script>", "page.html", "text/html")
    client = as_actor(Role.TECHNICIAN)
    answer = await client.get(f"/files/{stored.id}")
    assert answer.status_code == 200
    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["content-disposition"].startswith('attachment; filename="page.html"')
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["etag"] == f'"{stored.sha256}"'
    details = (await client.get(f"/files/{stored.id}/details")).json()
    assert details["sha256"] == stored.sha256
    assert "content" not in details


async def test_an_unknown_file_is_a_problem(as_actor):
    for path in (f"/files/{uuid7()}", f"/files/{uuid7()}/details"):
        answer = await as_actor(Role.TECHNICIAN).get(path)
        assert answer.status_code == 404
        assert answer.json()["type"] == "/problems/stored-file-not-found"


async def test_the_style_sheet_is_an_asset(as_actor, anonymous):
    answer = await as_actor(Role.CASHIER).get("/documents/statement.css")
    assert answer.headers["content-type"].startswith("text/css")
    assert ".totals" in answer.text
    assert (await anonymous.get("/documents/statement.css")).status_code == 401
