"""Which stored file belongs to which account."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from curbstop.documents.files import models as _files  # noqa: F401 - the table keyed to below
from curbstop.platform.db import Timestamp, text_enum


class AccountFileKind(StrEnum):
    """Which way the paper went: it came in, or the office sent it as a letter."""

    RECEIVED = "received"
    LETTER = "letter"


class AccountFile(SQLModel, table=True):
    """A stored file on an account, with its title. Append-only, as the file itself is."""

    __tablename__ = "account_files"
    __table_args__ = (
        CheckConstraint("title <> ''", name="title_given"),
        Index("ix_account_files_account_id", "account_id", "filed_at"),
    )

    id: UUID = Field(primary_key=True, foreign_key="stored_files.id")
    account_id: UUID = Field(foreign_key="accounts.id")
    kind: AccountFileKind = Field(sa_type=text_enum(AccountFileKind))
    title: str
    filed_by: UUID
    filed_by_name: str
    filed_at: datetime = Field(sa_type=Timestamp)
