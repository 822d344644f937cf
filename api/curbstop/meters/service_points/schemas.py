"""Wire shapes of service points."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.kernel.fields import Code, Latitude, Line, Longitude, MadeId, Note, Request
from curbstop.meters.devices.schemas import RegisterOut
from curbstop.meters.kinds import InstallationRole, MeterKind, ServicePointStatus
from curbstop.parcels.kinds import Service
from curbstop.platform.lists import ListParams


class ServicePointRequest(Request):
    id: MadeId
    code: Code = Field(examples=["SP-000123"])
    parcel_id: UUID | None = None
    service: Service = Service.WATER
    location: Line = Field("", description="Where on the lot, or the place when there is no lot.")
    zone: Line = ""
    access_notes: Note = Field("", description="Dog, locked gate, call first.")
    longitude: Longitude | None = None
    latitude: Latitude | None = None


class ServicePointChange(Request):
    """Fields left out stay as they are."""

    code: Code = ""
    parcel_id: UUID | None = None
    location: Line = ""
    zone: Line = ""
    access_notes: Note = ""
    longitude: Longitude | None = None
    latitude: Latitude | None = None
    status: ServicePointStatus = ServicePointStatus.ACTIVE


class ServicePointOut(BaseModel):
    id: UUID
    code: str
    parcel_id: UUID | None
    service: Service
    location: str
    zone: str
    access_notes: str
    longitude: Decimal | None
    latitude: Decimal | None
    status: ServicePointStatus
    created_at: datetime
    version: int


class ServicePointRow(BaseModel):
    """A service point as the list has it, with the meter that bills there now."""

    id: UUID
    code: str
    service: Service
    situs_line: str | None = Field(json_schema_extra={"confidential": True})
    location: str
    zone: str
    status: ServicePointStatus
    meter_id: UUID | None
    meter_serial: str | None
    meter_size: str | None


class ServicePointListParams(ListParams):
    service: Service | None = None
    status: ServicePointStatus | None = None
    zone: str | None = Field(None, max_length=200)
    parcel_id: UUID | None = None


class InstalledOut(BaseModel):
    """A meter's stay at the point."""

    installation_id: UUID
    meter_id: UUID
    serial: str
    make: str
    size: str
    kind: MeterKind
    endpoint_serial: str
    role: InstallationRole
    from_on: date
    to_on: date | None
    registers: list[RegisterOut]


class DeductionOut(BaseModel):
    id: UUID
    parent_service_point_id: UUID
    child_service_point_id: UUID
    parent_code: str
    child_code: str
    from_on: date
    to_on: date | None


class ServicePointPage(BaseModel):
    """Everything about one service point that this room knows."""

    service_point: ServicePointOut
    apn: str | None
    situs_line: str | None
    situs_city: str | None
    installations: list[InstalledOut] = Field(description="Newest first.")
    deductions: list[DeductionOut] = Field(description="In which it is parent or child.")
