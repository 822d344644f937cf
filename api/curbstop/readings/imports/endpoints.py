"""HTTP for read files: parse, authorize, delegate."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import BadInput, IdempotencyConflict, TooLarge
from curbstop.platform.http import problem_response, problems
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow, WriteUow
from curbstop.readings.imports import actions, queries
from curbstop.readings.imports.models import ImportState
from curbstop.readings.imports.preview import preview
from curbstop.readings.imports.schemas import (
    ImportListParams,
    ImportOut,
    PreviewOut,
    RawLine,
)
from curbstop.readings.imports.uploads import UPLOAD_BODY, SettingParams, Uploaded, settings_of
from curbstop.readings.layouts.queries import ReadLayoutNotFound, get_layout

router = APIRouter(tags=["readings"])

LayoutName = Annotated[str, Query(max_length=40, description="A name from `/read-layouts`.")]


@router.post(
    "/read-imports",
    status_code=201,
    response_model=ImportOut,
    dependencies=[requires(Perm.READING_IMPORT)],
    openapi_extra=UPLOAD_BODY,
    responses=problems(
        actions.ReadFileRefused,
        actions.ReadFileReplayed,
        ReadLayoutNotFound,
        IdempotencyConflict,
        TooLarge,
    ),
)
async def import_read_file(
    import_id: Annotated[UUID, Query(description="Client-made UUIDv7; repeating it is safe.")],
    layout: LayoutName,
    upload: Uploaded,
    uow: WriteUow,
    request: Request,
    file_name: Annotated[str, Query(max_length=200)] = "",
    setting: SettingParams = [],  # noqa: B006 - FastAPI copies defaults
) -> ImportOut | Response:
    """Send a file of reads. A small one is imported at once, a large one by the job `job_id`.

    A malformed file is kept but refused whole: 422 with every line, column and reason.
    """
    name = file_name or upload.name or "reads"
    received = actions.Received(import_id, name, layout, settings_of(setting), upload.data)
    done = await actions.receive(uow, received)
    if done.state is ImportState.REFUSED:
        return problem_response(request, actions.refusal(done))
    return done


@router.post(
    "/read-imports/preview",
    response_model=PreviewOut,
    dependencies=[requires(Perm.READING_READ)],
    openapi_extra=UPLOAD_BODY,
    responses=problems(ReadLayoutNotFound, BadInput, TooLarge),
)
async def preview_read_file(
    layout: LayoutName,
    upload: Uploaded,
    reader: ReadUow,
    setting: SettingParams = [],  # noqa: B006 - FastAPI copies defaults
) -> PreviewOut:
    """See what a layout understands of a file; nothing is stored."""
    chosen = await get_layout(reader.sql, layout)
    settings = actions.chosen_settings(chosen, settings_of(setting))
    return await asyncio.to_thread(preview, chosen, settings, upload.data)


@router.get(
    "/read-imports",
    response_model=Page[ImportOut],
    dependencies=[requires(Perm.READING_READ)],
    responses=problems(BadInput),
)
async def list_read_imports(
    params: Annotated[ImportListParams, Query()], reader: ReadUow, request: Request
) -> Page[ImportOut] | Response:
    """Every file that came in, newest first."""
    return await list_rows(reader, queries.IMPORTS, params, request)


@router.get(
    "/read-imports/{import_id}",
    response_model=ImportOut,
    dependencies=[requires(Perm.READING_READ)],
    responses=problems(queries.ReadImportNotFound),
)
async def get_read_import(import_id: UUID, reader: ReadUow) -> ImportOut:
    """One import with its counts and errors."""
    return await queries.get_import(reader.sql, import_id)


@router.get(
    "/read-imports/{import_id}/lines",
    response_model=list[RawLine],
    dependencies=[requires(Perm.READING_READ)],
    responses=problems(queries.ReadImportNotFound),
)
async def get_import_lines(
    import_id: UUID,
    reader: ReadUow,
    first: Annotated[int, Query(ge=1, le=100_000_000)] = 1,
    count: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> list[RawLine]:
    """Lines of the file as they came."""
    await queries.get_import(reader.sql, import_id)
    return await queries.raw_lines(reader.sql, import_id, first, first + count - 1)
