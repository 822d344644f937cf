"""HTTP for bill runs: parse, authorize, delegate."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from curbstop.billing.bills.schemas import BillListParams
from curbstop.billing.cycles.problems import AccountsUnknown
from curbstop.billing.runs import actions, excuses, prelist, problems, proof, queries, review
from curbstop.billing.runs.prepare import prepare_run
from curbstop.billing.runs.schemas import (
    CompletenessOut,
    ExceptionSelection,
    ExcusedOut,
    ExcuseManyRequest,
    ExcusePreview,
    ExcuseRequest,
    PreListOut,
    ReversalPreview,
    ReverseRequest,
    RunBillRow,
    RunComparison,
    RunExceptionListParams,
    RunExceptionOut,
    RunListParams,
    RunOut,
    RunProof,
    RunRequest,
)
from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import BadInput, IdempotencyConflict
from curbstop.ledger.chart import UnknownChargeGroup
from curbstop.platform.http import problems as answers
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.progress import JobAccepted
from curbstop.platform.uow import ReadUow, WriteUow

router = APIRouter(prefix="/bill-runs", tags=["billing"])
_BUSY = (problems.RunNotFound, problems.WrongState, problems.RunBusy)


@router.get("", response_model=Page[RunOut], dependencies=[requires(Perm.BILL_READ)])
async def list_bill_runs(
    params: Annotated[RunListParams, Query()], reader: ReadUow, request: Request
) -> Page[RunOut] | Response:
    """Runs, newest first."""
    return await list_rows(reader, queries.RUNS, params, request)


@router.post(
    "",
    status_code=201,
    response_model=RunOut,
    dependencies=[requires(Perm.RUN_PREPARE)],
    responses=answers(
        problems.CyclePeriodNotFound,
        problems.PeriodHasRun,
        problems.RunNeedsAccounts,
        AccountsUnknown,
        BadInput,
        IdempotencyConflict,
    ),
)
async def prepare_bill_run(body: RunRequest, uow: WriteUow) -> RunOut:
    """Set up a run of a cycle's period, or of named accounts."""
    return await prepare_run(uow, body)


@router.get(
    "/{run_id}",
    response_model=RunOut,
    dependencies=[requires(Perm.BILL_READ)],
    responses=answers(problems.RunNotFound),
)
async def get_bill_run(run_id: UUID, reader: ReadUow) -> RunOut:
    """One run."""
    return await queries.find_run(reader.sql, run_id)


@router.get(
    "/{run_id}/pre-list",
    response_model=PreListOut,
    dependencies=[requires(Perm.BILL_READ)],
    responses=answers(problems.RunNotFound),
)
async def get_bill_run_pre_list(run_id: UUID, reader: ReadUow) -> PreListOut:
    """Who the run must bill, and what is missing for it."""
    return await prelist.pre_list(reader.sql, run_id)


@router.get(
    "/{run_id}/bills",
    response_model=Page[RunBillRow],
    dependencies=[requires(Perm.BILL_READ)],
    responses=answers(problems.RunNotFound),
)
async def list_bill_run_bills(
    run_id: UUID,
    params: Annotated[BillListParams, Query()],
    reader: ReadUow,
    request: Request,
) -> Page[RunBillRow] | Response:
    """The run's bills beside the bills before; zero, credit, first and final ones by filter."""
    await queries.run_row(reader.sql, run_id)
    params.run_id = run_id
    return await list_rows(reader, queries.RUN_BILLS, params, request)


@router.post(
    "/{run_id}/calculate",
    status_code=202,
    response_model=JobAccepted,
    dependencies=[requires(Perm.RUN_PREPARE)],
    responses=answers(*_BUSY, problems.NothingExpected),
)
async def calculate_bill_run(run_id: UUID, uow: WriteUow) -> JobAccepted:
    """Calculate, or calculate again: the earlier results give way."""
    return JobAccepted(job_id=await actions.calculate_run(uow, run_id))


@router.post(
    "/{run_id}/review",
    response_model=RunOut,
    dependencies=[requires(Perm.RUN_PREPARE)],
    responses=answers(*_BUSY),
)
async def review_bill_run(run_id: UUID, uow: WriteUow) -> RunOut:
    """Say that the run was looked through."""
    return await actions.review_run(uow, run_id)


@router.post(
    "/{run_id}/approve",
    response_model=RunOut,
    dependencies=[requires(Perm.RUN_APPROVE)],
    responses=answers(
        *_BUSY, problems.PreparerMayNotApprove, problems.RunIncomplete, UnknownChargeGroup
    ),
)
async def approve_bill_run(run_id: UUID, uow: WriteUow) -> RunOut:
    """Release the run for posting; by another person than prepared it."""
    return await actions.approve_run(uow, run_id)


@router.post(
    "/{run_id}/return",
    response_model=RunOut,
    dependencies=[requires(Perm.RUN_APPROVE)],
    responses=answers(*_BUSY),
)
async def return_bill_run(run_id: UUID, body: ReverseRequest, uow: WriteUow) -> RunOut:
    """Give a reviewed run back to whoever prepared it."""
    return await actions.return_run(uow, run_id, body.reason)


