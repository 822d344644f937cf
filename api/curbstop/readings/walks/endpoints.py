"""HTTP for walks and hand entry: parse, authorize, delegate."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from curbstop.documents.files.names import attachment
from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import (
    BadInput,
    IdempotencyConflict,
    StaleVersion,
    VersionRequired,
)
from curbstop.platform.http import IfMatch, etag_of, problems
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow, WriteUow
from curbstop.readings.actions import ReadDoesNotFit
from curbstop.readings.days import QueryDay
from curbstop.readings.layouts.queries import ReadLayoutNotFound
from curbstop.readings.queries import RegisterNotFound
from curbstop.readings.walks import actions, downloads, queries
from curbstop.readings.walks.schemas import (
    EntriesDone,
    EntriesRequest,
    EntryLine,
    MissingRequest,
    StopsRequest,
    WalkBody,
    WalkListParams,
    WalkOut,
)

router = APIRouter(tags=["readings"])


@router.get(
    "/walks",
    response_model=Page[WalkOut],
    dependencies=[requires(Perm.READING_READ)],
    responses=problems(BadInput),
)
async def list_walks(
    params: Annotated[WalkListParams, Query()], reader: ReadUow, request: Request
) -> Page[WalkOut] | Response:
    """The walks of the district."""
    return await list_rows(reader, queries.WALKS, params, request)


@router.post(
    "/walks",
    status_code=201,
    response_model=WalkOut,
    dependencies=[requires(Perm.READING_APPROVE)],
    responses=problems(actions.WalkCodeTaken, ReadLayoutNotFound, IdempotencyConflict),
)
async def add_walk(body: WalkBody, uow: WriteUow) -> WalkOut:
    """Set up a walk."""
    return await actions.add_walk(uow, body)


@router.get(
    "/walks/{walk_id}",
    response_model=WalkOut,
    dependencies=[requires(Perm.READING_READ)],
    responses=problems(queries.WalkNotFound),
)
async def get_walk(walk_id: UUID, reader: ReadUow, response: Response) -> WalkOut:
    """One walk; its ETag is what `PUT …/stops` wants."""
    walk = await queries.get_walk(reader.sql, walk_id)
    response.headers["ETag"] = etag_of(walk.version)
    return walk


@router.put(
    "/walks/{walk_id}/stops",
    response_model=WalkOut,
    dependencies=[requires(Perm.READING_APPROVE)],
    responses=problems(
        queries.WalkNotFound,
        actions.StopUnknown,
        actions.StopElsewhere,
        StaleVersion,
        VersionRequired,
    ),
)
async def order_walk_stops(
    walk_id: UUID, body: StopsRequest, uow: WriteUow, seen: IfMatch
) -> WalkOut:
    """Put the stops of a walk in order, all at once."""
    return await actions.order_stops(uow, walk_id, body, seen)


@router.get(
    "/walks/{walk_id}/entries",
    response_model=list[EntryLine],
    dependencies=[requires(Perm.READING_READ)],
    responses=problems(queries.WalkNotFound),
)
async def list_walk_entries(walk_id: UUID, read_on: QueryDay, reader: ReadUow) -> list[EntryLine]:
    """The lines of hand entry in walk order, with last read and usual limits."""
    return await queries.entry_lines(reader.sql, walk_id, read_on)


@router.post(
    "/walks/{walk_id}/entries",
    response_model=EntriesDone,
    dependencies=[requires(Perm.READING_IMPORT)],
    responses=problems(
        queries.WalkNotFound, RegisterNotFound, ReadDoesNotFit, actions.PhotoNotFound
    ),
)
async def enter_walk_reads(walk_id: UUID, body: EntriesRequest, uow: WriteUow) -> EntriesDone:
    """Enter reads, skip and trouble codes, notes and photos from the reader's sheet."""
    return await actions.enter_reads(uow, walk_id, body)


@router.post(
    "/walks/{walk_id}/missing",
    response_model=int,
    dependencies=[requires(Perm.READING_IMPORT)],
    responses=problems(queries.WalkNotFound),
)
async def find_walk_missing(walk_id: UUID, body: MissingRequest, uow: WriteUow) -> int:
    """Put every register without a read on the edit list; returns how many were."""
    return await actions.find_missing(uow, walk_id, body)


@router.get(
    "/walks/{walk_id}/download-file",
    response_class=Response,
    dependencies=[requires(Perm.READING_READ)],
    responses={
        200: {"content": {"application/octet-stream": {}}, "description": "The vendor's file."},
        **problems(queries.WalkNotFound, ReadLayoutNotFound, downloads.DownloadImpossible),
    },
)
async def get_walk_download_file(
    walk_id: UUID,
    read_on: QueryDay,
    reader: ReadUow,
    layout: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """The file that a hand-held or a head-end is loaded with before reading."""
    name, data = await downloads.download_file(reader.sql, walk_id, layout, read_on)
    headers = {"Content-Disposition": attachment(name), "X-Content-Type-Options": "nosniff"}
    return Response(data, media_type="application/octet-stream", headers=headers)
