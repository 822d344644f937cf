"""The ledger's tables. Bulk tables carry statement triggers (0009_ledger.sql), not foreign keys."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, SmallInteger, Text, text
from sqlalchemy import UniqueConstraint as Unique
from sqlmodel import Field, SQLModel

from curbstop.platform.db import Timestamp, text_enum


class GlKind(StrEnum):
    ASSET = "asset"
    LIABILITY = "liability"
    INCOME = "income"
    EXPENSE = "expense"


class PeriodState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class GlAccount(SQLModel, table=True):
    """A general-ledger account. The one with the role `receivable` is the control account."""

    __tablename__ = "gl_accounts"

    code: str = Field(primary_key=True, description="The district's account number.")
    name: str
    kind: GlKind = Field(sa_type=text_enum(GlKind))
    fund: str | None = None
    role: str | None = Field(default=None, unique=True, description="What recipes know it by.")
    control: bool = Field(
        description="Its lines carry an account: the sum over accounts is its balance."
    )


class ChargeGroup(SQLModel, table=True):
    """What a charge is for, as tariffs name it, and where its income goes."""

    __tablename__ = "charge_groups"

    code: str = Field(primary_key=True)
    name: str
    fund: str
    income_gl: str = Field(foreign_key="gl_accounts.code")


class LedgerPeriod(SQLModel, table=True):
    """A month that was closed; it closes every month before it. Months after the last are open."""

    __tablename__ = "periods"
    __table_args__ = (
        CheckConstraint("EXTRACT(day FROM month) = 1", name="first_of_month"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_when"),
    )

    month: date = Field(primary_key=True)
    state: PeriodState = Field(sa_type=text_enum(PeriodState))
    closed_at: datetime | None = Field(default=None, sa_type=Timestamp)
    closed_by: UUID | None = None


class JournalEntry(SQLModel, table=True):
    """One posted act. Never changed; corrected by another that names it."""

    __tablename__ = "journal_entries"
    __table_args__ = (
        Unique("source_id", "source_type"),
        Index("ix_journal_entries_account_id", "account_id", "seq"),
        Index("ix_journal_entries_posted_on", "posted_on", postgresql_using="brin"),
        Index(
            "uq_journal_entries_reverses_id",
            "reverses_id",
            unique=True,
            postgresql_where=text("reverses_id IS NOT NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    seq: int = Field(sa_type=BigInteger, sa_column_args=(Identity(always=True),), unique=True)
    kind: str = Field(sa_type=Text)
    posted_on: date = Field(description="The district's date; decides the month.")
    posted_at: datetime = Field(sa_type=Timestamp)
    source_type: str = Field(sa_type=Text)
    source_id: UUID
    account_id: UUID | None = None
    memo: str = Field(sa_type=Text)
    reverses_id: UUID | None = Field(default=None, description="The entry it takes back whole.")
    txid: int = Field(
        sa_type=BigInteger,
        sa_column_kwargs={"server_default": text("(pg_current_xact_id()::text::bigint)")},
        description="The transaction that posted it: its lines and items must come in the same.",
    )


class JournalLine(SQLModel, table=True):
    """A transfer from `credit` to `debit`: an unbalanced entry cannot be written."""

    __tablename__ = "journal_lines"
    __table_args__ = (
        CheckConstraint("cents > 0", name="cents_positive"),
        CheckConstraint("debit <> credit", name="two_sides"),
    )

    entry_id: UUID = Field(primary_key=True)
    line: int = Field(primary_key=True, sa_type=SmallInteger)
    debit: str = Field(sa_type=Text)
    credit: str = Field(sa_type=Text)
    cents: int = Field(sa_type=BigInteger)
    account_id: UUID | None = Field(default=None, description="Whose receivable it moves.")
    item_id: UUID | None = Field(default=None, description="The open item it makes.")


class OpenItem(SQLModel, table=True):
    """What an account owes (cents > 0) or has to its credit (< 0). What is left is a projection."""

    __tablename__ = "open_items"
    __table_args__ = (
        CheckConstraint("cents <> 0", name="cents_not_zero"),
        Index("ix_open_items_entry_id", "entry_id"),
    )

    account_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    entry_id: UUID
    kind: str = Field(sa_type=Text)
    charge_group: str | None = Field(default=None, sa_type=Text)
    fund: str | None = Field(default=None, sa_type=Text)
    due_on: date
    posted_on: date
    cents: int = Field(sa_type=BigInteger)


class AppliedCredit(SQLModel, table=True):
    """Part of a credit that paid part of an item; negative rows take one back."""

    __tablename__ = "applications"
    __table_args__ = (
        CheckConstraint("cents <> 0", name="cents_not_zero"),
        CheckConstraint("(cents < 0) = (reverses_id IS NOT NULL)", name="negative_reverses"),
        Index("ix_applications_entry_id", "entry_id"),
        Index(
            "uq_applications_reverses_id",
            "reverses_id",
            unique=True,
            postgresql_where=text("reverses_id IS NOT NULL"),
        ),
    )

    account_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    credit_id: UUID
    item_id: UUID
    cents: int = Field(sa_type=BigInteger)
    applied_on: date
    entry_id: UUID = Field(description="The act that settled, sealed with it.")
    reverses_id: UUID | None = None


class AccountBalance(SQLModel, table=True):
    """Projection of the receivable by account, kept by the triggers of the journal."""

    __tablename__ = "account_balances"
    __table_args__ = (CheckConstraint("unapplied_cents >= 0", name="unapplied_not_negative"),)

    account_id: UUID = Field(primary_key=True)
    balance_cents: int = Field(sa_type=BigInteger, description="What the account owes, net.")
    unapplied_cents: int = Field(sa_type=BigInteger, description="Its credits not yet used.")


class Seal(SQLModel, table=True):
    """A link of the hash chain over entries `from_seq` to `to_seq`, both included."""

    __tablename__ = "seals"

    number: int = Field(
        sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False}
    )
    from_seq: int = Field(sa_type=BigInteger)
    to_seq: int = Field(sa_type=BigInteger)
    entry_count: int
    cents: int = Field(sa_type=BigInteger, description="Sum of the lines.")
    leaves: bytes = Field(description="Each entry's SHA-256, in order of seq, end to end.")
    previous: bytes
    sha256: bytes = Field(unique=True)
    sealed_at: datetime = Field(sa_type=Timestamp)
    sealed_by: UUID
