"""HTTP for meters."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import (
    BadInput,
    IdempotencyConflict,
    StaleVersion,
    VersionRequired,
)
from curbstop.meters.devices import actions, queries
from curbstop.meters.devices.queries import MeterNotFound
from curbstop.meters.devices.schemas import (
    HistoryParams,
    MeterChange,
    MeterListParams,
    MeterOut,
    MeterPage,
    MeterRequest,
    MeterRow,
    RetireRequest,
)
from curbstop.meters.models import Meter
from curbstop.platform.http import IfMatch, etag_of, problems
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow, WriteUow

router = APIRouter(prefix="/meters", tags=["meters"])
_READ = [requires(Perm.METER_READ)]
_WRITE = [requires(Perm.METER_WRITE)]


@router.get("", response_model=Page[MeterRow], dependencies=_READ)
async def list_meters(
    params: Annotated[MeterListParams, Query()], reader: ReadUow, request: Request
) -> Page[MeterRow] | Response:
    """Meters and where each is now; `q` finds any scrap of its or its endpoint's serial."""
    return await list_rows(reader, queries.METERS, params, request)


@router.post(
    "",
    status_code=201,
    response_model=MeterOut,
    dependencies=_WRITE,
    responses=problems(actions.MeterExists, IdempotencyConflict, BadInput),
)
async def add_meter(body: MeterRequest, uow: WriteUow, response: Response) -> Meter:
    """Put a meter and its registers on record."""
    meter = await actions.add_meter(uow, body)
    response.headers["ETag"] = etag_of(meter.version)
    return meter


@router.get("/history", response_model=list[MeterPage], dependencies=_READ)
async def get_meter_history(
    params: Annotated[HistoryParams, Query()], reader: ReadUow
) -> list[MeterPage]:
    """Where the meters of a serial have been, retired ones included."""
    return await queries.history_of(reader.sql, params.serial)


@router.get(
    "/{meter_id}",
    response_model=MeterPage,
    dependencies=_READ,
    responses=problems(MeterNotFound),
)
async def get_meter(meter_id: UUID, reader: ReadUow, response: Response) -> MeterPage:
    """A meter with its registers and every place it has been."""
    page = await queries.find_meter(reader.sql, meter_id)
    response.headers["ETag"] = etag_of(page.meter.version)
    return page


@router.patch(
    "/{meter_id}",
    response_model=MeterOut,
    dependencies=_WRITE,
    responses=problems(MeterNotFound, actions.MeterExists, StaleVersion, VersionRequired, BadInput),
)
async def change_meter(
    meter_id: UUID, body: MeterChange, seen: IfMatch, uow: WriteUow, response: Response
) -> Meter:
    """Correct what is known of a meter."""
    meter = await actions.change_meter(uow, meter_id, body, seen)
    response.headers["ETag"] = etag_of(meter.version)
    return meter


@router.post(
    "/{meter_id}/retire",
    response_model=MeterOut,
    dependencies=_WRITE,
    responses=problems(MeterNotFound, actions.MeterInUse, actions.MeterRetired),
)
async def retire_meter(meter_id: UUID, body: RetireRequest, uow: WriteUow) -> Meter:
    """Take a meter out of use for good."""
    return await actions.retire_meter(uow, meter_id, body)
