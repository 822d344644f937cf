"""Service points, meters, registers, installations and deductions."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field, SQLModel

from curbstop.kernel.units import Unit
from curbstop.meters.kinds import (
    InstallationRole,
    MeterKind,
    MeterStatus,
    RegisterNumber,
    ServicePointStatus,
)
from curbstop.parcels.kinds import Service
from curbstop.platform.db import DAYS, Timestamp, text_enum, trigram_index


class ServicePoint(SQLModel, table=True):
    """Where a meter sits, or a service without one is taken. `location` says where on the lot."""

    __tablename__ = "service_points"
    __table_args__ = (
        trigram_index("service_points", "code"),
        trigram_index("service_points", "location"),
    )

    id: UUID = Field(primary_key=True)
    code: str = Field(unique=True)
    parcel_id: UUID | None = Field(default=None, foreign_key="parcels.id", index=True)
    service: Service = Field(sa_type=text_enum(Service))
    location: str
    zone: str
    access_notes: str
    longitude: Decimal | None = Field(default=None, sa_type=Numeric(10, 7))
    latitude: Decimal | None = Field(default=None, sa_type=Numeric(10, 7))
    status: ServicePointStatus = Field(sa_type=text_enum(ServicePointStatus))
    created_at: datetime = Field(sa_type=Timestamp)
    version: int = Field(default=1)


class Meter(SQLModel, table=True):
    """A device by maker and serial. `size` is canonical: `5/8`, `3/4`, `1`, `1-1/2`, `2`, …"""

    __tablename__ = "meters"
    __table_args__ = (
        UniqueConstraint("make", "serial"),
        CheckConstraint("(status = 'retired') = (retired_on IS NOT NULL)", name="retired_day"),
        trigram_index("meters", "serial"),
        trigram_index("meters", "endpoint_serial"),
    )

    id: UUID = Field(primary_key=True)
    serial: str
    make: str
    model: str
    size: str
    kind: MeterKind = Field(sa_type=text_enum(MeterKind))
    endpoint_serial: str
    status: MeterStatus = Field(sa_type=text_enum(MeterStatus))
    retired_on: date | None = None
    created_at: datetime = Field(sa_type=Timestamp)
    version: int = Field(default=1)


class Register(SQLModel, table=True):
    """A counter of a meter.

    `dials` counts every billing digit, `decimals` of them right of the point. What is billed is
    `(to - from) x multiplier` in `unit`, in whole `billing_step`s; 0 bills every digit.
    """

    __tablename__ = "registers"
    __table_args__ = (
        UniqueConstraint("meter_id", "number"),
        CheckConstraint("dials BETWEEN 1 AND 12", name="dials_range"),
        CheckConstraint("decimals BETWEEN 0 AND dials", name="decimals_range"),
        CheckConstraint("multiplier > 0", name="multiplier_positive"),
        CheckConstraint("billing_step >= 0", name="billing_step_not_negative"),
    )

    id: UUID = Field(primary_key=True)
    meter_id: UUID = Field(foreign_key="meters.id")
    number: RegisterNumber = Field(sa_type=text_enum(RegisterNumber))
    dials: int
    decimals: int
    multiplier: Decimal = Field(sa_type=Numeric(14, 6))
    unit: Unit = Field(sa_type=text_enum(Unit))
    billing_step: Decimal = Field(sa_type=Numeric(14, 6))


class RegisterCorrection(SQLModel, table=True):
    """The record said something wrong of a register: what it said, what is true, who found out.

    Append-only. A trigger keeps a register at what its latest correction says, so that nobody
    changes its dials or multiplier without a row here. `wrong_since_on` is the first day whose
    water was counted wrongly.
    """

    __tablename__ = "register_corrections"
    __table_args__ = (
        CheckConstraint(
            "(dials, decimals, multiplier, unit, billing_step)"
            " <> (was_dials, was_decimals, was_multiplier, was_unit, was_billing_step)",
            name="corrects_something",
        ),
        Index("ix_register_corrections_register_id", "register_id", "made_at"),
    )

    id: UUID = Field(primary_key=True)
    register_id: UUID = Field(foreign_key="registers.id")
    wrong_since_on: date
    dials: int
    decimals: int
    multiplier: Decimal = Field(sa_type=Numeric(14, 6))
    unit: Unit = Field(sa_type=text_enum(Unit))
    billing_step: Decimal = Field(sa_type=Numeric(14, 6))
    was_dials: int
    was_decimals: int
    was_multiplier: Decimal = Field(sa_type=Numeric(14, 6))
    was_unit: Unit = Field(sa_type=text_enum(Unit))
    was_billing_step: Decimal = Field(sa_type=Numeric(14, 6))
    reason: str
    made_by: UUID
    made_at: datetime = Field(sa_type=Timestamp)


class Installation(SQLModel, table=True):
    """A meter at a service point in `[from_on, to_on)`; `to_on` is the day of its out-read."""

    __tablename__ = "installations"
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="period_forward"),
        ExcludeConstraint(
            ("meter_id", "="), (DAYS, "&&"), name="installations_meter_once", using="gist"
        ),
        ExcludeConstraint(
            ("service_point_id", "="),
            ("role", "="),
            (DAYS, "&&"),
            name="installations_point_once",
            using="gist",
        ),
        # The exclusions imply both; as small indexes they answer what stands where now.
        Index(
            "uq_installations_meter_now",
            "meter_id",
            unique=True,
            postgresql_where=text("to_on IS NULL"),
        ),
        Index(
            "uq_installations_point_now",
            "service_point_id",
            "role",
            unique=True,
            postgresql_where=text("to_on IS NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    meter_id: UUID = Field(foreign_key="meters.id", index=True)
    service_point_id: UUID = Field(foreign_key="service_points.id", index=True)
    role: InstallationRole = Field(sa_type=text_enum(InstallationRole))
    from_on: date
    to_on: date | None = None


class Deduction(SQLModel, table=True):
    """Water through the child's meter also passed the parent's, and is taken off it there."""

    __tablename__ = "deductions"
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="period_forward"),
        CheckConstraint("parent_service_point_id <> child_service_point_id", name="not_itself"),
        ExcludeConstraint(
            ("child_service_point_id", "="),
            (DAYS, "&&"),
            name="deductions_child_once",
            using="gist",
        ),
    )

    id: UUID = Field(primary_key=True)
    parent_service_point_id: UUID = Field(foreign_key="service_points.id", index=True)
    child_service_point_id: UUID = Field(foreign_key="service_points.id", index=True)
    from_on: date
    to_on: date | None = None
