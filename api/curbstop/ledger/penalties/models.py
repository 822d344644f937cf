"""Penalty runs, and the bills that each run charged."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Numeric, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from curbstop.platform.db import Timestamp, text_enum


class PenaltyRunState(StrEnum):
    QUEUED = "queued"
    POSTED = "posted"


class PenaltyKind(StrEnum):
    BASIC = "basic"
    RECURRING = "recurring"


class PenaltyRun(SQLModel, table=True):
    """One batch of late penalties, with the policy that it applied."""

    __tablename__ = "penalty_runs"

    id: UUID = Field(primary_key=True)
    as_of_on: date = Field(description="Bills past due on this day are charged.")
    policy: dict[str, Any] = Field(sa_type=JSONB)
    state: PenaltyRunState = Field(sa_type=text_enum(PenaltyRunState))
    charge_count: int
    cents: int = Field(sa_type=BigInteger)
    created_by: UUID
    created_at: datetime = Field(sa_type=Timestamp)
    posted_at: datetime | None = Field(default=None, sa_type=Timestamp)
    job_id: UUID | None = None


class PenaltyCharge(SQLModel, table=True):
    """One penalty on one bill. The unique key keeps a month from being charged twice."""

    __tablename__ = "penalty_charges"
    __table_args__ = (
        UniqueConstraint("bill_entry_id", "kind", "month"),
        CheckConstraint("(kind = 'basic') = (month = 0)", name="basic_is_month_zero"),
        CheckConstraint("cents > 0", name="cents_positive"),
        Index("ix_penalty_charges_account_id", "account_id"),
    )

    item_id: UUID = Field(primary_key=True, description="The open item that the penalty made.")
    run_id: UUID = Field(foreign_key="penalty_runs.id", index=True)
    account_id: UUID = Field(foreign_key="accounts.id")
    bill_entry_id: UUID = Field(
        foreign_key="journal_entries.id", description="The delinquent bill's entry."
    )
    kind: PenaltyKind = Field(sa_type=text_enum(PenaltyKind))
    month: int = Field(description="0 for the basic penalty, then 1, 2, … months delinquent.")
    base_cents: int = Field(sa_type=BigInteger)
    percent: Decimal = Field(sa_type=Numeric)
    cents: int = Field(sa_type=BigInteger)
