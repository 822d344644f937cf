"""HTTP for winter averages."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from curbstop.billing.winter import actions, queries
from curbstop.billing.winter.schemas import (
    WinterAverageOut,
    WinterComputation,
    WinterEntry,
    WinterListParams,
)
from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.platform.http import problems
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.progress import JobAccepted
from curbstop.platform.uow import ReadUow, WriteUow

router = APIRouter(prefix="/winter-averages", tags=["billing"])


@router.get("", response_model=Page[WinterAverageOut], dependencies=[requires(Perm.BILL_READ)])
async def list_winter_averages(
    params: Annotated[WinterListParams, Query()], reader: ReadUow, request: Request
) -> Page[WinterAverageOut] | Response:
    """What sewer bills are priced by, newest first."""
    return await list_rows(reader, queries.WINTER_AVERAGES, params, request)


@router.post(
    "/computations",
    status_code=202,
    response_model=JobAccepted,
    dependencies=[requires(Perm.RUN_PREPARE)],
    responses=problems(actions.NoWinterRule),
)
async def compute_winter_averages(body: WinterComputation, uow: WriteUow) -> JobAccepted:
    """Work out everyone's average by the tariff's rule; repeating it gives the same averages."""
    return JobAccepted(job_id=await actions.compute_later(uow, body))


@router.put(
    "",
    status_code=204,
    dependencies=[requires(Perm.RUN_PREPARE)],
    responses=problems(actions.AgreementNotFound),
)
async def enter_winter_average(body: WinterEntry, uow: WriteUow) -> None:
    """Set one customer's average by hand, with the reason."""
    await actions.enter_average(uow, body)
