"""Reads, how estimates were made, and the codes that readers leave."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric, SmallInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from curbstop.documents.files import models as _files  # noqa: F401 - the table keyed to below
from curbstop.platform.db import Timestamp, text_enum
from curbstop.readings.estimation.methods import EstimateMethod
from curbstop.readings.kinds import ReadKind, ReadMethod


class Read(SQLModel, table=True):
    """What a register showed on a day. Append-only; the highest revision of a day stands.

    `value` NULL withdraws the read of that day. `rollovers` is how often the register passed zero
    since the read before, as somebody accepted it. Partitions are months of `read_on`; a set-based
    trigger keeps `register_id` true, since registers are never deleted.
    """

    __tablename__ = "reads"
    __table_args__ = (
        CheckConstraint("value >= 0", name="value_not_negative"),
        CheckConstraint("rollovers BETWEEN 0 AND 9", name="rollovers_range"),
        {"postgresql_partition_by": "RANGE (read_on)"},
    )

    register_id: UUID = Field(primary_key=True)
    read_on: date = Field(primary_key=True)
    revision: int = Field(primary_key=True, sa_type=SmallInteger)
    value: Decimal | None = Field(default=None, sa_type=Numeric)
    method: ReadMethod = Field(sa_type=text_enum(ReadMethod))
    kind: ReadKind = Field(sa_type=text_enum(ReadKind))
    rollovers: int = Field(sa_type=SmallInteger)
    import_id: UUID | None = None
    line: int | None = None
    recorded_by: UUID | None = None
    recorded_at: datetime | None = Field(default=None, sa_type=Timestamp)


class EstimateRecord(SQLModel, table=True):
    """How an estimated read was made, and the actual read that later told the truth."""

    __tablename__ = "estimates"
    __table_args__ = (Index("ix_estimates_register_id", "register_id", "read_on"),)

    id: UUID = Field(primary_key=True)
    register_id: UUID = Field(foreign_key="registers.id")
    read_on: date
    method: EstimateMethod = Field(sa_type=text_enum(EstimateMethod))
    used: Decimal = Field(sa_type=Numeric)
    value: Decimal = Field(sa_type=Numeric)
    explanation: str
    inputs: dict[str, Any] = Field(sa_type=JSONB)
    made_by: UUID
    made_at: datetime = Field(sa_type=Timestamp)


class ReadCode(SQLModel, table=True):
    """What a reader left instead of a read or beside it: skip and trouble codes, note, photo."""

    __tablename__ = "read_codes"
    __table_args__ = (Index("ix_read_codes_service_point_id", "service_point_id", "noted_on"),)

    id: UUID = Field(primary_key=True)
    service_point_id: UUID = Field(foreign_key="service_points.id")
    register_id: UUID | None = Field(default=None, foreign_key="registers.id")
    noted_on: date
    skip_code: str
    trouble_codes: list[str] = Field(sa_type=JSONB)
    note: str
    photo_id: UUID | None = Field(default=None, foreign_key="stored_files.id")
    import_id: UUID | None = None
    recorded_by: UUID
    recorded_at: datetime = Field(sa_type=Timestamp)
