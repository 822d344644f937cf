"""HTTP for counties, parcels, owners and connections."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile

from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import (
    BadInput,
    IdempotencyConflict,
    StaleVersion,
    TooLarge,
    VersionRequired,
)
from curbstop.parcels import actions, importing, queries
from curbstop.parcels.features import ALIASES
from curbstop.parcels.models import Connection, County, Parcel, ParcelOwner
from curbstop.parcels.queries import CountyNotFound, ParcelNotFound
from curbstop.parcels.schemas import (
    ConnectionOut,
    ConnectionRequest,
    ConnectionStep,
    CountyChange,
    CountyListParams,
    CountyOut,
    ImportOut,
    LookupParams,
    OwnerEnd,
    OwnerOut,
    OwnerRequest,
    ParcelChange,
    ParcelListParams,
    ParcelOut,
    ParcelPage,
    ParcelRequest,
    ParcelRow,
    TransferRequest,
)
from curbstop.platform.http import IfMatch, etag_of, problems
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow, WriteUow

router = APIRouter(tags=["parcels"])
_READ = [requires(Perm.PARCEL_READ)]
_WRITE = [requires(Perm.PARCEL_WRITE)]
_PropertyName = Annotated[str, Form(max_length=100, description="Its name in the file.")]


@router.get("/counties", response_model=Page[CountyOut], dependencies=_READ)
async def list_counties(
    params: Annotated[CountyListParams, Query()], reader: ReadUow, request: Request
) -> Page[CountyOut] | Response:
    """Counties and how each writes a parcel number."""
    return await list_rows(reader, queries.COUNTIES, params, request)


@router.get(
    "/counties/{code}",
    response_model=CountyOut,
    dependencies=_READ,
    responses=problems(CountyNotFound),
)
async def get_county(code: str, reader: ReadUow, response: Response) -> CountyOut:
    """One county; its ETag is needed to change it."""
    county = await queries.find_county(reader.sql, code)
    response.headers["ETag"] = etag_of(county.version)
    return county


@router.patch(
    "/counties/{code}",
    response_model=CountyOut,
    dependencies=_WRITE,
    responses=problems(CountyNotFound, StaleVersion, VersionRequired, BadInput),
)
async def change_county(
    code: str, body: CountyChange, seen: IfMatch, uow: WriteUow, response: Response
) -> County:
    """Set how a county writes its parcel numbers."""
    county = await actions.change_county(uow, code, body, seen)
    response.headers["ETag"] = etag_of(county.version)
    return county


@router.get("/parcels", response_model=Page[ParcelRow], dependencies=_READ)
async def list_parcels(
    params: Annotated[ParcelListParams, Query()], reader: ReadUow, request: Request
) -> Page[ParcelRow] | Response:
    """Parcels; `q` finds any scrap of parcel number or address."""
    return await list_rows(reader, queries.PARCELS, params, request)


@router.post(
    "/parcels",
    status_code=201,
    response_model=ParcelOut,
    dependencies=_WRITE,
    responses=problems(CountyNotFound, actions.ParcelExists, IdempotencyConflict, BadInput),
)
async def add_parcel(body: ParcelRequest, uow: WriteUow, response: Response) -> Parcel:
    """Put a parcel on record."""
    parcel = await actions.add_parcel(uow, body)
    response.headers["ETag"] = etag_of(parcel.version)
    return parcel


@router.get(
    "/parcels/lookup",
    response_model=list[ParcelRow],
    dependencies=_READ,
    responses=problems(BadInput),
)
async def look_up_parcels(
    params: Annotated[LookupParams, Query()], reader: ReadUow
) -> list[ParcelRow]:
    """Parcels by number, as printed (`6-153-11`) or as digits; the whole number first."""
    return await queries.look_up(reader.sql, params)


@router.post(
    "/parcels/import",
    response_model=ImportOut,
    dependencies=_WRITE,
    responses=problems(CountyNotFound, BadInput, TooLarge),
)
async def import_parcels(
    file: Annotated[UploadFile, File(description="GeoJSON FeatureCollection in WGS 84.")],
    county: Annotated[str, Form(max_length=40)],
    uow: WriteUow,
    apn: _PropertyName = "",
    situs_line: _PropertyName = "",
    situs_city: _PropertyName = "",
    situs_zip: _PropertyName = "",
    land_use: _PropertyName = "",
    acres: _PropertyName = "",
) -> ImportOut:
    """Import a county's parcels. The usual property names are known; others can be named here."""
    given = (apn, situs_line, situs_city, situs_zip, land_use, acres)
    mapping = {field: name for field, name in zip(ALIASES, given, strict=True) if name}
    return await importing.import_parcels(
        uow, county, (file.filename or "")[-200:], await file.read(), mapping
    )


