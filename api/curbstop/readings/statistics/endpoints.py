"""HTTP for the figures of reading: parse, authorize, delegate."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.dates import add_months
from curbstop.kernel.errors import BadInput
from curbstop.platform.http import problems
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow
from curbstop.readings.statistics.queries import MONTHS_SHOWN, statistics_of
from curbstop.readings.statistics.schemas import ReadingMonth, StatisticsParams

router = APIRouter(tags=["readings"])


@router.get(
    "/read-statistics",
    response_model=Page[ReadingMonth],
    dependencies=[requires(Perm.READING_READ)],
    responses=problems(BadInput),
)
async def list_read_statistics(
    params: Annotated[StatisticsParams, Query()], reader: ReadUow, request: Request
) -> Page[ReadingMonth] | Response:
    """Reads, skips by code, estimates, exceptions and changed reads by month, walk and reader."""
    last_on = params.until_on or reader.today
    first_on = params.since_on or add_months(last_on.replace(day=1), 1 - MONTHS_SHOWN)
    return await list_rows(reader, statistics_of(first_on, last_on), params, request)
