"""HTTP for layouts: parse, authorize, delegate."""

import asyncio

from fastapi import APIRouter

from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import BadInput, IdempotencyConflict, TooLarge
from curbstop.platform.http import problems
from curbstop.platform.uow import ReadUow, WriteUow
from curbstop.readings.layouts import actions, queries, trying
from curbstop.readings.layouts.schemas import (
    LayoutOut,
    LayoutPage,
    LayoutRequest,
    LayoutRetirement,
    LayoutRow,
    LayoutTrial,
)
from curbstop.readings.layouts.trial_form import TRIAL_BODY, TrialSent

router = APIRouter(prefix="/read-layouts", tags=["readings"])


@router.get("", response_model=list[LayoutRow], dependencies=[requires(Perm.READING_READ)])
async def list_read_layouts(reader: ReadUow) -> list[LayoutRow]:
    """Every vendor layout, shipped or added by the district."""
    return await queries.list_layouts(reader.sql)


@router.post(
    "",
    status_code=201,
    response_model=LayoutOut,
    dependencies=[requires(Perm.READING_APPROVE)],
    responses=problems(
        *(actions.ReadLayoutRefused, actions.ReadLayoutNameTaken, actions.ReadLayoutInUse),
        IdempotencyConflict,
    ),
)
async def add_read_layout(request: LayoutRequest, uow: WriteUow) -> LayoutOut:
    """Add a vendor's layout as data; every mistake in it is named with its line."""
    return await actions.add_layout(uow, request)


@router.post(
    "/trials",
    response_model=LayoutTrial,
    dependencies=[requires(Perm.READING_READ)],
    openapi_extra=TRIAL_BODY,
    responses=problems(BadInput, TooLarge),
)
async def try_read_layout(form: TrialSent, reader: ReadUow) -> LayoutTrial:
    """Try a layout's text on a sample file, line by line; neither is stored."""
    tried = await asyncio.to_thread(trying.tried, form.layout, form.settings, form.data)
    return await trying.known(reader.sql, tried)


@router.get(
    "/{name}",
    response_model=LayoutPage,
    dependencies=[requires(Perm.READING_READ)],
    responses=problems(queries.ReadLayoutNotFound),
)
async def get_read_layout(name: str, reader: ReadUow) -> LayoutPage:
    """A layout with its text, what uses it, and what stood under its name before."""
    return await queries.layout_page(reader.sql, name)


@router.post(
    "/{name}/retire",
    status_code=204,
    dependencies=[requires(Perm.READING_APPROVE)],
    responses=problems(
        *(queries.ReadLayoutNotFound, actions.ReadLayoutShipped, actions.ReadLayoutInUse)
    ),
)
async def retire_read_layout(name: str, body: LayoutRetirement, uow: WriteUow) -> None:
    """Take a layout of the district's own out of use; its text stays on record."""
    await actions.retire_layout(uow, name, body.reason)
