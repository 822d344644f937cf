"""HTTP for sample audits: parse, authorize, delegate."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response

from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import BadInput, IdempotencyConflict
from curbstop.platform.http import problems
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow, WriteUow
from curbstop.readings.audits import actions, queries
from curbstop.readings.audits.schemas import (
    AuditItemParams,
    AuditListParams,
    ReadAuditItem,
    ReadAuditRequest,
    ReadAuditRow,
    ReadFindingRequest,
)
from curbstop.readings.walks.queries import WalkNotFound

router = APIRouter(prefix="/read-audits", tags=["readings"])


@router.get(
    "",
    response_model=Page[ReadAuditRow],
    dependencies=[requires(Perm.READING_READ)],
    responses=problems(BadInput),
)
async def list_read_audits(
    params: Annotated[AuditListParams, Query()], reader: ReadUow, request: Request
) -> Page[ReadAuditRow] | Response:
    """Sample audits and how far each is."""
    return await list_rows(reader, queries.AUDITS, params, request)


@router.post(
    "",
    status_code=201,
    response_model=ReadAuditRow,
    dependencies=[requires(Perm.READING_REVIEW)],
    responses=problems(WalkNotFound, actions.NothingToDraw, IdempotencyConflict),
)
async def draw_read_audit(body: ReadAuditRequest, uow: WriteUow) -> ReadAuditRow:
    """Draw a sample of accepted reads at random, to be checked at the meters."""
    return await actions.draw_sample(uow, body)


@router.get(
    "/{audit_id}",
    response_model=ReadAuditRow,
    dependencies=[requires(Perm.READING_READ)],
    responses=problems(queries.AuditNotFound),
)
async def get_read_audit(audit_id: UUID, reader: ReadUow) -> ReadAuditRow:
    """One audit."""
    return await queries.get_audit(reader.sql, audit_id)


@router.get(
    "/{audit_id}/items",
    response_model=Page[ReadAuditItem],
    dependencies=[requires(Perm.READING_READ)],
    responses=problems(queries.AuditNotFound, BadInput),
)
async def list_read_audit_items(
    audit_id: UUID,
    params: Annotated[AuditItemParams, Query()],
    reader: ReadUow,
    request: Request,
) -> Page[ReadAuditItem] | Response:
    """The reads of a sample in walk order; its export is the sheet for the field."""
    await queries.get_audit(reader.sql, audit_id)
    return await list_rows(reader, queries.items_of(audit_id), params, request)


@router.post(
    "/{audit_id}/items/{place}/finding",
    status_code=204,
    dependencies=[requires(Perm.READING_REVIEW)],
    responses=problems(
        actions.AuditItemNotFound, actions.FindingStands, actions.CheckerTookTheRead
    ),
)
async def record_read_audit_finding(
    audit_id: UUID,
    place: Annotated[int, Path(ge=1, le=1_000)],
    body: ReadFindingRequest,
    uow: WriteUow,
) -> None:
    """Record, once, what somebody found at a meter of the sample."""
    await actions.record_finding(uow, audit_id, place, body)
