"""The layouts that a district added; the shipped ones are files."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from curbstop.platform.db import Timestamp


class ReadLayout(SQLModel, table=True):
    """A layout of the district's own, kept word for word as it was added.

    One of a name is in force. A trigger keeps name, text and author; only the retirement is added,
    once.
    """

    __tablename__ = "read_layouts"
    __table_args__ = (
        CheckConstraint(
            "num_nulls(retired_by, retired_by_name, retired_at, retirement_reason) IN (0, 4)",
            name="retired_with_reason",
        ),
        Index(
            "uq_read_layouts_in_force",
            "name",
            unique=True,
            postgresql_where=text("retired_at IS NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    name: str
    title: str
    body: str
    created_by: UUID
    created_by_name: str
    created_at: datetime = Field(sa_type=Timestamp)
    retired_by: UUID | None = None
    retired_by_name: str | None = None
    retired_at: datetime | None = Field(default=None, sa_type=Timestamp)
    retirement_reason: str | None = None
