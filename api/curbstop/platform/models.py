"""The jobs table: what was asked for, how far it is, how it ended."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from curbstop.platform.db import Timestamp, text_enum


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(SQLModel, table=True):
    """One piece of long work. `subject_id` is what it is about (a run, an import).

    Jobs that share a `lock` never run at the same time.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_subject_id", "subject_id"),
        Index("ix_jobs_created_at", "created_at"),
    )

    id: UUID = Field(primary_key=True)
    kind: str
    subject_id: UUID | None = None
    args: dict[str, Any] = Field(sa_type=JSONB)
    lock: str | None = None
    state: JobState = Field(
        default=JobState.QUEUED,
        sa_type=text_enum(JobState),
        sa_column_kwargs={"server_default": "queued"},
    )
    attempt: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    done: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    total: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    message: str = Field(default="", sa_column_kwargs={"server_default": ""})
    result: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    error: str | None = None
    created_by: UUID
    created_at: datetime = Field(sa_type=Timestamp)
    started_at: datetime | None = Field(default=None, sa_type=Timestamp)
    finished_at: datetime | None = Field(default=None, sa_type=Timestamp)
    cancel_asked_at: datetime | None = Field(default=None, sa_type=Timestamp)
    # Unique: a job that ended badly is tried again once; its successor may be tried again in turn.
    again_of: UUID | None = Field(default=None, foreign_key="jobs.id", unique=True)