@router.get(
    "/parcels/{parcel_id}",
    response_model=ParcelPage,
    dependencies=_READ,
    responses=problems(ParcelNotFound),
)
async def get_parcel(parcel_id: UUID, reader: ReadUow, response: Response) -> ParcelPage:
    """A parcel with its owners, connections and what it is entitled to."""
    page = await queries.find_parcel(reader.sql, parcel_id)
    response.headers["ETag"] = etag_of(page.parcel.version)
    return page


@router.patch(
    "/parcels/{parcel_id}",
    response_model=ParcelOut,
    dependencies=_WRITE,
    responses=problems(ParcelNotFound, StaleVersion, VersionRequired, BadInput),
)
async def change_parcel(
    parcel_id: UUID, body: ParcelChange, seen: IfMatch, uow: WriteUow, response: Response
) -> Parcel:
    """Correct a parcel's address, land use, size or outline."""
    parcel = await actions.change_parcel(uow, parcel_id, body, seen)
    response.headers["ETag"] = etag_of(parcel.version)
    return parcel


@router.post(
    "/parcels/{parcel_id}/owners",
    status_code=201,
    response_model=OwnerOut,
    dependencies=_WRITE,
    responses=problems(ParcelNotFound, IdempotencyConflict),
)
async def add_owner(parcel_id: UUID, body: OwnerRequest, uow: WriteUow) -> ParcelOwner:
    """Put someone on title beside whoever is there."""
    return await actions.add_owner(uow, parcel_id, body)


@router.post(
    "/parcels/{parcel_id}/owners/{owner_id}/end",
    response_model=OwnerOut,
    dependencies=_WRITE,
    responses=problems(actions.OwnerNotFound, actions.OwnershipEnded),
)
async def end_ownership(
    parcel_id: UUID, owner_id: UUID, body: OwnerEnd, uow: WriteUow
) -> ParcelOwner:
    """Take someone off title."""
    return await actions.end_ownership(uow, parcel_id, owner_id, body)


@router.post(
    "/parcels/{parcel_id}/transfer",
    response_model=list[OwnerOut],
    dependencies=_WRITE,
    responses=problems(ParcelNotFound, actions.OwnershipEnded, IdempotencyConflict),
)
async def transfer_title(
    parcel_id: UUID, body: TransferRequest, uow: WriteUow
) -> list[ParcelOwner]:
    """Record a deed: everyone on title leaves and the new owners come on, on one day."""
    return await actions.transfer_title(uow, parcel_id, body)


@router.post(
    "/parcels/{parcel_id}/connections",
    status_code=201,
    response_model=ConnectionOut,
    dependencies=_WRITE,
    responses=problems(ParcelNotFound, IdempotencyConflict),
)
async def authorize_connection(
    parcel_id: UUID, body: ConnectionRequest, uow: WriteUow
) -> Connection:
    """Entitle a parcel to a connection."""
    return await actions.authorize_connection(uow, parcel_id, body)


@router.post(
    "/parcels/{parcel_id}/connections/{connection_id}/install",
    response_model=ConnectionOut,
    dependencies=_WRITE,
    responses=problems(actions.ConnectionNotFound, actions.ConnectionOutOfOrder),
)
async def install_connection(
    parcel_id: UUID, connection_id: UUID, body: ConnectionStep, uow: WriteUow
) -> Connection:
    """Record that an authorized tap was made."""
    return await actions.install_connection(uow, parcel_id, connection_id, body)


@router.post(
    "/parcels/{parcel_id}/connections/{connection_id}/abandon",
    response_model=ConnectionOut,
    dependencies=_WRITE,
    responses=problems(actions.ConnectionNotFound, actions.ConnectionOutOfOrder),
)
async def abandon_connection(
    parcel_id: UUID, connection_id: UUID, body: ConnectionStep, uow: WriteUow
) -> Connection:
    """Record that a connection was given up."""
    return await actions.abandon_connection(uow, parcel_id, connection_id, body)
