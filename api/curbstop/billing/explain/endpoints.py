"""HTTP for bills: the list, why a bill is what it is, and why it is high."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from curbstop.accounts.kinds import Language
from curbstop.billing.bills import problems
from curbstop.billing.bills.queries import BILLS
from curbstop.billing.bills.schemas import BillComparison, BillListParams, BillOut, BillRow
from curbstop.billing.explain import rerate, why
from curbstop.billing.explain.schemas import RepricedBill, RerateOut, RerateRequest
from curbstop.billing.runs.review import Against
from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.dates import Period
from curbstop.kernel.errors import BadInput, FieldError
from curbstop.platform.http import problems as answers
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.progress import JobAccepted
from curbstop.platform.uow import ReadUow, WriteUow
from curbstop.rates.engine import RatingError
from curbstop.rates.tariffs.problems import VersionNotFound

router = APIRouter(prefix="/bills", tags=["billing"])
rerates_router = APIRouter(prefix="/re-rates", tags=["billing"])


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


@router.get(
    "/{bill_id}/price",
    response_model=RepricedBill,
    dependencies=[requires(Perm.BILL_READ)],
    responses=answers(problems.BillNotFound, VersionNotFound, RatingError, BadInput),
)
async def reprice_bill(
    bill_id: UUID, version_id: UUID, reader: ReadUow, language: Language = Language.ENGLISH
) -> RepricedBill:
    """The bill's period under any version of its tariff, drafts included."""
    return await rerate.reprice_bill(reader.sql, bill_id, version_id, language)


@rerates_router.post(
    "",
    status_code=202,
    response_model=JobAccepted,
    dependencies=[requires(Perm.TARIFF_READ)],
    responses=answers(VersionNotFound, BadInput),
)
async def rerate_district(body: RerateRequest, uow: WriteUow) -> JobAccepted:
    """A past period of the whole district under other versions; the result is a distribution."""
    if body.to_on <= body.from_on:
        why = "must lie after from_on"
        raise BadInput(why, FieldError("/to_on", why))
    await rerate.catalog_of(uow.sql, body.version_ids, Period(body.from_on, body.to_on))
    job = await uow.defer(
        "billing.rerate",
        version_ids=[str(version) for version in body.version_ids],
        from_on=str(body.from_on),
        to_on=str(body.to_on),
    )
    return JobAccepted(job_id=job)


@rerates_router.get(
    "/{job_id}",
    response_model=RerateOut,
    dependencies=[requires(Perm.TARIFF_READ)],
    responses=answers(rerate.RerateNotFound),
)
async def get_rerate(job_id: UUID, reader: ReadUow) -> RerateOut:
    """A re-rating with what was asked; its result once the job is done."""
    return await rerate.find_rerate(reader.sql, job_id)
