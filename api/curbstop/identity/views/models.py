"""Saved views of the staff lists."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from curbstop.platform.db import Timestamp


class SavedView(SQLModel, table=True):
    """A search, filters and sort of one list, under a name; everyone's when it is shared."""

    __tablename__ = "saved_views"
    __table_args__ = (
        CheckConstraint("length(search) <= 2000", name="search_length"),
        Index("uq_saved_views_name", "owner_id", "list", text("lower(name)"), unique=True),
    )

    id: UUID = Field(primary_key=True)
    owner_id: UUID = Field(foreign_key="users.id")
    list: str = Field(description="The list as the staff app names it.")
    name: str
    search: str = Field(description="The address's query, without its question mark.")
    shared: bool
    created_at: datetime = Field(sa_type=Timestamp)
