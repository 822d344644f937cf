"""Sample audits: what was drawn, and what somebody found at the meter."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Numeric
from sqlmodel import Field, SQLModel

from curbstop.platform.db import Timestamp, text_enum


class ReadFinding(StrEnum):
    """What the check of a sampled read came to."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_FOUND = "not_found"


class ReadAudit(SQLModel, table=True):
    """A sample of accepted reads. Append-only: a sample that could be redrawn proves nothing.

    The draw is repeatable: the reads of the span in the order of md5(seed, register, day).
    """

    __tablename__ = "read_audits"
    __table_args__ = (
        CheckConstraint("last_on >= first_on", name="days_in_order"),
        CheckConstraint("sample_size > 0 AND sample_size <= population", name="drawn_from"),
    )

    id: UUID = Field(primary_key=True)
    name: str
    first_on: date
    last_on: date
    walk_id: UUID | None = Field(default=None, foreign_key="walks.id")
    asked_size: int
    sample_size: int
    population: int
    seed: str
    drawn_by: UUID
    drawn_at: datetime = Field(sa_type=Timestamp)


class AuditedRead(SQLModel, table=True):
    """A read of the sample as it stood when it was drawn. Append-only."""

    __tablename__ = "read_audit_items"

    audit_id: UUID = Field(primary_key=True, foreign_key="read_audits.id")
    place: int = Field(primary_key=True)
    register_id: UUID = Field(foreign_key="registers.id")
    service_point_id: UUID | None = Field(default=None, foreign_key="service_points.id")
    read_on: date
    value: Decimal = Field(sa_type=Numeric)
    recorded_by: UUID | None = None


class AuditFinding(SQLModel, table=True):
    """What somebody found; once for each read of the sample. Append-only.

    Nobody audits a read of his own (`recorded_by` is the read's, held by the foreign table's row).
    """

    __tablename__ = "read_audit_findings"
    __table_args__ = (
        ForeignKeyConstraint(
            ["audit_id", "place"], ["read_audit_items.audit_id", "read_audit_items.place"]
        ),
        CheckConstraint(
            "(finding = 'differs') = (found_value IS NOT NULL)", name="differs_says_what"
        ),
        CheckConstraint("checked_by <> recorded_by", name="checked_by_another"),
    )

    audit_id: UUID = Field(primary_key=True)
    place: int = Field(primary_key=True)
    finding: ReadFinding = Field(sa_type=text_enum(ReadFinding))
    found_value: Decimal | None = Field(default=None, sa_type=Numeric)
    note: str
    recorded_by: UUID | None = None
    checked_by: UUID
    checked_at: datetime = Field(sa_type=Timestamp)
