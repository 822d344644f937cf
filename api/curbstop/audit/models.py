"""The audit trail's one table."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from curbstop.platform.db import Timestamp


class AuditEvent(SQLModel, table=True):
    """One act. `action` reads `room.acted`; `before` and `after` hold the fields that changed."""

    __tablename__ = "audit_events"
    __table_args__ = (
        Index("ix_audit_events_subject_id", "subject_id", "at"),
        Index("ix_audit_events_at", "at"),
        Index("ix_audit_events_action", "action", "seq"),
        Index("ix_audit_events_actor_id", "actor_id", "seq"),
    )

    seq: int | None = Field(
        default=None, sa_type=BigInteger, primary_key=True, sa_column_args=(Identity(always=True),)
    )
    at: datetime = Field(sa_type=Timestamp)
    actor_id: UUID
    actor_name: str
    action: str
    subject_id: UUID | None = None
    reason: str | None = None
    before: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    after: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
