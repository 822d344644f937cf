"""Statements: the balance facts as they were when a bill posted, and what was printed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from curbstop.platform.db import Timestamp


class Statement(SQLModel, table=True):
    """What a posted bill asks for. The parts sum to the total (a check).

    Payments and credits are negative. The snapshot is canonical JSON, written when the statement
    is first shown or printed and never again, so that a reprint is exact.
    """

    __tablename__ = "statements"
    __table_args__ = (
        CheckConstraint(
            "previous_cents + payments_cents + adjustments_cents + current_cents = total_due_cents",
            name="foots",
        ),
        Index("ix_statements_account", "account_id", "posted_at"),
    )

    bill_id: UUID = Field(primary_key=True)
    account_id: UUID
    previous_cents: int = Field(sa_type=BigInteger)
    payments_cents: int = Field(sa_type=BigInteger)
    adjustments_cents: int = Field(sa_type=BigInteger)
    current_cents: int = Field(sa_type=BigInteger)
    total_due_cents: int = Field(sa_type=BigInteger)
    through_seq: int = Field(
        sa_type=BigInteger, description="The account's last journal entry before this bill."
    )
    posted_at: datetime = Field(sa_type=Timestamp)
    snapshot: bytes | None = Field(default=None, sa_type=LargeBinary)


class StatementPrint(SQLModel, table=True):
    """A time that statements left the office, or were shown again: append-only.

    A batch names its run and its file and was reconciled with the register; a single reprint names
    its bill.
    """

    __tablename__ = "statement_prints"
    __table_args__ = (
        CheckConstraint("(run_id IS NULL) <> (bill_id IS NULL)", name="run_or_bill"),
        Index("ix_statement_prints_run_id", "run_id"),
        Index("ix_statement_prints_bill_id", "bill_id"),
    )

    id: UUID = Field(primary_key=True)
    run_id: UUID | None = Field(default=None, foreign_key="bill_runs.id")
    bill_id: UUID | None = None
    file_id: UUID | None = None
    statements: int
    pages: int
    total_due_cents: int = Field(sa_type=BigInteger)
    language: str
    printed_by: UUID
    printed_at: datetime = Field(sa_type=Timestamp)
    totals: dict[str, Any] = Field(sa_type=JSONB, description="What it was reconciled with.")
