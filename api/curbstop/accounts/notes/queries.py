"""Reading contact notes, of one account or of all."""

from uuid import UUID

from curbstop.accounts.notes.schemas import ContactNoteOut
from curbstop.kernel.errors import NotFound
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec


class ContactNoteNotFound(NotFound):
    title = "No such contact note"


_JOINED = {
    "account_number": "s.number",
    "customer_name": "s.customer_name",
    "corrected_by_id": "c.id",
}
CONTACT_NOTES = ListSpec(
    row=ContactNoteOut,
    source=(
        "contact_notes n JOIN account_summaries s ON s.account_id = n.account_id"
        " LEFT JOIN contact_notes c ON c.corrects_id = n.id"
    ),
    columns={name: _JOINED.get(name, f"n.{name}") for name in ContactNoteOut.model_fields},
    sort="-written_at",
    tiebreak="n.id",
    filters={
        "account_id": "n.account_id = {}",
        "kind": "n.kind = {}",
        "written_by": "n.written_by = {}",
    },
    search="n.text ILIKE {} OR s.search LIKE lower({})",
)


async def find_note(sql: Sql, note_id: UUID) -> ContactNoteOut:
    """One note. Raises ContactNoteNotFound."""
    columns = ", ".join(f"{what} AS {name}" for name, what in CONTACT_NOTES.columns.items())
    row = await sql.fetchrow(
        f"SELECT {columns} FROM {CONTACT_NOTES.source} WHERE n.id = $1",  # noqa: S608
        note_id,
    )
    if row is None:
        raise ContactNoteNotFound(str(note_id))
    return ContactNoteOut.model_validate(dict(row))
