"""HTTP for service points."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import (
    BadInput,
    Conflict,
    IdempotencyConflict,
    StaleVersion,
    VersionRequired,
)
from curbstop.meters.models import ServicePoint
from curbstop.meters.service_points import actions, queries
from curbstop.meters.service_points.queries import ServicePointNotFound
from curbstop.meters.service_points.schemas import (
    ServicePointChange,
    ServicePointListParams,
    ServicePointOut,
    ServicePointPage,
    ServicePointRequest,
    ServicePointRow,
)
from curbstop.parcels.queries import ParcelNotFound
from curbstop.platform.http import IfMatch, etag_of, problems
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow, WriteUow

router = APIRouter(prefix="/service-points", tags=["meters"])
_READ = [requires(Perm.METER_READ)]
_WRITE = [requires(Perm.METER_WRITE)]


@router.get("", response_model=Page[ServicePointRow], dependencies=_READ)
async def list_service_points(
    params: Annotated[ServicePointListParams, Query()], reader: ReadUow, request: Request
) -> Page[ServicePointRow] | Response:
    """Service points; `q` finds any scrap of code, location, address or meter serial."""
    return await list_rows(reader, queries.SERVICE_POINTS, params, request)


@router.post(
    "",
    status_code=201,
    response_model=ServicePointOut,
    dependencies=_WRITE,
    responses=problems(ParcelNotFound, actions.ServicePointExists, IdempotencyConflict, BadInput),
)
async def add_service_point(
    body: ServicePointRequest, uow: WriteUow, response: Response
) -> ServicePoint:
    """Put a service point on record."""
    point = await actions.add_service_point(uow, body)
    response.headers["ETag"] = etag_of(point.version)
    return point


@router.get(
    "/{service_point_id}",
    response_model=ServicePointPage,
    dependencies=_READ,
    responses=problems(ServicePointNotFound),
)
async def get_service_point(
    service_point_id: UUID, reader: ReadUow, response: Response
) -> ServicePointPage:
    """A service point with its lot, its meters past and present, and its deductions."""
    page = await queries.find_service_point(reader.sql, service_point_id)
    response.headers["ETag"] = etag_of(page.service_point.version)
    return page


@router.patch(
    "/{service_point_id}",
    response_model=ServicePointOut,
    dependencies=_WRITE,
    responses=problems(
        *(ServicePointNotFound, ParcelNotFound, actions.ServicePointExists, Conflict),
        *(actions.ServicePointHasMeter, StaleVersion, VersionRequired, BadInput),
    ),
)
async def change_service_point(
    service_point_id: UUID,
    body: ServicePointChange,
    seen: IfMatch,
    uow: WriteUow,
    response: Response,
) -> ServicePoint:
    """Correct or move a service point, or abandon one that nobody uses."""
    point = await actions.change_service_point(uow, service_point_id, body, seen)
    response.headers["ETag"] = etag_of(point.version)
    return point
