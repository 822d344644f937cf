"""HTTP for the table of codes: parse, authorize, delegate."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import BadInput, IdempotencyConflict
from curbstop.platform.http import problems
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow, WriteUow
from curbstop.readings.codes import actions, queries
from curbstop.readings.codes.schemas import (
    ReadCodeAdded,
    ReadCodeListParams,
    ReadCodeOut,
    ReadCodeRequest,
    ReadCodeRetirement,
    UnknownCode,
)

router = APIRouter(prefix="/read-codes", tags=["readings"])


@router.get(
    "",
    response_model=Page[ReadCodeOut],
    dependencies=[requires(Perm.READING_READ)],
    responses=problems(BadInput),
)
async def list_read_codes(
    params: Annotated[ReadCodeListParams, Query()], reader: ReadUow, request: Request
) -> Page[ReadCodeOut] | Response:
    """What every skip, trouble and note code means, and how often readers left it."""
    return await list_rows(reader, queries.CODES, params, request)


@router.get(
    "/unknown", response_model=list[UnknownCode], dependencies=[requires(Perm.READING_READ)]
)
async def list_unknown_read_codes(reader: ReadUow) -> list[UnknownCode]:
    """Codes that readers left and that nobody has explained."""
    return await queries.unknown_codes(reader.sql)


@router.post(
    "",
    status_code=201,
    response_model=ReadCodeAdded,
    dependencies=[requires(Perm.READING_APPROVE)],
    responses=problems(BadInput, actions.ReadCodeTaken, IdempotencyConflict),
)
async def add_read_code(body: ReadCodeRequest, uow: WriteUow) -> ReadCodeAdded:
    """Say what a code means."""
    code = await actions.add_code(uow, body)
    return ReadCodeAdded(id=code.id)


@router.post(
    "/{code_id}/retire",
    status_code=204,
    dependencies=[requires(Perm.READING_APPROVE)],
    responses=problems(BadInput, queries.ReadCodeNotFound, actions.ReadCodeRetired),
)
async def retire_read_code(code_id: UUID, body: ReadCodeRetirement, uow: WriteUow) -> None:
    """Take a code out of use; its meaning stays for what was left before."""
    await actions.retire_code(uow, code_id, body.reason)