@router.post(
    "/{run_id}/post",
    status_code=202,
    response_model=JobAccepted,
    dependencies=[requires(Perm.RUN_POST)],
    responses=answers(*_BUSY),
)
async def post_bill_run(run_id: UUID, uow: WriteUow) -> JobAccepted:
    """Put the run's bills into the books."""
    return JobAccepted(job_id=await actions.post_run(uow, run_id))


@router.get(
    "/{run_id}/reversal-preview",
    response_model=ReversalPreview,
    dependencies=[requires(Perm.BILL_READ)],
    responses=answers(problems.RunNotFound),
)
async def preview_bill_run_reversal(run_id: UUID, reader: ReadUow) -> ReversalPreview:
    """What reversing the run would undo."""
    return await queries.reversal_preview(reader.sql, run_id)


@router.post(
    "/{run_id}/reverse",
    status_code=202,
    response_model=JobAccepted,
    dependencies=[requires(Perm.RUN_APPROVE)],
    responses=answers(problems.LaterBillsStand, *_BUSY),
)
async def reverse_bill_run(run_id: UUID, body: ReverseRequest, uow: WriteUow) -> JobAccepted:
    """Take a posted run back whole; payments on it become credits."""
    return JobAccepted(job_id=await actions.reverse_run(uow, run_id, body.reason))


@router.post(
    "/{run_id}/discard",
    response_model=RunOut,
    dependencies=[requires(Perm.RUN_PREPARE)],
    responses=answers(*_BUSY),
)
async def discard_bill_run(run_id: UUID, body: ReverseRequest, uow: WriteUow) -> RunOut:
    """Give up a run that is not approved."""
    return await actions.discard_run(uow, run_id, body.reason)


@router.get(
    "/{run_id}/exceptions",
    response_model=Page[RunExceptionOut],
    dependencies=[requires(Perm.BILL_READ)],
    responses=answers(problems.RunNotFound),
)
async def list_bill_run_exceptions(
    run_id: UUID,
    params: Annotated[RunExceptionListParams, Query()],
    reader: ReadUow,
    request: Request,
) -> Page[RunExceptionOut] | Response:
    """Accounts that were not billed, or that somebody should look at."""
    await queries.run_row(reader.sql, run_id)
    return await list_rows(reader, queries.exceptions_of(run_id), params, request)


@router.post(
    "/{run_id}/exceptions/{exception_id}/excuse",
    status_code=204,
    dependencies=[requires(Perm.RUN_PREPARE)],
    responses=answers(
        problems.RunNotFound,
        problems.ExceptionNotFound,
        problems.AlreadyExcused,
        problems.WrongState,
    ),
)
async def excuse_bill_run_exception(
    run_id: UUID, exception_id: UUID, body: ExcuseRequest, uow: WriteUow
) -> None:
    """Let an account stay without a bill in this run, with a reason."""
    await excuses.excuse(uow, run_id, exception_id, body.reason)


@router.post(
    "/{run_id}/exceptions/excuse-preview",
    response_model=ExcusePreview,
    dependencies=[requires(Perm.BILL_READ)],
    responses=answers(problems.RunNotFound),
)
async def preview_bill_run_excuses(
    run_id: UUID, body: ExceptionSelection, reader: ReadUow
) -> ExcusePreview:
    """How many exceptions and accounts a selection holds, and what stays open; changes nothing."""
    return await excuses.preview_excuse(reader.sql, run_id, body)


@router.post(
    "/{run_id}/exceptions/excuse",
    response_model=ExcusedOut,
    dependencies=[requires(Perm.RUN_PREPARE)],
    responses=answers(problems.RunNotFound, problems.WrongState, problems.ExceptionsChanged),
)
async def excuse_bill_run_exceptions(
    run_id: UUID, body: ExcuseManyRequest, uow: WriteUow
) -> ExcusedOut:
    """Let many accounts stay without a bill in this run, with one reason."""
    return await excuses.excuse_many(uow, run_id, body)


@router.get(
    "/{run_id}/completeness",
    response_model=CompletenessOut,
    dependencies=[requires(Perm.BILL_READ)],
    responses=answers(problems.RunNotFound),
)
async def get_bill_run_completeness(run_id: UUID, reader: ReadUow) -> CompletenessOut:
    """The proof that every expected account is billed or excused."""
    return await queries.completeness(reader.sql, run_id)


@router.get(
    "/{run_id}/comparison",
    response_model=RunComparison,
    dependencies=[requires(Perm.BILL_READ)],
    responses=answers(problems.RunNotFound),
)
async def compare_bill_run(
    run_id: UUID,
    reader: ReadUow,
    against: Annotated[review.Against, Query(alias="with")] = review.Against.PREVIOUS,
) -> RunComparison:
    """The run against the last one of its cycle, or the same period last year."""
    return await review.compare_run(reader.sql, run_id, against)


@router.get(
    "/{run_id}/proof",
    response_model=RunProof,
    dependencies=[requires(Perm.BILL_READ)],
    responses=answers(problems.RunNotFound),
)
async def prove_bill_run(run_id: UUID, reader: ReadUow) -> RunProof:
    """Bills against postings, statements and print file, and where the money went in the books."""
    return await proof.prove_run(reader.sql, run_id)
