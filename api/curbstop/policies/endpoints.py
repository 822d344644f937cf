"""HTTP for policies and office holidays."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query

from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.dates import Day
from curbstop.kernel.errors import BadInput, IdempotencyConflict
from curbstop.platform.http import problems
from curbstop.platform.uow import ReadUow, WriteUow
from curbstop.policies import actions, queries
from curbstop.policies.actions import PolicyNotFound, PolicyOutsideStatute
from curbstop.policies.schemas import (
    AnswerRequest,
    HolidayList,
    PolicyList,
    PolicyOut,
    PolicyPreview,
    PolicyRequest,
    PolicyValueOut,
    PreviewRequest,
)

router = APIRouter(prefix="/policies", tags=["policies"])
Key = Annotated[str, Path(max_length=80, examples=["late.basic_percent"])]
On = Annotated[Day | None, Query(description="The day; today by default.")]


@router.get("", response_model=PolicyList, dependencies=[requires(Perm.POLICY_READ)])
async def list_policies(reader: ReadUow, on: On = None) -> PolicyList:
    """Every policy on a day, with its source, what the law allows, and its history."""
    return await queries.policy_list(reader.sql, on or reader.today)


@router.get("/holidays", response_model=HolidayList, dependencies=[requires(Perm.POLICY_READ)])
async def list_holidays(
    reader: ReadUow, year: Annotated[int | None, Query(ge=2000, le=2100)] = None
) -> HolidayList:
    """The days of a year on which the office is closed, besides weekends."""
    return await queries.holidays_of_year(reader.sql, year or reader.today.year)


@router.get(
    "/{key}",
    response_model=PolicyOut,
    dependencies=[requires(Perm.POLICY_READ)],
    responses=problems(PolicyNotFound),
)
async def get_policy(key: Key, reader: ReadUow, on: On = None) -> PolicyOut:
    """One policy on a day, with its history."""
    actions.find_policy(key)
    return (await queries.list_policies(reader.sql, on or reader.today, key))[0]


@router.post(
    "/{key}/values",
    status_code=201,
    response_model=PolicyValueOut,
    dependencies=[requires(Perm.POLICY_WRITE)],
    responses=problems(PolicyNotFound, PolicyOutsideStatute, IdempotencyConflict, BadInput),
)
async def set_policy(key: Key, request: PolicyRequest, uow: WriteUow) -> PolicyValueOut:
    """Enter a decision from a day on. Above a statutory ceiling it must be acknowledged.

    Where money moves it applies once a second person has approved it.
    """
    return await actions.set_policy(uow, key, request)


@router.post(
    "/{key}/preview",
    response_model=PolicyPreview,
    dependencies=[requires(Perm.POLICY_READ)],
    responses=problems(PolicyNotFound, BadInput),
)
async def preview_policy(key: Key, request: PreviewRequest, reader: ReadUow) -> PolicyPreview:
    """See what a value would change, from which day to which, and what the law says of it."""
    entry = actions.find_policy(key)
    value = actions.parse_request(entry, request.value)
    return await queries.preview(reader, entry, value, request)


@router.post(
    "/{key}/values/{value_id}/approve",
    response_model=PolicyValueOut,
    dependencies=[requires(Perm.POLICY_APPROVE)],
    responses=problems(
        PolicyNotFound,
        actions.PolicyValueNotFound,
        actions.PolicyValueNotWaiting,
        actions.PolicyApproverIsAuthor,
    ),
)
async def approve_policy_value(key: Key, value_id: UUID, uow: WriteUow) -> PolicyValueOut:
    """Approve, as a second person, what another entered; it applies from its day on."""
    return await actions.approve_value(uow, key, value_id)


@router.post(
    "/{key}/values/{value_id}/return",
    response_model=PolicyValueOut,
    dependencies=[requires(Perm.POLICY_APPROVE)],
    responses=problems(PolicyNotFound, actions.PolicyValueNotFound, actions.PolicyValueNotWaiting),
)
async def return_policy_value(
    key: Key, value_id: UUID, request: AnswerRequest, uow: WriteUow
) -> PolicyValueOut:
    """Return a waiting value with a reason, or take one's own back; it never applies."""
    return await actions.return_value(uow, key, value_id, request.reason)
