"""The tables of flag kinds and of the flags on accounts."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field, SQLModel

from curbstop.platform.db import DAYS, Timestamp, text_enum


class Weight(StrEnum):
    """How loudly a flag speaks: it stops the act in hand, asks for care, or tells."""

    STOP = "stop"
    CARE = "care"
    TELL = "tell"


class FlagKind(SQLModel, table=True):
    """A kind of flag, as data. One that is not offered any more stays for the flags that stand."""

    __tablename__ = "flag_kinds"
    __table_args__ = (CheckConstraint("code ~ '^[a-z][a-z0-9_]{1,39}$'", name="code_shape"),)

    code: str = Field(primary_key=True)
    name: str
    weight: Weight = Field(sa_type=text_enum(Weight))
    guidance: str = Field(description="What to do about it, shown beside the flag.")
    is_offered: bool


class AccountFlag(SQLModel, table=True):
    """A flag on an account, shown on the days `[from_on, to_on)` unless removed earlier.

    Open-ended only when whoever raised it said so. One of a kind stands at a time.
    """

    __tablename__ = "account_flags"
    __table_args__ = (
        CheckConstraint("(to_on IS NULL) = until_removed", name="expires_or_said_so"),
        CheckConstraint("to_on > from_on", name="period_forward"),
        CheckConstraint("reason <> ''", name="reason_given"),
        CheckConstraint(
            "(removed_at IS NULL) = (removed_by IS NULL)"
            " AND (removed_at IS NULL) = (removed_by_name IS NULL)"
            " AND (removed_at IS NULL) = (removal_reason IS NULL)",
            name="removed_with_reason",
        ),
        ExcludeConstraint(
            ("account_id", "="),
            ("kind", "="),
            (DAYS, "&&"),
            name="account_flags_once",
            using="gist",
            where=text("removed_at IS NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    account_id: UUID = Field(foreign_key="accounts.id", index=True)
    kind: str = Field(foreign_key="flag_kinds.code")
    reason: str
    from_on: date
    to_on: date | None = None
    until_removed: bool
    raised_by: UUID
    raised_by_name: str
    raised_at: datetime = Field(sa_type=Timestamp)
    removed_by: UUID | None = None
    removed_by_name: str | None = None
    removed_at: datetime | None = Field(default=None, sa_type=Timestamp)
    removal_reason: str | None = None
