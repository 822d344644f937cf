"""The table of contact notes."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from curbstop.platform.db import Timestamp, text_enum, trigram_index


class NoteKind(StrEnum):
    """How the office and the customer spoke."""

    CALL = "call"
    COUNTER = "counter"
    LETTER = "letter"
    EMAIL = "email"
    FIELD = "field"


class ContactNote(SQLModel, table=True):
    """What was said, by whom it was written and when. Append-only: a correction is another note.

    The key on (`corrects_id`, `account_id`) keeps a correction on the account of what it corrects.
    """

    __tablename__ = "contact_notes"
    __table_args__ = (
        UniqueConstraint("id", "account_id"),
        UniqueConstraint("corrects_id"),
        ForeignKeyConstraint(
            ["corrects_id", "account_id"], ["contact_notes.id", "contact_notes.account_id"]
        ),
        CheckConstraint("text <> ''", name="text_given"),
        CheckConstraint("corrects_id <> id", name="corrects_another"),
        Index("ix_contact_notes_account_id", "account_id", "written_at"),
        Index("ix_contact_notes_written_at", "written_at"),
        trigram_index("contact_notes", "text"),
    )

    id: UUID = Field(primary_key=True)
    account_id: UUID = Field(foreign_key="accounts.id")
    kind: NoteKind = Field(sa_type=text_enum(NoteKind))
    text: str
    corrects_id: UUID | None = None
    written_by: UUID
    written_by_name: str
    written_at: datetime = Field(sa_type=Timestamp)
