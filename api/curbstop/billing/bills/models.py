"""Bills: an account's charges for a period, segment by segment and line by line.

These are bulk tables: a run writes them by COPY, so references are checked set by set in
statement-level triggers (migration `0012_billing`), not by row foreign keys.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Numeric, SmallInteger, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from curbstop.platform.db import Timestamp, text_enum


class BillKind(StrEnum):
    """Where the bill stands in the account's life; off-cycle is outside the calendar."""

    REGULAR = "regular"
    FIRST = "first"
    FINAL = "final"
    OFF_CYCLE = "off_cycle"


class Bill(SQLModel, table=True):
    """One account's bill of one run. Posted when its chunk is; then only `reversed_at` may be set.

    `id` derives from run, place and account, so the same inputs write the same bytes again.
    `ordinal` is the account's place in its chunk. The cents are the sum of the lines.
    """

    __tablename__ = "bills"
    __table_args__ = (
        Index("uq_bills_run_chunk_ordinal", "run_id", "chunk", "ordinal", unique=True),
        Index("uq_bills_number", "number", unique=True),
        Index("ix_bills_account", "account_id", "period_to"),
        CheckConstraint("period_to > period_from", name="forward"),
        CheckConstraint("line_count >= 0", name="lines_counted"),
    )

    id: UUID = Field(primary_key=True)
    number: str = Field(description="Run, place and check digit: `0042-0001234-7`.")
    run_id: UUID
    chunk: int
    ordinal: int
    account_id: UUID
    account_class: str
    kind: BillKind = Field(sa_type=text_enum(BillKind))
    period_from: date
    period_to: date
    bill_on: date
    due_on: date
    current_cents: int = Field(sa_type=BigInteger)
    line_count: int = Field(sa_type=SmallInteger)
    estimated: bool
    reversed_at: datetime | None = Field(default=None, sa_type=Timestamp)


class BillSegment(SQLModel, table=True):
    """One agreement's part of a bill: its days, its water with the proof, its facts.

    The unique index on live segments is what keeps two runs, or a run and a rebill, from billing
    the same days twice. `cycle_from … cycle_to` is the whole cycle period when the segment is a
    part of one (first, final or skipped), otherwise null.
    """

    __tablename__ = "bill_segments"
    __table_args__ = (
        Index(
            "uq_bill_segments_live",
            "agreement_id",
            "period_from",
            unique=True,
            postgresql_where=text("live"),
        ),
        CheckConstraint("period_to > period_from", name="forward"),
        CheckConstraint("quantity >= 0", name="quantity_not_negative"),
    )

    bill_id: UUID = Field(primary_key=True)
    agreement_id: UUID = Field(primary_key=True)
    service: str
    service_point_id: UUID | None = None
    rate_code: str
    period_from: date
    period_to: date
    cycle_from: date | None = None
    cycle_to: date | None = None
    quantity: Decimal | None = Field(default=None, sa_type=Numeric)
    unit: str | None = None
    estimated: bool
    reads: list[dict[str, Any]] = Field(sa_type=JSONB, description="The proof of the quantity.")
    facts: dict[str, Any] = Field(sa_type=JSONB, description="What the engine was given.")
    live: bool = Field(sa_column_kwargs={"server_default": text("true")})


class BillLine(SQLModel, table=True):
    """One line as the engine rated it; see `rates.engine.lines.RatedLine` for each column."""

    __tablename__ = "bill_lines"

    bill_id: UUID = Field(primary_key=True)
    line: int = Field(
        primary_key=True, sa_type=SmallInteger, sa_column_kwargs={"autoincrement": False}
    )
    agreement_id: UUID
    version_id: UUID
    component: str
    model: str
    charge_group: str
    gl: str | None = None
    from_on: date
    to_on: date
    tier: int = Field(sa_type=SmallInteger)
    quantity: Decimal | None = Field(default=None, sa_type=Numeric)
    unit: str | None = None
    price: Decimal | None = Field(default=None, sa_type=Numeric)
    numerator: int
    denominator: int
    tier_from: Decimal | None = Field(default=None, sa_type=Numeric)
    tier_to: Decimal | None = Field(default=None, sa_type=Numeric)
    facts: str
    amount_cents: int = Field(sa_type=BigInteger)
