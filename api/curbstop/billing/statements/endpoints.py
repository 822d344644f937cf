"""HTTP for statements: one as PDF or HTML, those of a run as a job, and what was printed."""

import asyncio
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from curbstop.accounts.kinds import Language
from curbstop.billing.bills.problems import BillNotFound, BillNotPosted, BillPosted
from curbstop.billing.runs.problems import RunBusy, RunNotFound, WrongState
from curbstop.billing.runs.queries import run_row, working_job
from curbstop.billing.statements import actions, draft
from curbstop.documents.statements import StatementData, render_statement
from curbstop.documents.statements.html import statement_html
from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.money import Cents
from curbstop.platform.http import problems as answers
from curbstop.platform.lists import ListParams, ListSpec, list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.progress import JobAccepted
from curbstop.platform.uow import ReadUow, WriteUow
from curbstop.platform.web import CONTENT_SECURITY_POLICY

router = APIRouter(tags=["billing"])
_PDF: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/pdf": {}}, "description": "Tagged PDF/UA-1."}
}
_HTML: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/html": {}}, "description": "The same statement for a browser."}
}
# The staff app shows the twin beside a list, in a frame of its own pages.
_IN_OUR_FRAME = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY.replace(
        "frame-ancestors 'none'", "frame-ancestors 'self'"
    )
}
Spoken = Annotated[Language | None, Query(description="Null takes the customer's language.")]


class PrintOut(BaseModel):
    """A time that statements were printed."""

    id: UUID
    run_id: UUID | None
    bill_id: UUID | None
    file_id: UUID | None = Field(description="The stored print file of a run.")
    statements: int
    pages: int
    total_due_cents: Cents
    language: str
    printed_by: UUID
    printed_at: datetime
    totals: dict[str, int] = Field(description="Print and register side by side.")


class PrintListParams(ListParams):
    """Filters of the print log."""

    run_id: UUID | None = None
    bill_id: UUID | None = None


PRINTS = ListSpec(
    row=PrintOut,
    source="statement_prints",
    columns={name: name for name in PrintOut.model_fields},
    sort="-printed_at",
    tiebreak="id",
    filters={"run_id": "run_id = {}", "bill_id": "bill_id = {}"},
)


# Both write: what is shown first is kept for ever, and every copy that leaves is logged.
@router.get(
    "/bills/{bill_id}/statement.pdf",
    response_class=Response,
    dependencies=[requires(Perm.BILL_READ)],
    responses=_PDF | answers(BillNotFound, BillNotPosted),
)
async def get_statement_pdf(bill_id: UUID, uow: WriteUow, language: Spoken = None) -> Response:
    """The statement as it was first printed, to the byte."""
    data, spoken = await actions.statement_of(uow, bill_id, language)
    content = await asyncio.to_thread(render_statement, data, spoken)
    await actions.log_reprint(uow, bill_id, data, spoken)
    name = f"bill-{data.bill_number}-{spoken}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(content, media_type="application/pdf", headers=headers)


@router.get(
    "/bills/{bill_id}/statement.html",
    response_class=Response,
    dependencies=[requires(Perm.BILL_READ)],
    responses=_HTML | answers(BillNotFound, BillNotPosted),
)
async def get_statement_html(bill_id: UUID, uow: WriteUow, language: Spoken = None) -> Response:
    """The statement's twin for browsers and screen readers."""
    data, spoken = await actions.statement_of(uow, bill_id, language)
    return _page(data, spoken)


@router.get(
    "/bills/{bill_id}/draft-statement.html",
    response_class=Response,
    dependencies=[requires(Perm.BILL_READ)],
    responses=_HTML | answers(BillNotFound, BillPosted),
)
async def get_draft_statement_html(
    bill_id: UUID, uow: WriteUow, language: Spoken = None
) -> Response:
    """What posting a calculated bill now would print; nothing of it is kept."""
    return _page(*await draft.draft_statement(uow, bill_id, language))


def _page(data: StatementData, language: str) -> Response:
    return Response(
        statement_html(data, language),
        media_type="text/html; charset=utf-8",
        headers=_IN_OUR_FRAME,
    )


@router.post(
    "/bill-runs/{run_id}/statements",
    status_code=202,
    response_model=JobAccepted,
    dependencies=[requires(Perm.RUN_PREPARE)],
    responses=answers(RunNotFound, WrongState, RunBusy),
)
async def print_bill_run_statements(run_id: UUID, uow: WriteUow) -> JobAccepted:
    """Print a posted run in mail order; the job's result names the stored file."""
    run = await run_row(uow.sql, run_id, lock=True)
    if run["state"] != "posted":
        raise WrongState(f"the run is {run['state']}, not posted")
    if await working_job(uow.sql, run_id):
        raise RunBusy
    job = await uow.defer("billing.print_statements", subject_id=run_id, run_id=str(run_id))
    return JobAccepted(job_id=job)


@router.get(
    "/statement-prints", response_model=Page[PrintOut], dependencies=[requires(Perm.BILL_READ)]
)
async def list_statement_prints(
    params: Annotated[PrintListParams, Query()], reader: ReadUow, request: Request
) -> Page[PrintOut] | Response:
    """When statements were printed, by whom, and what they were reconciled with."""
    return await list_rows(reader, PRINTS, params, request)
