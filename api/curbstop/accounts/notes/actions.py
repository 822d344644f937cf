"""Writing contact notes; nothing of them is changed afterwards."""

from uuid import UUID

from sqlmodel import select

from curbstop.accounts.models import Account
from curbstop.accounts.notes.models import ContactNote
from curbstop.accounts.notes.queries import ContactNoteNotFound, find_note
from curbstop.accounts.notes.schemas import ContactNoteOut, ContactNoteRequest
from curbstop.accounts.queries import AccountNotFound
from curbstop.audit import actions as audit
from curbstop.kernel.errors import Conflict, IdempotencyConflict
from curbstop.parcels.changes import require_same
from curbstop.platform.uow import Uow


class NoteAlreadyCorrected(Conflict):
    title = "Another note corrects that one"


async def write_note(uow: Uow, account_id: UUID, request: ContactNoteRequest) -> ContactNoteOut:
    """Keep what was said with a customer, on an open account or a closed one.

    Raises AccountNotFound, ContactNoteNotFound (to correct), NoteAlreadyCorrected,
    IdempotencyConflict (same id, other content).
    """
    if earlier := await uow.session.get(ContactNote, request.id):
        require_same(earlier, request)
        if earlier.account_id != account_id:
            raise IdempotencyConflict(f"{request.id}: account_id differs")
        return await find_note(uow.sql, request.id)
    if await uow.session.get(Account, account_id) is None:
        raise AccountNotFound(str(account_id))
    if request.corrects_id is not None:
        await _require_correctable(uow, account_id, request.corrects_id)
    note = ContactNote(
        **request.model_dump(),
        account_id=account_id,
        written_by=uow.actor.id,
        written_by_name=uow.actor.name,
        written_at=uow.now,
    )
    uow.session.add(note)
    # The words stay in the note itself: the trail would show them to readers of other rooms.
    after = {"note_id": str(note.id), "kind": note.kind.value}
    audit.record(uow, "accounts.note_written", account_id, after=after)
    return await find_note(uow.sql, request.id)


async def _require_correctable(uow: Uow, account_id: UUID, note_id: UUID) -> None:
    # Locked, so that of two corrections at once the second hears of the first.
    note = await uow.session.get(ContactNote, note_id, with_for_update=True)
    if note is None or note.account_id != account_id:
        raise ContactNoteNotFound(str(note_id))
    corrected = select(ContactNote).where(ContactNote.corrects_id == note_id)
    if later := (await uow.session.exec(corrected)).first():
        raise NoteAlreadyCorrected(f"by {later.written_by_name}; correct that one")
