"""HTTP for the approval inbox."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from curbstop.identity.auth import requires_sign_in
from curbstop.kernel.errors import BadInput
from curbstop.platform.http import problems
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow
from curbstop.reports.approvals.queries import approvals_for
from curbstop.reports.approvals.schemas import ApprovalListParams, ApprovalRow

router = APIRouter(prefix="/approvals", tags=["reports"])


@router.get(
    "",
    response_model=Page[ApprovalRow],
    dependencies=[requires_sign_in()],
    responses=problems(BadInput),
)
async def list_approvals(
    params: Annotated[ApprovalListParams, Query()], reader: ReadUow, request: Request
) -> Page[ApprovalRow] | Response:
    """Everything that waits for a second person and that the caller may read, oldest first."""
    spec = approvals_for(reader.actor.id, reader.actor.permissions)
    return await list_rows(reader, spec, params, request)
