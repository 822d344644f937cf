"""The table of decided policy values."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from curbstop.platform.db import Timestamp


class PolicyValue(SQLModel, table=True):
    """A decision: this value from this day on. Never changed; a later entry corrects it."""

    __tablename__ = "policy_values"
    __table_args__ = (
        CheckConstraint("(warning IS NULL) OR (length(reason) >= 10)", name="warned_has_reason"),
        Index("ix_policy_values_key", "key", "scope", "from_on", "approved_at", "id"),
    )

    id: UUID = Field(primary_key=True)
    key: str
    scope: str
    value: Any = Field(sa_type=JSONB, sa_column_kwargs={"nullable": False})
    from_on: date
    citation: str
    decided_by: str
    reason: str
    warning: str | None
    approved_by: UUID
    approved_by_name: str
    approved_at: datetime = Field(sa_type=Timestamp)
