"""HTTP for bills: the list, why a bill is what it is, and why it is high."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from curbstop.accounts.kinds import Language
from curbstop.billing.bills import problems
from curbstop.billing.bills.queries import BILLS
from curbstop.billing.bills.schemas import BillComparison, BillListParams, BillOut, BillRow
from curbstop.billing.explain import why
from curbstop.billing.runs.review import Against
from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.platform.http import problems as answers
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow

router = APIRouter(prefix="/bills", tags=["billing"])


@router.get("", response_model=Page[BillRow], dependencies=[requires(Perm.BILL_READ)])
async def list_bills(
    params: Annotated[BillListParams, Query()], reader: ReadUow, request: Request
) -> Page[BillRow] | Response:
    """Bills of an account or a run; zero, credit, first and final ones by filter."""
    return await list_rows(reader, BILLS, params, request)


@router.get(
    "/{bill_id}",
    response_model=BillOut,
    dependencies=[requires(Perm.BILL_READ)],
    responses=answers(problems.BillNotFound),
)
async def get_bill(
    bill_id: UUID, reader: ReadUow, language: Language = Language.ENGLISH
) -> BillOut:
    """Why this bill: every line with its formula, reads, days, version and resolution."""
    return await why.explained_bill(reader.sql, bill_id, language)


@router.get(
    "/{bill_id}/comparison",
    response_model=BillComparison,
    dependencies=[requires(Perm.BILL_READ)],
    responses=answers(problems.BillNotFound, problems.NothingToCompareWith),
)
async def compare_bill(
    bill_id: UUID,
    reader: ReadUow,
    against: Annotated[Against, Query(alias="with")] = Against.PREVIOUS,
    language: Language = Language.ENGLISH,
) -> BillComparison:
    """Why is it high: days, use, price and other, in cents that sum to the difference."""
    return await why.compared_bill(reader.sql, bill_id, against, language)
