"""Tables of tariffs and their versions."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from curbstop.platform.db import Timestamp, text_enum


class VersionState(StrEnum):
    """`superseded` is not stored: it follows from a later approved version."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"


class TariffRow(SQLModel, table=True):
    """A tariff; `code` is what an agreement names. `body` holds what all versions share."""

    __tablename__ = "tariffs"

    id: UUID = Field(primary_key=True)
    code: str = Field(unique=True)
    name_en: str
    name_es: str
    service: str
    unit: str
    body: dict[str, Any] = Field(sa_type=JSONB, sa_column_kwargs={"nullable": False})
    created_at: datetime = Field(sa_type=Timestamp)


class TariffVersion(SQLModel, table=True):
    """A schedule as drafted or adopted. `authors` is everyone who wrote in it; none may approve."""

    __tablename__ = "tariff_versions"
    __table_args__ = (
        CheckConstraint(
            "approved_by <> drafted_by AND approved_by <> ALL (authors)", name="four_eyes"
        ),
        CheckConstraint(
            "(state = 'approved') = (approved_by IS NOT NULL AND approved_at IS NOT NULL)",
            name="approved_by_whom",
        ),
        CheckConstraint("(state <> 'draft') = (proposed_at IS NOT NULL)", name="proposed_when"),
        Index(
            "uq_tariff_versions_effective_on",
            "tariff_id",
            "effective_on",
            unique=True,
            postgresql_where=text("state = 'approved'"),
        ),
        Index("ix_tariff_versions_tariff_id", "tariff_id", "effective_on"),
    )

    id: UUID = Field(primary_key=True)
    tariff_id: UUID = Field(foreign_key="tariffs.id")
    effective_on: date
    resolution: str
    source: str
    body: dict[str, Any] = Field(sa_type=JSONB, sa_column_kwargs={"nullable": False})
    sha256: str
    state: VersionState = Field(sa_type=text_enum(VersionState))
    drafted_by: UUID
    drafted_by_name: str
    drafted_at: datetime = Field(sa_type=Timestamp)
    authors: list[UUID] = Field(sa_type=ARRAY(Uuid), sa_column_kwargs={"nullable": False})
    proposed_at: datetime | None = Field(default=None, sa_type=Timestamp)
    approved_by: UUID | None = None
    approved_by_name: str | None = None
    approved_at: datetime | None = Field(default=None, sa_type=Timestamp)
    version: int = Field(default=1)
