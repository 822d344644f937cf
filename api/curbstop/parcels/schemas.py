"""Wire shapes of land."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from curbstop.kernel.dates import Day
from curbstop.kernel.fields import Code, Line, MadeId, Name, Note, Request
from curbstop.parcels.apn import Mask
from curbstop.parcels.geojson import checked_geometry
from curbstop.parcels.kinds import ConnectionStatus, Service
from curbstop.platform.lists import ListParams


def _mask(value: str | None) -> str | None:
    return Mask.parse(value).text if value is not None else None


Acres = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=4)]
Edu = Annotated[Decimal, Field(gt=0, max_digits=10, decimal_places=3)]
Geometry = Annotated[dict[str, Any], AfterValidator(checked_geometry)]


class CountyChange(Request):
    """Fields left out stay as they are; a null mask accepts any letters and digits."""

    name: Name = ""
    apn_mask: Annotated[
        str | None,
        Field(max_length=40, examples=["3-3-3", "3-3-2+MPSTU"]),
        AfterValidator(_mask),
    ] = None


class CountyOut(BaseModel):
    code: str
    name: str
    state: str
    apn_mask: str | None = Field(description="Digits per group, letters after `+`; null: any.")
    version: int


class CountyListParams(ListParams):
    """The counties have no filters beyond the search."""


class ParcelRequest(Request):
    id: MadeId
    county: Code = Field(examples=["placer"])
    apn: Code = Field(examples=["006-153-011-000"])
    situs_line: Line = Field("", examples=["12 Oak Street"])
    situs_city: Line = ""
    situs_zip: Line = ""
    land_use: Line = ""
    acres: Acres | None = None
    geometry: Geometry | None = Field(None, description="GeoJSON Polygon, MultiPolygon or Point.")


class ParcelChange(Request):
    """Fields left out stay as they are. An APN does not change: the assessor retires it."""

    situs_line: Line = ""
    situs_city: Line = ""
    situs_zip: Line = ""
    land_use: Line = ""
    acres: Acres | None = None
    geometry: Geometry | None = None


class ParcelRow(BaseModel):
    """A parcel as the list has it."""

    id: UUID
    county: str
    apn: str
    apn_key: str = Field(description="Letters and digits of the APN only.")
    situs_line: str
    situs_city: str
    situs_zip: str
    land_use: str
    acres: Decimal | None
    longitude: Decimal | None = Field(description="Of the centroid, degrees (WGS 84).")
    latitude: Decimal | None
    version: int


class ParcelOut(ParcelRow):
    geometry: dict[str, Any] | None
    created_at: datetime


class ParcelListParams(ListParams):
    county: str | None = Field(None, max_length=40)
    land_use: str | None = Field(None, max_length=200)


class LookupParams(Request):
    apn: str = Field(min_length=1, max_length=40, description="As printed, or digits only.")
    county: str | None = Field(None, max_length=40)


class OwnerRequest(Request):
    id: MadeId
    name: Name
    mail_line: Line = ""
    mail_city: Line = ""
    mail_state: Line = ""
    mail_zip: Line = ""
    mail_country: Line = "US"
    from_on: Day = Field(description="First day on title.")
    deed_reference: Line = Field("", examples=["2020-0001234"])


class OwnerEnd(Request):
    to_on: Day = Field(description="First day no longer on title.")
    deed_reference: Line = Field("", description="The deed that ended it, for the audit trail.")


class OwnerOut(BaseModel):
    id: UUID
    parcel_id: UUID
    name: str = Field(json_schema_extra={"confidential": True})
    mail_line: str
    mail_city: str
    mail_state: str
    mail_zip: str
    mail_country: str
    from_on: date
    to_on: date | None
    deed_reference: str


class TransferRequest(Request):
    """A deed: everyone on title leaves, the new owners come on, on one day."""

    on: Day
    deed_reference: Name
    owners: list[OwnerRequest] = Field(min_length=1, max_length=50)


class ConnectionRequest(Request):
    id: MadeId
    service: Service
    size: Line = Field("", examples=["3/4"])
    edu: Edu = Field(Decimal(1), description="Capacity in equivalent dwelling units.")
    document: Name = Field(description="What authorized it.", examples=["Resolution 2019-04"])
    authorized_on: Day


class ConnectionStep(Request):
    """An authorized connection was made, or one was given up."""

    on: Day
    note: Note = ""


class ConnectionOut(BaseModel):
    id: UUID
    parcel_id: UUID
    service: Service
    size: str
    edu: Decimal
    status: ConnectionStatus
    document: str
    authorized_on: date
    installed_on: date | None
    abandoned_on: date | None


class EntitlementOut(BaseModel):
    """What a parcel may take of a service, and what is in the ground. Abandoned ones count not."""

    service: Service
    authorized: int
    authorized_edu: Decimal = Field(description="Authorized, installed or not.")
    installed: int
    installed_edu: Decimal


class ParcelPage(BaseModel):
    """Everything about one parcel that this room knows."""

    parcel: ParcelOut
    owners: list[OwnerOut] = Field(description="Newest first, former ones included.")
    connections: list[ConnectionOut]
    entitlements: list[EntitlementOut]


class ImportOut(BaseModel):
    """What an import of parcels did. A replay is all `unchanged`."""

    file_id: UUID | None = Field(description="The file as received; null when nothing was new.")
    file_name: str
    sha256: str
    features: int
    added: int
    changed: int
    unchanged: int
