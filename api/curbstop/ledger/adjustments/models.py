"""Adjustments: corrections to a balance, posted by a second person above their type's limit."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field, SQLModel

from curbstop.kernel.money import NonZeroCents
from curbstop.platform.db import Timestamp, text_enum


class Direction(StrEnum):
    CREDIT = "credit"
    DEBIT = "debit"
    BOTH = "both"


class AdjustmentState(StrEnum):
    REQUESTED = "requested"
    POSTED = "posted"
    REJECTED = "rejected"


class AdjustmentType(SQLModel, table=True):
    """A kind of correction that the office makes, as data."""

    __tablename__ = "adjustment_types"
    code: str = Field(primary_key=True)
    name: str
    gl: str = Field(foreign_key="gl_accounts.code", description="The account beside receivable.")
    direction: Direction = Field(sa_type=text_enum(Direction))
    charge_group: str | None = Field(default=None, foreign_key="charge_groups.code")
    due_days: int = Field(description="Days until a charge made by it is due.")


class AdjustmentRequest(SQLModel):
    """What someone asks for. Each field is described once, here, and inherited below."""

    id: UUID = Field(primary_key=True, description="Client-made UUIDv7; repeating it is safe.")
    account_id: UUID = Field(foreign_key="accounts.id", index=True)
    type_code: str = Field(
        foreign_key="adjustment_types.code", max_length=40, schema_extra={"examples": ["leak"]}
    )
    amount_cents: NonZeroCents = Field(
        sa_type=BigInteger, description="Signed cents: negative credits the customer."
    )
    note: str = Field(min_length=10, max_length=500, description="Why; printed on the statement.")
    basis: str = Field(
        default="", max_length=4000, description="The arithmetic in words, as the calculator gave."
    )


class Adjustment(AdjustmentRequest, table=True):
    """A request and its decision. `limit_cents` is the type's limit on the day of the request."""

    __tablename__ = "adjustments"
    __table_args__ = (
        CheckConstraint(
            "state <> 'posted' OR decided_by <> requested_by OR abs(amount_cents) <= limit_cents",
            name="two_people",
        ),
        CheckConstraint("(state = 'posted') = (entry_id IS NOT NULL)", name="posted_has_entry"),
        CheckConstraint(
            "(state = 'requested') = (decided_by IS NULL)"
            " AND (decided_by IS NULL) = (decided_at IS NULL)",
            name="decided_when",
        ),
    )

    limit_cents: int = Field(sa_type=BigInteger)
    state: AdjustmentState = Field(sa_type=text_enum(AdjustmentState))
    requested_by: UUID
    requested_by_name: str
    requested_at: datetime = Field(sa_type=Timestamp)
    decided_by: UUID | None = None
    decided_by_name: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=Timestamp)
    decision_note: str | None = None
    entry_id: UUID | None = Field(default=None, foreign_key="journal_entries.id", unique=True)
