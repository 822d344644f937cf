"""Counties, parcels, owners and connections."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Numeric, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from curbstop.parcels.kinds import ConnectionStatus, Service
from curbstop.platform.db import Timestamp, text_enum, trigram_index


class County(SQLModel, table=True):
    """A county and how its assessor writes a parcel number. `apn_mask` NULL accepts any."""

    __tablename__ = "counties"

    code: str = Field(primary_key=True)
    name: str
    state: str
    apn_mask: str | None = None
    version: int = Field(default=1)


class Parcel(SQLModel, table=True):
    """A lot of the assessor's roll. `apn` is as printed, `apn_key` its letters and digits only.

    Longitude and latitude are the centroid of the geometry, in degrees (WGS 84).
    """

    __tablename__ = "parcels"
    __table_args__ = (
        UniqueConstraint("county", "apn_key"),
        CheckConstraint("apn_key ~ '^[0-9A-Z]+$'", name="apn_key_plain"),
        CheckConstraint("acres >= 0", name="acres_not_negative"),
        trigram_index("parcels", "apn_key"),
        trigram_index("parcels", "situs_line"),
    )

    id: UUID = Field(primary_key=True)
    county: str = Field(foreign_key="counties.code")
    apn: str
    apn_key: str
    situs_line: str
    situs_city: str
    situs_zip: str
    land_use: str
    acres: Decimal | None = Field(default=None, sa_type=Numeric(12, 4))
    geometry: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    longitude: Decimal | None = Field(default=None, sa_type=Numeric(10, 7))
    latitude: Decimal | None = Field(default=None, sa_type=Numeric(10, 7))
    created_at: datetime = Field(sa_type=Timestamp)
    version: int = Field(default=1)


class ParcelOwner(SQLModel, table=True):
    """Someone on title in `[from_on, to_on)`. Co-owners stand side by side."""

    __tablename__ = "parcel_owners"
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="period_forward"),
        trigram_index("parcel_owners", "name"),
    )

    id: UUID = Field(primary_key=True)
    parcel_id: UUID = Field(foreign_key="parcels.id", index=True)
    name: str
    mail_line: str
    mail_city: str
    mail_state: str
    mail_zip: str
    mail_country: str
    from_on: date
    to_on: date | None = None
    deed_reference: str


class Connection(SQLModel, table=True):
    """A tap that a parcel is entitled to, and whether it was ever made. `edu` is its capacity."""

    __tablename__ = "connections"
    __table_args__ = (
        CheckConstraint("edu > 0", name="edu_positive"),
        CheckConstraint(
            "status <> 'installed' OR installed_on IS NOT NULL", name="installed_has_its_day"
        ),
        CheckConstraint(
            "(status = 'abandoned') = (abandoned_on IS NOT NULL)", name="abandoned_has_its_day"
        ),
        CheckConstraint("installed_on >= authorized_on", name="installed_after_authorized"),
        CheckConstraint("abandoned_on >= authorized_on", name="abandoned_after_authorized"),
        CheckConstraint("abandoned_on >= installed_on", name="abandoned_after_installed"),
    )

    id: UUID = Field(primary_key=True)
    parcel_id: UUID = Field(foreign_key="parcels.id", index=True)
    service: Service = Field(sa_type=text_enum(Service))
    size: str
    edu: Decimal = Field(sa_type=Numeric(10, 3))
    status: ConnectionStatus = Field(sa_type=text_enum(ConnectionStatus))
    document: str
    authorized_on: date
    installed_on: date | None = None
    abandoned_on: date | None = None
