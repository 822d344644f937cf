"""HTTP for adjustments."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from curbstop.accounts.queries import AccountNotFound
from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import BadInput, IdempotencyConflict
from curbstop.ledger.adjustments import actions, queries
from curbstop.ledger.adjustments.schemas import (
    AdjustmentIn,
    AdjustmentListParams,
    AdjustmentOut,
    AdjustmentPreview,
    AdjustmentRow,
    AdjustmentTypeOut,
    DecisionIn,
    LeakIn,
    LeakOut,
)
from curbstop.platform.http import problems
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow, WriteUow

router = APIRouter(tags=["ledger"])
_READ = [requires(Perm.LEDGER_READ)]
_REQUEST = [requires(Perm.ADJUSTMENT_REQUEST)]
_APPROVE = [requires(Perm.ADJUSTMENT_APPROVE)]


@router.get("/adjustment-types", response_model=list[AdjustmentTypeOut], dependencies=_READ)
async def list_adjustment_types(reader: ReadUow) -> list[AdjustmentTypeOut]:
    """The kinds of correction, each with its GL account and today's limit."""
    return await queries.list_types(reader)


@router.get(
    "/adjustments",
    response_model=Page[AdjustmentRow],
    dependencies=_READ,
    responses=problems(BadInput),
)
async def list_adjustments(
    params: Annotated[AdjustmentListParams, Query()], reader: ReadUow, request: Request
) -> Page[AdjustmentRow] | Response:
    """Adjustments; `state=requested` is the second person's inbox."""
    return await list_rows(reader, queries.ADJUSTMENTS, params, request)


@router.post(
    "/adjustments/preview",
    response_model=AdjustmentPreview,
    dependencies=_REQUEST,
    responses=problems(AccountNotFound, queries.WrongAdjustment),
)
async def preview_adjustment(body: AdjustmentIn, reader: ReadUow) -> AdjustmentPreview:
    """What an adjustment would do and whether it needs a second person; changes nothing."""
    return await queries.preview(reader, body)


@router.post(
    "/adjustments/leak-preview",
    response_model=LeakOut,
    dependencies=_REQUEST,
    responses=problems(BadInput),
)
async def preview_leak_credit(body: LeakIn, reader: ReadUow) -> LeakOut:
    """What policy credits for a leak, with the arithmetic in words; changes nothing."""
    return await queries.leak_preview(reader, body)


@router.post(
    "/adjustments",
    status_code=201,
    response_model=AdjustmentOut,
    dependencies=_REQUEST,
    responses=problems(AccountNotFound, queries.WrongAdjustment, IdempotencyConflict),
)
async def request_adjustment(body: AdjustmentIn, uow: WriteUow) -> AdjustmentOut:
    """Ask for a correction; up to its type's limit it posts at once."""
    return await actions.request_adjustment(uow, body)


@router.get(
    "/adjustments/{adjustment_id}",
    response_model=AdjustmentOut,
    dependencies=_READ,
    responses=problems(queries.AdjustmentNotFound),
)
async def get_adjustment(adjustment_id: UUID, reader: ReadUow) -> AdjustmentOut:
    """An adjustment and its decision."""
    return await queries.find_adjustment(reader.sql, adjustment_id)


@router.get(
    "/adjustments/{adjustment_id}/effect",
    response_model=AdjustmentPreview,
    dependencies=_READ,
    responses=problems(queries.AdjustmentNotFound, queries.AdjustmentAlreadyDecided),
)
async def get_adjustment_effect(adjustment_id: UUID, reader: ReadUow) -> AdjustmentPreview:
    """What approving a request would do today: balance, books, and the charges it settles."""
    return await queries.effect_of(reader, adjustment_id)


@router.post(
    "/adjustments/{adjustment_id}/approve",
    response_model=AdjustmentOut,
    dependencies=_APPROVE,
    responses=problems(
        queries.AdjustmentNotFound, queries.AdjustmentAlreadyDecided, actions.ApproverIsRequester
    ),
)
async def approve_adjustment(adjustment_id: UUID, body: DecisionIn, uow: WriteUow) -> AdjustmentOut:
    """Post what someone else asked for."""
    return await actions.approve_adjustment(uow, adjustment_id, body.note)


@router.post(
    "/adjustments/{adjustment_id}/reject",
    response_model=AdjustmentOut,
    dependencies=_REQUEST,
    responses=problems(queries.AdjustmentNotFound, queries.AdjustmentAlreadyDecided),
)
async def reject_adjustment(adjustment_id: UUID, body: DecisionIn, uow: WriteUow) -> AdjustmentOut:
    """Close a request without posting it."""
    return await actions.reject_adjustment(uow, adjustment_id, body.note)
