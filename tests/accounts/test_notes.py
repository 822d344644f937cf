"""Contact notes over HTTP: kept as written, corrected by adding, found by any scrap."""

import asyncpg
import pytest
from tests.factories.accounts import a_customer, an_account

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7


@pytest.fixture
def office(as_actor):
    return as_actor(Role.TECHNICIAN, name="Maria Delgado")


@pytest.fixture
async def account(uow):
    account = await an_account(uow, await a_customer(uow, name="Rosa Whitfield"))
    await uow.session.commit()
    return account


def a_note(**changes):
    return {"id": str(uuid7()), "kind": "call", "text": "Asked why June was high."} | changes


async def test_a_note_says_who_wrote_it_when_and_on_what_account(office, account):
    written = await office.post(f"/accounts/{account.id}/notes", json=a_note())
    assert written.status_code == 201, written.text
    note = written.json()
    assert (note["written_by_name"], note["written_at"]) == (
        "Maria Delgado",
        "2026-07-15T17:00:00Z",
    )
    assert (note["account_number"], note["customer_name"]) == (account.number, "Rosa Whitfield")


async def test_writing_it_again_keeps_one_and_other_words_are_refused(office, account):
    url, note = f"/accounts/{account.id}/notes", a_note()
    first, again = [await office.post(url, json=note) for _ in range(2)]
    assert first.json() == again.json()
    other = await office.post(url, json=note | {"text": "Something else."})
    assert other.json()["type"] == "/problems/idempotency-conflict"
    assert (await office.get("/contact-notes")).json()["total"] == 1


async def test_a_correction_is_another_note_and_there_is_one_for_each(office, account):
    url, wrong = f"/accounts/{account.id}/notes", a_note(text="She owns a pool.")
    await office.post(url, json=wrong)
    right = a_note(text="Her neighbour owns a pool.", corrects_id=wrong["id"])
    assert (await office.post(url, json=right)).status_code == 201
    late = await office.post(url, json=a_note(corrects_id=wrong["id"]))
    assert (late.status_code, late.json()["type"]) == (409, "/problems/note-already-corrected")
    params = {"account_id": str(account.id)}
    listed = {
        n["id"]: n for n in (await office.get("/contact-notes", params=params)).json()["items"]
    }
    assert listed[wrong["id"]]["text"] == "She owns a pool."
    assert listed[wrong["id"]]["corrected_by_id"] == right["id"]


async def test_a_correction_stays_on_the_account_of_what_it_corrects(office, account, uow):
    other = await an_account(uow)
    await uow.session.commit()
    wrong = a_note()
    await office.post(f"/accounts/{account.id}/notes", json=wrong)
    strayed = await office.post(f"/accounts/{other.id}/notes", json=a_note(corrects_id=wrong["id"]))
    assert strayed.json()["type"] == "/problems/contact-note-not-found"
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await uow.sql.execute(
            "INSERT INTO contact_notes SELECT $1, $2, kind, text, id, written_by,"
            " written_by_name, written_at FROM contact_notes",
            *(uuid7(), other.id),
        )


async def test_the_database_keeps_every_word(office, account, uow):
    await office.post(f"/accounts/{account.id}/notes", json=a_note())
    with pytest.raises(asyncpg.PostgresError, match="contact_notes"):
        await uow.sql.execute("UPDATE contact_notes SET text = 'Nothing was said.'")


async def test_notes_are_found_across_accounts_by_words_name_and_kind(office, account):
    url = f"/accounts/{account.id}/notes"
    await office.post(url, json=a_note(text="Leak in the irrigation line."))
    await office.post(url, json=a_note(kind="field", text="Gate was locked."))

    async def found(**params):
        items = (await office.get("/contact-notes", params=params)).json()["items"]
        return [note["text"] for note in items]

    assert await found(q="irrigation") == ["Leak in the irrigation line."]
    assert len(await found(q="whitfield")) == 2
    assert await found(kind="field") == ["Gate was locked."]
    assert await found(q="whitfield", kind="letter") == []


async def test_an_export_shows_words_and_names_only_with_a_reason(office, account):
    await office.post(f"/accounts/{account.id}/notes", json=a_note())
    asked = {"Accept": "text/csv"}
    redacted = (await office.get("/contact-notes", headers=asked)).text
    assert "June" not in redacted
    assert "Whitfield" not in redacted
    params = {"reason": "complaint to the board"}
    assert "June" in (await office.get("/contact-notes", params=params, headers=asked)).text


async def test_nothing_empty_and_nothing_on_no_account(office, account):
    empty = await office.post(f"/accounts/{account.id}/notes", json=a_note(text="  \n "))
    assert empty.status_code == 422
    nowhere = await office.post(f"/accounts/{uuid7()}/notes", json=a_note())
    assert nowhere.json()["type"] == "/problems/account-not-found"
