"""The tables of decided policy values and of the second person's answers."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from curbstop.platform.db import Timestamp, text_enum


class Answer(StrEnum):
    """What became of a value that needed two persons."""

    APPROVED = "approved"
    RETURNED = "returned"


class PolicyValue(SQLModel, table=True):
    """A decision: this value from this day on. Never changed; a later entry corrects it.

    `needs_second`: it applies once another person has approved it. The words on papers and the
    office's calendar need none; the CHECK holds that for every key there will ever be.
    """

    __tablename__ = "policy_values"
    __table_args__ = (
        CheckConstraint("(warning IS NULL) OR (length(reason) >= 10)", name="warned_has_reason"),
        CheckConstraint(
            "needs_second OR (split_part(key, '.', 1) IN ('district', 'office', 'statement')"
            " AND key <> 'district.regime')",
            name="money_needs_second",
        ),
        UniqueConstraint("id", "entered_by", name="uq_policy_values_entered_by"),
        Index("ix_policy_values_key", "key", "from_on"),
    )

    id: UUID = Field(primary_key=True)
    key: str
    value: Any = Field(sa_type=JSONB, sa_column_kwargs={"nullable": False})
    from_on: date
    citation: str
    decided_by: str
    reason: str
    warning: str | None
    needs_second: bool
    entered_by: UUID
    entered_by_name: str
    entered_at: datetime = Field(sa_type=Timestamp)


class PolicyAnswer(SQLModel, table=True):
    """The second person's answer to a value. Who entered it may take it back, never approve it.

    The composite key keeps `entered_by` true, so that the CHECK can compare the two persons.
    """

    __tablename__ = "policy_answers"
    __table_args__ = (
        CheckConstraint("answer = 'returned' OR answered_by <> entered_by", name="four_eyes"),
        CheckConstraint("answer = 'approved' OR length(reason) >= 5", name="returned_has_reason"),
        ForeignKeyConstraint(
            ["value_id", "entered_by"], ["policy_values.id", "policy_values.entered_by"]
        ),
    )

    value_id: UUID = Field(primary_key=True)
    entered_by: UUID
    answer: Answer = Field(sa_type=text_enum(Answer))
    reason: str
    answered_by: UUID
    answered_by_name: str
    answered_at: datetime = Field(sa_type=Timestamp)
