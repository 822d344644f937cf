"""HTTP for late penalties."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.dates import Day
from curbstop.kernel.errors import BadInput, IdempotencyConflict
from curbstop.ledger.penalties import actions, queries
from curbstop.ledger.penalties.schemas import (
    PenaltyPreview,
    PenaltyRunIn,
    PenaltyRunListParams,
    PenaltyRunOut,
)
from curbstop.platform.http import problems
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow, WriteUow

router = APIRouter(prefix="/penalty-runs", tags=["ledger"])
_READ = [requires(Perm.LEDGER_READ)]
_POST = [requires(Perm.RUN_POST)]


@router.get(
    "", response_model=Page[PenaltyRunOut], dependencies=_READ, responses=problems(BadInput)
)
async def list_penalty_runs(
    params: Annotated[PenaltyRunListParams, Query()], reader: ReadUow, request: Request
) -> Page[PenaltyRunOut] | Response:
    """Runs of late penalties, newest first."""
    return await list_rows(reader, queries.RUNS, params, request)


@router.get("/preview", response_model=PenaltyPreview, dependencies=_READ)
async def preview_penalty_run(
    reader: ReadUow,
    as_of_on: Annotated[Day | None, Query(description="Today when left out.")] = None,
) -> PenaltyPreview:
    """What a run would charge, with warnings above the law's ceiling; changes nothing."""
    return await queries.preview(reader, as_of_on or reader.today)


@router.post(
    "",
    status_code=202,
    response_model=PenaltyRunOut,
    dependencies=_POST,
    responses=problems(
        actions.PenaltyRunInFuture, actions.PenaltyAboveCeiling, IdempotencyConflict
    ),
)
async def start_penalty_run(body: PenaltyRunIn, uow: WriteUow) -> PenaltyRunOut:
    """Post late penalties as a job; follow its progress by `job_id`."""
    return await actions.start_run(uow, body)


@router.get(
    "/{run_id}",
    response_model=PenaltyRunOut,
    dependencies=_READ,
    responses=problems(queries.PenaltyRunNotFound),
)
async def get_penalty_run(run_id: UUID, reader: ReadUow) -> PenaltyRunOut:
    """One run."""
    return await queries.find_run(reader.sql, run_id)
