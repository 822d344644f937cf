"""HTTP for winter averages: those in force, and proposals of new ones."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from curbstop.billing.winter import actions, problems, queries
from curbstop.billing.winter.schemas import (
    WinterAverageOut,
    WinterComputation,
    WinterEntry,
    WinterLineEdit,
    WinterLineListParams,
    WinterLineOut,
    WinterListParams,
    WinterProposalListParams,
    WinterProposalOut,
    WinterProposalRow,
    WinterRejection,
)
from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import BadInput, IdempotencyConflict, StaleVersion, VersionRequired
from curbstop.platform.http import IfMatch, etag_of
from curbstop.platform.http import problems as answers
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.progress import JobAccepted
from curbstop.platform.uow import ReadUow, WriteUow

router = APIRouter(tags=["billing"])
_ACT = (problems.ProposalNotFound, problems.ProposalNotOpen, StaleVersion, VersionRequired)


@router.get(
    "/winter-averages",
    response_model=Page[WinterAverageOut],
    dependencies=[requires(Perm.BILL_READ)],
    responses=answers(BadInput),
)
async def list_winter_averages(
    params: Annotated[WinterListParams, Query()], reader: ReadUow, request: Request
) -> Page[WinterAverageOut] | Response:
    """What sewer bills are priced by, newest first; an account's history by its filter."""
    return await list_rows(reader, queries.WINTER_AVERAGES, params, request)


@router.get(
    "/winter-proposals",
    response_model=Page[WinterProposalRow],
    dependencies=[requires(Perm.BILL_READ)],
    responses=answers(BadInput),
)
async def list_winter_proposals(
    params: Annotated[WinterProposalListParams, Query()], reader: ReadUow, request: Request
) -> Page[WinterProposalRow] | Response:
    """Averages computed or entered, before and after somebody decided on them."""
    return await list_rows(reader, queries.PROPOSALS, params, request)


@router.post(
    "/winter-proposals",
    status_code=202,
    response_model=JobAccepted,
    dependencies=[requires(Perm.RUN_PREPARE)],
    responses=answers(problems.NoWinterRule, IdempotencyConflict, BadInput),
)
async def compute_winter_averages(body: WinterComputation, uow: WriteUow) -> JobAccepted:
    """Work out everyone's average by the tariff's rule; nothing is set before it is approved."""
    return JobAccepted(job_id=await actions.compute_later(uow, body))


@router.post(
    "/winter-proposals/by-hand",
    status_code=201,
    response_model=WinterProposalOut,
    dependencies=[requires(Perm.RUN_PREPARE)],
    responses=answers(problems.AgreementNotFound, IdempotencyConflict, BadInput),
)
async def propose_winter_average(body: WinterEntry, uow: WriteUow) -> WinterProposalOut:
    """Propose one customer's average by hand, with the reason."""
    await actions.propose_by_hand(uow, body)
    return await queries.find_proposal(uow.sql, body.id)


@router.get(
    "/winter-proposals/{proposal_id}",
    response_model=WinterProposalOut,
    dependencies=[requires(Perm.BILL_READ)],
    responses=answers(problems.ProposalNotFound),
)
async def get_winter_proposal(
    proposal_id: UUID, reader: ReadUow, response: Response
) -> WinterProposalOut:
    """A proposal, the effect of setting it, and how many lines deserve a look."""
    found = await queries.find_proposal(reader.sql, proposal_id)
    response.headers["ETag"] = etag_of(found.version)
    return found


@router.get(
    "/winter-proposals/{proposal_id}/lines",
    response_model=Page[WinterLineOut],
    dependencies=[requires(Perm.BILL_READ)],
    responses=answers(BadInput),
)
async def list_winter_lines(
    proposal_id: UUID,
    params: Annotated[WinterLineListParams, Query()],
    reader: ReadUow,
    request: Request,
) -> Page[WinterLineOut] | Response:
    """What each customer would be set to, beside what they have."""
    spec = queries.lines_of(proposal_id)
    return await list_rows(reader, spec, params, request)


@router.put(
    "/winter-proposals/{proposal_id}/lines/{agreement_id}",
    response_model=WinterProposalOut,
    dependencies=[requires(Perm.RUN_PREPARE)],
    responses=answers(problems.AgreementNotFound, BadInput, *_ACT),
)
async def correct_winter_line(
    proposal_id: UUID,
    agreement_id: UUID,
    body: WinterLineEdit,
    uow: WriteUow,
    seen: IfMatch,
    response: Response,
) -> WinterProposalOut:
    """Correct one customer's line, or leave them as they are; whoever does may not approve."""
    await actions.set_line(uow, proposal_id, agreement_id, body, seen)
    return await _answer(uow, proposal_id, response)


@router.post(
    "/winter-proposals/{proposal_id}/approve",
    response_model=WinterProposalOut,
    dependencies=[requires(Perm.RUN_APPROVE)],
    responses=answers(problems.ApproverIsAuthor, *_ACT),
)
async def approve_winter_proposal(
    proposal_id: UUID, uow: WriteUow, seen: IfMatch, response: Response
) -> WinterProposalOut:
    """Set the averages as a second person."""
    await actions.approve(uow, proposal_id, seen)
    return await _answer(uow, proposal_id, response)


@router.post(
    "/winter-proposals/{proposal_id}/reject",
    response_model=WinterProposalOut,
    dependencies=[requires(Perm.RUN_APPROVE)],
    responses=answers(BadInput, *_ACT),
)
async def reject_winter_proposal(
    proposal_id: UUID, body: WinterRejection, uow: WriteUow, seen: IfMatch, response: Response
) -> WinterProposalOut:
    """Set nothing of it."""
    await actions.reject(uow, proposal_id, body.reason, seen)
    return await _answer(uow, proposal_id, response)


async def _answer(uow: WriteUow, proposal_id: UUID, response: Response) -> WinterProposalOut:
    found = await queries.find_proposal(uow.sql, proposal_id)
    response.headers["ETag"] = etag_of(found.version)
    return found
