"""Cycles: which accounts bill together, and the calendar of their periods."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import field_validator
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field, SQLModel

from curbstop.kernel.fields import printable
from curbstop.platform.db import DAYS, text_enum

_PERIOD = text("daterange(period_from, period_to, '[)')")


class Frequency(StrEnum):
    """How often a cycle bills."""

    MONTHLY = "monthly"
    BIMONTHLY = "bimonthly"
    QUARTERLY = "quarterly"

    @property
    def months(self) -> int:
        """Months of one period."""
        return {"monthly": 1, "bimonthly": 2, "quarterly": 3}[self.value]


class CycleRequest(SQLModel):
    """A cycle as the office sets it up."""

    id: UUID = Field(primary_key=True, description="Client-made UUIDv7; repeating it is safe.")
    code: str = Field(
        unique=True,
        min_length=1,
        max_length=20,
        schema_extra={"pattern": r"^[A-Z0-9][A-Z0-9-]*$"},
        description="Short name on lists, capitals and digits.",
    )
    name: str = Field(min_length=1, max_length=80)
    frequency: Frequency = Field(sa_type=text_enum(Frequency))

    _printable = field_validator("*", mode="before")(printable)


class Cycle(CycleRequest, table=True):
    """Accounts that are read and billed together."""

    __tablename__ = "cycles"


class CycleAccount(SQLModel, table=True):
    """An account's stay in a cycle, `[from_on, to_on)`; in one cycle at a time (exclusion)."""

    __tablename__ = "cycle_accounts"
    __table_args__ = (
        CheckConstraint("to_on > from_on", name="forward"),
        ExcludeConstraint(
            ("account_id", "="), (DAYS, "&&"), name="cycle_accounts_once", using="gist"
        ),
        Index("ix_cycle_accounts_cycle_id", "cycle_id", "account_id"),
    )

    id: UUID = Field(primary_key=True)
    account_id: UUID = Field(foreign_key="accounts.id", index=True)
    cycle_id: UUID = Field(foreign_key="cycles.id")
    from_on: date
    to_on: date | None = None


class CyclePeriod(SQLModel, table=True):
    """One period of a cycle's calendar.

    `[period_from, period_to)` is billed; reads taken on `read_from … read_to` (both included)
    close it; the bill is dated `bill_on` and due `due_on`. Each period but a cycle's first starts
    where another ends (foreign key), and none overlap (exclusion).
    """

    __tablename__ = "cycle_periods"
    __table_args__ = (
        UniqueConstraint("cycle_id", "period_to", name="uq_cycle_periods_end"),
        ForeignKeyConstraint(
            ["cycle_id", "follows_on"],
            ["cycle_periods.cycle_id", "cycle_periods.period_to"],
            name="fk_cycle_periods_contiguous",
        ),
        ExcludeConstraint(
            ("cycle_id", "="), (_PERIOD, "&&"), name="cycle_periods_once", using="gist"
        ),
        CheckConstraint("period_to > period_from", name="forward"),
        CheckConstraint("follows_on = period_from", name="contiguous"),
        CheckConstraint("read_from <= read_to", name="read_window"),
        CheckConstraint("bill_on >= period_from AND due_on > bill_on", name="dates_in_order"),
        Index(
            "uq_cycle_periods_first",
            "cycle_id",
            unique=True,
            postgresql_where=text("follows_on IS NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    cycle_id: UUID = Field(foreign_key="cycles.id")
    period_from: date
    period_to: date
    follows_on: date | None = None
    read_from: date
    read_to: date
    bill_on: date
    due_on: date
