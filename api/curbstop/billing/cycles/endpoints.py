"""HTTP for cycles: parse, authorize, delegate."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from curbstop.billing.cycles import actions, dates, problems, queries
from curbstop.billing.cycles.models import CycleRequest
from curbstop.billing.cycles.schemas import (
    CalendarRequest,
    CycleListParams,
    CycleMemberListParams,
    CycleMemberRow,
    CycleOut,
    CyclePeriodListParams,
    CyclePeriodOut,
    MembersOut,
    MembersRequest,
    PeriodChange,
    PeriodChangePreview,
    PeriodDates,
)
from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import IdempotencyConflict
from curbstop.platform.http import problems as answers
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow, WriteUow

router = APIRouter(prefix="/cycles", tags=["billing"])


class CalendarOut(BaseModel):
    """The periods that were added."""

    period_ids: list[UUID] = Field(description="In order.")


@router.get("", response_model=Page[CycleOut], dependencies=[requires(Perm.BILL_READ)])
async def list_cycles(
    params: Annotated[CycleListParams, Query()], reader: ReadUow, request: Request
) -> Page[CycleOut] | Response:
    """Cycles with how many accounts they hold."""
    return await list_rows(reader, queries.CYCLES, params, request)


@router.post(
    "",
    status_code=201,
    response_model=CycleOut,
    dependencies=[requires(Perm.RUN_PREPARE)],
    responses=answers(problems.CycleCodeTaken, IdempotencyConflict),
)
async def add_cycle(body: CycleRequest, uow: WriteUow) -> CycleOut:
    """Set up a cycle."""
    return await actions.add_cycle(uow, CycleRequest.model_validate(body.model_dump()))


@router.get(
    "/{cycle_id}",
    response_model=CycleOut,
    dependencies=[requires(Perm.BILL_READ)],
    responses=answers(problems.CycleNotFound),
)
async def get_cycle(cycle_id: UUID, reader: ReadUow) -> CycleOut:
    """One cycle."""
    return await queries.find_cycle(reader.sql, cycle_id)


@router.get(
    "/{cycle_id}/periods",
    response_model=Page[CyclePeriodOut],
    dependencies=[requires(Perm.BILL_READ)],
    responses=answers(problems.CycleNotFound),
)
async def list_cycle_periods(
    cycle_id: UUID,
    params: Annotated[CyclePeriodListParams, Query()],
    reader: ReadUow,
    request: Request,
) -> Page[CyclePeriodOut] | Response:
    """The calendar: periods, reading windows, bill and due dates, and the run of each."""
    await queries.find_cycle(reader.sql, cycle_id)
    return await list_rows(reader, queries.calendar_of(cycle_id), params, request)


@router.post(
    "/{cycle_id}/periods",
    status_code=201,
    response_model=CalendarOut,
    dependencies=[requires(Perm.RUN_PREPARE)],
    responses=answers(problems.CycleNotFound, problems.CalendarHasGap),
)
async def extend_cycle_calendar(
    cycle_id: UUID, body: CalendarRequest, uow: WriteUow
) -> CalendarOut:
    """Add periods after the last one; a year of a monthly cycle is twelve."""
    return CalendarOut(period_ids=await actions.extend_calendar(uow, cycle_id, body))


@router.post(
    "/{cycle_id}/accounts",
    response_model=MembersOut,
    dependencies=[requires(Perm.RUN_PREPARE)],
    responses=answers(problems.CycleNotFound, problems.AccountsUnknown, problems.MoveNotForward),
)
async def move_accounts_to_cycle(cycle_id: UUID, body: MembersRequest, uow: WriteUow) -> MembersOut:
    """Put accounts into the cycle from a day on."""
    return await actions.move_accounts(uow, cycle_id, body)


@router.get(
    "/{cycle_id}/accounts",
    response_model=Page[CycleMemberRow],
    dependencies=[requires(Perm.BILL_READ)],
    responses=answers(problems.CycleNotFound),
)
async def list_cycle_accounts(
    cycle_id: UUID,
    params: Annotated[CycleMemberListParams, Query()],
    reader: ReadUow,
    request: Request,
) -> Page[CycleMemberRow] | Response:
    """The accounts that bill with the cycle today or will."""
    await queries.find_cycle(reader.sql, cycle_id)
    return await list_rows(reader, queries.members_of(cycle_id, reader.today), params, request)


@router.post(
    "/{cycle_id}/periods/{period_id}/preview",
    response_model=PeriodChangePreview,
    dependencies=[requires(Perm.BILL_READ)],
    responses=answers(problems.PeriodNotFound),
)
async def preview_cycle_period(
    cycle_id: UUID, period_id: UUID, body: PeriodDates, reader: ReadUow
) -> PeriodChangePreview:
    """What moving the days of a period would do; changes nothing."""
    return await dates.preview_change(reader.sql, cycle_id, period_id, body)


@router.put(
    "/{cycle_id}/periods/{period_id}",
    status_code=204,
    dependencies=[requires(Perm.RUN_PREPARE)],
    responses=answers(problems.PeriodNotFound, problems.PeriodStays),
)
async def change_cycle_period(
    cycle_id: UUID, period_id: UUID, body: PeriodChange, uow: WriteUow
) -> None:
    """Move the reading, bill and due days of a period that no run has calculated."""
    await dates.change_dates(uow, cycle_id, period_id, body)
