"""The district's table of skip, trouble and note codes."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from curbstop.platform.db import Timestamp, text_enum


class CodeKind(StrEnum):
    """Why there is no read; what is wrong at the meter; what the next reader should know."""

    SKIP = "skip"
    TROUBLE = "trouble"
    NOTE = "note"


class ReadCodeKind(SQLModel, table=True):
    """What a code means. One of a kind and code is in force; retired ones keep their meaning.

    Codes that came with Curbstop have no author.
    """

    __tablename__ = "read_code_kinds"
    __table_args__ = (
        CheckConstraint("code ~ '^[A-Z0-9/_-]{1,10}$'", name="code_shape"),
        CheckConstraint("meaning <> ''", name="meaning_given"),
        CheckConstraint(
            "num_nulls(added_by, added_by_name, added_at) IN (0, 3)", name="added_by_someone"
        ),
        CheckConstraint(
            "num_nulls(retired_by, retired_by_name, retired_at, retirement_reason) IN (0, 4)",
            name="retired_with_reason",
        ),
        Index(
            "uq_read_code_kinds_in_force",
            "kind",
            "code",
            unique=True,
            postgresql_where=text("retired_at IS NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    kind: CodeKind = Field(sa_type=text_enum(CodeKind))
    code: str
    meaning: str
    added_by: UUID | None = None
    added_by_name: str | None = None
    added_at: datetime | None = Field(default=None, sa_type=Timestamp)
    retired_by: UUID | None = None
    retired_by_name: str | None = None
    retired_at: datetime | None = Field(default=None, sa_type=Timestamp)
    retirement_reason: str | None = None
