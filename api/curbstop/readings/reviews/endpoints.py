"""HTTP for the edit list: parse, authorize, delegate."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import BadInput, IdempotencyConflict
from curbstop.platform.http import problems
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow, WriteUow
from curbstop.readings.actions import ReadDoesNotFit
from curbstop.readings.days import QueryDay
from curbstop.readings.queries import RegisterNotFound
from curbstop.readings.reviews import actions, choosing, parameters, queries, usual
from curbstop.readings.reviews.schemas import (
    ActsDone,
    ActsEffect,
    MatchRequest,
    ParameterOut,
    ParameterRequest,
    ReviewActs,
    ReviewActsAsked,
    ReviewApproval,
    ReviewEvidence,
    ReviewListParams,
    ReviewProgress,
    ReviewShown,
)

router = APIRouter(tags=["readings"])


@router.get(
    "/read-reviews",
    response_model=Page[ReviewShown],
    dependencies=[requires(Perm.READING_READ)],
    responses=problems(BadInput),
)
async def list_read_reviews(
    params: Annotated[ReviewListParams, Query()], reader: ReadUow, request: Request
) -> Page[ReviewShown] | Response:
    """The edit list by rule, walk and state, each exception beside its register's usual use."""
    return await usual.list_reviews(reader, params, request)


@router.get(
    "/read-reviews/progress",
    response_model=ReviewProgress,
    dependencies=[requires(Perm.READING_READ)],
)
async def get_review_progress(
    first_on: QueryDay,
    last_on: QueryDay,
    reader: ReadUow,
    import_id: UUID | None = None,
    walk: Annotated[str | None, Query(max_length=20)] = None,
) -> ReviewProgress:
    """`412 of 418 clear` for a span of days, one import or one walk, and the count of each tab."""
    return await queries.review_progress(reader.sql, first_on, last_on, import_id, walk)


@router.get(
    "/read-reviews/{review_id}/evidence",
    response_model=ReviewEvidence,
    dependencies=[requires(Perm.READING_READ)],
    responses=problems(queries.ReviewMissing),
)
async def get_review_evidence(review_id: UUID, reader: ReadUow) -> ReviewEvidence:
    """Thirteen periods for the sparkline, the same season last year, the neighbors' median."""
    return await queries.review_evidence(reader.sql, review_id)


@router.post(
    "/read-reviews/acts",
    response_model=ActsDone,
    dependencies=[requires(Perm.READING_REVIEW)],
    responses=problems(actions.ReviewNotFound, choosing.TooManyChosen),
)
async def act_on_reviews(body: ReviewActs, uow: WriteUow) -> ActsDone:
    """Accept, estimate, re-read, roll over, hold or dismiss one exception or many like ones.

    Those that the act does not fit are named in `refused` and left as they were.
    """
    return await actions.act_on(
        uow, await choosing.chosen_ids(uow.sql, body), body.act, body.reason
    )


@router.post(
    "/read-reviews/acts/preview",
    response_model=ActsEffect,
    dependencies=[requires(Perm.READING_REVIEW)],
    responses=problems(choosing.TooManyChosen),
)
async def preview_acts_on_reviews(body: ReviewActsAsked, reader: ReadUow) -> ActsEffect:
    """How many exceptions an act would decide, propose to a second person, or leave, and why."""
    return await choosing.effect_of(reader, body)


@router.post(
    "/read-reviews/approvals",
    response_model=ActsDone,
    dependencies=[requires(Perm.READING_APPROVE)],
    responses=problems(actions.ReviewNotFound, choosing.TooManyChosen),
)
async def approve_reviews(body: ReviewApproval, uow: WriteUow) -> ActsDone:
    """Approve, as a second person, what another proposed above the threshold."""
    return await actions.approve(uow, await choosing.chosen_ids(uow.sql, body))


@router.post(
    "/read-reviews/{review_id}/match",
    status_code=204,
    dependencies=[requires(Perm.READING_REVIEW)],
    responses=problems(
        actions.ReviewNotFound,
        actions.ReviewDecided,
        actions.ReviewActDoesNotFit,
        actions.RegisterReadThatDay,
        RegisterNotFound,
        ReadDoesNotFit,
    ),
)
async def match_review(review_id: UUID, body: MatchRequest, uow: WriteUow) -> None:
    """Say which register an unknown line belongs to; its read is recorded and judged."""
    await actions.match_line(uow, review_id, body)


@router.get(
    "/read-rule-parameters",
    response_model=list[ParameterOut],
    dependencies=[requires(Perm.READING_READ)],
)
async def list_read_rule_parameters(reader: ReadUow) -> list[ParameterOut]:
    """Every threshold that the district set, newest first."""
    return await queries.list_parameters(reader.sql)


@router.post(
    "/read-rule-parameters",
    status_code=201,
    response_model=ParameterOut,
    dependencies=[requires(Perm.READING_APPROVE)],
    responses=problems(BadInput, IdempotencyConflict),
)
async def set_read_rule_parameter(body: ParameterRequest, uow: WriteUow) -> ParameterOut:
    """Set a threshold of the rules for a class and season, from a day on."""
    return await parameters.set_parameter(uow, body)
