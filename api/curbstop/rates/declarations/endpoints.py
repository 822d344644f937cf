"""HTTP for declarations and evapotranspiration."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response

from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.dates import Day
from curbstop.kernel.errors import BadInput, IdempotencyConflict, StaleVersion, VersionRequired
from curbstop.platform.http import IfMatch, etag_of, problems
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow, WriteUow
from curbstop.rates.declarations import actions
from curbstop.rates.declarations.effect import declaration_codes
from curbstop.rates.declarations.queries import (
    DECLARATIONS,
    evapotranspiration_of_zone,
    evapotranspiration_zones,
)
from curbstop.rates.declarations.schemas import (
    DeclarationCodeOut,
    DeclarationListParams,
    DeclarationOut,
    DeclarationRequest,
    EvapotranspirationOut,
    EvapotranspirationRequest,
    LiftRequest,
    ZoneOut,
)

router = APIRouter(tags=["rates"])
Zone = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9_. -]{0,39}$", examples=["CIMIS-44"])]


@router.get(
    "/declarations",
    response_model=Page[DeclarationOut],
    dependencies=[requires(Perm.TARIFF_READ)],
    responses=problems(BadInput),
)
async def list_declarations(
    params: Annotated[DeclarationListParams, Query()], reader: ReadUow, request: Request
) -> Page[DeclarationOut] | Response:
    """What the board has declared: drought stages, emergencies."""
    return await list_rows(reader, DECLARATIONS, params, request)


@router.get(
    "/declaration-codes",
    response_model=list[DeclarationCodeOut],
    dependencies=[requires(Perm.TARIFF_READ)],
)
async def list_declaration_codes(
    reader: ReadUow,
    on: Annotated[Day | None, Query(description="Schedules of this day; today.")] = None,
) -> list[DeclarationCodeOut]:
    """What may be declared and what it would switch on: the effect, before it is declared."""
    return await declaration_codes(reader.sql, on or reader.today)


@router.post(
    "/declarations",
    status_code=201,
    response_model=DeclarationOut,
    dependencies=[requires(Perm.TARIFF_APPROVE)],
    responses=problems(actions.DeclarationOverlaps, IdempotencyConflict, BadInput),
)
async def declare(request: DeclarationRequest, uow: WriteUow, response: Response) -> DeclarationOut:
    """Enter a declaration; it switches on what tariffs make conditional on its code."""
    declared = await actions.declare(uow, request)
    response.headers["ETag"] = etag_of(declared.version)
    return declared


@router.post(
    "/declarations/{declaration_id}/lift",
    response_model=DeclarationOut,
    dependencies=[requires(Perm.TARIFF_APPROVE)],
    responses=problems(
        actions.DeclarationNotFound,
        actions.DeclarationEnded,
        StaleVersion,
        VersionRequired,
        BadInput,
    ),
)
async def lift_declaration(
    declaration_id: UUID, request: LiftRequest, uow: WriteUow, seen: IfMatch, response: Response
) -> DeclarationOut:
    """End a declaration on a day."""
    lifted = await actions.lift(uow, declaration_id, request, seen)
    response.headers["ETag"] = etag_of(lifted.version)
    return lifted


@router.get(
    "/evapotranspiration",
    response_model=list[ZoneOut],
    dependencies=[requires(Perm.TARIFF_READ)],
)
async def list_evapotranspiration_zones(reader: ReadUow) -> list[ZoneOut]:
    """The zones, and how far their months reach."""
    return await evapotranspiration_zones(reader.sql)


@router.get(
    "/evapotranspiration/{zone}",
    response_model=EvapotranspirationOut,
    dependencies=[requires(Perm.TARIFF_READ)],
)
async def get_evapotranspiration(zone: Zone, reader: ReadUow) -> EvapotranspirationOut:
    """Inches by month, as budget-based rates use them; empty for a zone without any."""
    return await evapotranspiration_of_zone(reader.sql, zone)


@router.put(
    "/evapotranspiration/{zone}",
    response_model=EvapotranspirationOut,
    dependencies=[requires(Perm.TARIFF_WRITE)],
    responses=problems(BadInput),
)
async def enter_evapotranspiration(
    zone: Zone, request: EvapotranspirationRequest, uow: WriteUow
) -> EvapotranspirationOut:
    """Enter or correct months of a zone."""
    await actions.enter_evapotranspiration(uow, zone, request.months)
    return await evapotranspiration_of_zone(uow.sql, zone)
