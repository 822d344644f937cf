"""Bill runs, the chunks they are worked in, and what they could not bill."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Identity,
    Index,
    Uuid,
    text,
)
from sqlmodel import Field, SQLModel

from curbstop.platform.db import Timestamp, text_enum


class RunKind(StrEnum):
    """A whole cycle by its calendar, or named accounts outside it (finals, corrections)."""

    REGULAR = "regular"
    OFF_CYCLE = "off_cycle"


class RunState(StrEnum):
    """How far a run is; a trigger refuses any other step than those of `ALLOWED`."""

    DRAFT = "draft"
    CALCULATED = "calculated"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    POSTED = "posted"
    REVERSED = "reversed"
    DISCARDED = "discarded"


ALLOWED: frozenset[tuple[RunState, RunState]] = frozenset(
    {
        (RunState.DRAFT, RunState.CALCULATED),
        (RunState.CALCULATED, RunState.DRAFT),
        (RunState.REVIEWED, RunState.DRAFT),
        (RunState.CALCULATED, RunState.REVIEWED),
        (RunState.REVIEWED, RunState.CALCULATED),
        (RunState.REVIEWED, RunState.APPROVED),
        (RunState.APPROVED, RunState.POSTED),
        (RunState.POSTED, RunState.REVERSED),
        (RunState.DRAFT, RunState.DISCARDED),
        (RunState.CALCULATED, RunState.DISCARDED),
        (RunState.REVIEWED, RunState.DISCARDED),
    }
)


class BillRun(SQLModel, table=True):
    """One run. `through_on` is the last day whose reads count; the period is `[from, to)`."""

    __tablename__ = "bill_runs"
    __table_args__ = (
        CheckConstraint("approved_by <> prepared_by", name="four_eyes"),
        CheckConstraint("period_to > period_from", name="forward"),
        CheckConstraint("due_on > bill_on", name="due_after_bill"),
        CheckConstraint(
            "(kind = 'regular') = (cycle_period_id IS NOT NULL)", name="kind_has_cycle"
        ),
        CheckConstraint("kind = 'regular' OR length(reason) >= 5", name="off_cycle_has_reason"),
        CheckConstraint(
            "(approved_by IS NULL) = (state NOT IN ('approved', 'posted', 'reversed'))",
            name="approved_is_signed",
        ),
        CheckConstraint("(reversed_by IS NULL) = (state <> 'reversed')", name="reversed_is_signed"),
        Index(
            "uq_bill_runs_cycle_period",
            "cycle_period_id",
            unique=True,
            postgresql_where=text("state NOT IN ('reversed', 'discarded')"),
        ),
        Index("ix_bill_runs_prepared_at", "prepared_at"),
    )

    id: UUID = Field(primary_key=True)
    number: int | None = Field(default=None, unique=True, sa_column_args=(Identity(always=True),))
    kind: RunKind = Field(sa_type=text_enum(RunKind))
    name: str
    cycle_period_id: UUID | None = Field(default=None, foreign_key="cycle_periods.id")
    account_ids: list[UUID] = Field(
        sa_type=ARRAY(Uuid), description="The accounts of an off-cycle run; empty on a regular one."
    )
    reason: str = Field(
        default="",
        sa_column_kwargs={"server_default": ""},
        description="Why an off-cycle run bills its accounts outside the calendar.",
    )
    period_from: date
    period_to: date
    through_on: date
    bill_on: date
    due_on: date
    state: RunState = Field(
        default=RunState.DRAFT,
        sa_type=text_enum(RunState),
        sa_column_kwargs={"server_default": "draft"},
    )
    prepared_by: UUID
    prepared_at: datetime = Field(sa_type=Timestamp)
    calculated_at: datetime | None = Field(default=None, sa_type=Timestamp)
    reviewed_by: UUID | None = None
    reviewed_at: datetime | None = Field(default=None, sa_type=Timestamp)
    approved_by: UUID | None = None
    approved_at: datetime | None = Field(default=None, sa_type=Timestamp)
    posted_by: UUID | None = None
    posted_at: datetime | None = Field(default=None, sa_type=Timestamp)
    posted_on: date | None = None
    reversed_by: UUID | None = None
    reversed_at: datetime | None = Field(default=None, sa_type=Timestamp)
    reversal_reason: str | None = None
    expected: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    billed: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    current_cents: int = Field(
        default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"}
    )


class ChunkState(StrEnum):
    """How far a chunk is; each step is one transaction."""

    PENDING = "pending"
    CALCULATED = "calculated"
    POSTED = "posted"
    REVERSED = "reversed"


class RunChunk(SQLModel, table=True):
    """The accounts that are worked in one transaction, in the order of their numbers."""

    __tablename__ = "run_chunks"
    __table_args__ = (
        CheckConstraint("cardinality(account_ids) > 0", name="not_empty"),
        Index("ix_run_chunks_state", "run_id", "state", "number"),
    )

    run_id: UUID = Field(primary_key=True, foreign_key="bill_runs.id")
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    first_place: int = Field(description="The place in the run of its first account.")
    account_ids: list[UUID] = Field(sa_type=ARRAY(Uuid))
    state: ChunkState = Field(
        default=ChunkState.PENDING,
        sa_type=text_enum(ChunkState),
        sa_column_kwargs={"server_default": "pending"},
    )
    billed: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    current_cents: int = Field(
        default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"}
    )


class ExceptionCode(StrEnum):
    """Why an account could not be billed, or should be looked at."""

    NOTHING_TO_BILL = "nothing_to_bill"
    NO_READ = "no_read"
    OPEN_REVIEW = "open_review"
    CONSUMPTION = "consumption"
    NO_TARIFF = "no_tariff"
    CANNOT_PRICE = "cannot_price"
    OTHER_RUN = "other_run"
    DEFECT = "defect"
    ESTIMATED = "estimated"
    CREDIT = "credit"


class Severity(StrEnum):
    """`block`: no bill was made. `warn`: billed, but somebody should look."""

    BLOCK = "block"
    WARN = "warn"


class RunException(SQLModel, table=True):
    """An account of the run that was not billed, or that somebody should look at.

    `id` derives from run, account, agreement and code, so a recalculation finds it again; an
    excuse stands as long as the reason does.
    """

    __tablename__ = "run_exceptions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["run_id", "chunk"],
            ["run_chunks.run_id", "run_chunks.number"],
            name="fk_run_exceptions_chunk",
            ondelete="CASCADE",
        ),
        CheckConstraint(
            "(excused_by IS NULL) = (excuse IS NULL)"
            " AND (excused_by IS NULL) = (excused_at IS NULL)",
            name="excuse_is_signed",
        ),
        Index("ix_run_exceptions_run_chunk", "run_id", "chunk"),
        Index("ix_run_exceptions_account", "run_id", "account_id"),
    )

    id: UUID = Field(primary_key=True)
    run_id: UUID
    chunk: int
    account_id: UUID = Field(foreign_key="accounts.id")
    agreement_id: UUID | None = Field(default=None, foreign_key="agreements.id")
    code: ExceptionCode = Field(sa_type=text_enum(ExceptionCode))
    reason: str
    severity: Severity = Field(sa_type=text_enum(Severity))
    excused_by: UUID | None = None
    excuse: str | None = None
    excused_at: datetime | None = Field(default=None, sa_type=Timestamp)
