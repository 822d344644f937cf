"""Imports of read files and their raw lines."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from curbstop.documents.files import models as _files  # noqa: F401 - the table keyed to below
from curbstop.platform.db import Timestamp, text_enum


class ImportState(StrEnum):
    """How far a file has come. A refused file is kept, but nothing of it counts."""

    QUEUED = "queued"
    IMPORTED = "imported"
    REFUSED = "refused"


class ReadImport(SQLModel, table=True):
    """One file of reads and what became of it. The same bytes are imported once, ever."""

    __tablename__ = "read_imports"
    __table_args__ = (
        Index(
            "uq_read_imports_sha256",
            "sha256",
            unique=True,
            postgresql_where=text("state <> 'refused'"),
        ),
        CheckConstraint("(state = 'refused') = (errors <> '[]'::jsonb)", name="refused_says_why"),
    )

    id: UUID = Field(primary_key=True)
    file_id: UUID = Field(foreign_key="stored_files.id")
    sha256: str
    file_name: str
    size_bytes: int
    layout: str
    settings: dict[str, Any] = Field(sa_type=JSONB)
    state: ImportState = Field(sa_type=text_enum(ImportState))
    errors: list[dict[str, Any]] = Field(sa_type=JSONB)
    lines: int
    reads_added: int
    repeats: int
    unread: int
    unmatched: int
    exceptions: int
    first_import_id: UUID | None = Field(default=None, foreign_key="read_imports.id")
    first_read_on: date | None = None
    last_read_on: date | None = None
    job_id: UUID | None = None
    created_by: UUID
    created_at: datetime = Field(sa_type=Timestamp, index=True)
    finished_at: datetime | None = Field(default=None, sa_type=Timestamp)


class ImportLine(SQLModel, table=True):
    """Lines of a file as they came, before anyone interpreted them: some thousand to a row.

    `raw` holds the lines `first_line` and on, joined by newlines. Read one by
    `split_part(raw, E'\\n', line - first_line + 1)`.
    """

    __tablename__ = "import_lines"

    import_id: UUID = Field(primary_key=True, foreign_key="read_imports.id")
    first_line: int = Field(primary_key=True)
    lines: int
    raw: str
