"""Wire shapes of contact notes."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from curbstop.accounts.notes.models import NoteKind
from curbstop.kernel.fields import MadeId, Note, Request, not_empty
from curbstop.platform.lists import ListParams


class ContactNoteRequest(Request):
    id: MadeId
    kind: NoteKind
    text: Annotated[Note, AfterValidator(not_empty)]
    corrects_id: UUID | None = Field(
        None, description="A note of the same account that this one corrects; both stay readable."
    )


class ContactNoteOut(BaseModel):
    """A note as it was written, and what stands for it since."""

    id: UUID
    account_id: UUID
    account_number: str
    customer_name: str = Field(json_schema_extra={"confidential": True})
    kind: NoteKind
    text: str = Field(json_schema_extra={"confidential": True})
    corrects_id: UUID | None
    corrected_by_id: UUID | None = Field(description="The later note that corrects this one.")
    written_by: UUID
    written_by_name: str
    written_at: datetime


class ContactNoteListParams(ListParams):
    account_id: UUID | None = None
    kind: NoteKind | None = None
    written_by: UUID | None = None
