"""Winter averages as they are proposed: nothing prices a bill before a second person agreed."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, Numeric, Uuid
from sqlmodel import Field, SQLModel

from curbstop.platform.db import Timestamp, text_enum


class ProposalState(StrEnum):
    COMPUTING = "computing"
    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"


class WinterFlag(StrEnum):
    """Why a line deserves a look; `fine` does not."""

    FINE = "fine"
    NO_HISTORY = "no_history"
    ZERO = "zero"
    ROSE = "rose"
    FELL = "fell"
    HIGH = "high"
    BY_HAND = "by_hand"


class WinterProposal(SQLModel, table=True):
    """Averages of a rate by its rule, or of one customer by hand. `authors` may not approve."""

    __tablename__ = "winter_proposals"
    __table_args__ = (
        CheckConstraint("state <> 'approved' OR decided_by <> ALL (authors)", name="four_eyes"),
        CheckConstraint(
            "(state IN ('approved', 'rejected')) = (decided_by IS NOT NULL)", name="decided_by_whom"
        ),
        CheckConstraint("prepared_by = ANY (authors)", name="preparer_is_author"),
    )

    id: UUID = Field(primary_key=True)
    rate_code: str
    as_of_on: date | None = Field(default=None, description="None when it was set by hand.")
    from_on: date
    reason: str
    state: ProposalState = Field(sa_type=text_enum(ProposalState))
    authors: list[UUID] = Field(sa_type=ARRAY(Uuid), sa_column_kwargs={"nullable": False})
    prepared_by: UUID
    prepared_by_name: str
    prepared_at: datetime = Field(sa_type=Timestamp)
    decided_by: UUID | None = None
    decided_by_name: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=Timestamp)
    decision: str | None = None
    version: int = Field(default=1)


class WinterLine(SQLModel, table=True):
    """What one agreement would be set to; without a quantity it keeps what it has."""

    __tablename__ = "winter_lines"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity_positive"),
        CheckConstraint("quantity IS NOT NULL OR note <> ''", name="kept_for_a_reason"),
        Index("ix_winter_lines_agreement_id", "agreement_id"),
    )

    proposal_id: UUID = Field(primary_key=True, foreign_key="winter_proposals.id")
    agreement_id: UUID = Field(primary_key=True, foreign_key="agreements.id")
    quantity: Decimal | None = Field(default=None, sa_type=Numeric(14, 6))
    previous: Decimal | None = Field(default=None, sa_type=Numeric(14, 6))
    flag: WinterFlag = Field(sa_type=text_enum(WinterFlag))
    note: str
