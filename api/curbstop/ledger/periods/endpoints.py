"""HTTP for months."""

from typing import Annotated

from fastapi import APIRouter, Path

from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.dates import Day
from curbstop.kernel.errors import Unavailable
from curbstop.ledger.periods import actions, queries
from curbstop.ledger.periods.schemas import PeriodOut
from curbstop.platform.http import problems
from curbstop.platform.uow import ReadUow, WriteUow

router = APIRouter(prefix="/periods", tags=["ledger"])


@router.get("", response_model=list[PeriodOut], dependencies=[requires(Perm.LEDGER_READ)])
async def list_periods(reader: ReadUow) -> list[PeriodOut]:
    """Every month from the first entry to today, newest first."""
    return await queries.list_periods(reader.sql, reader.today)


@router.post(
    "/{month}/close",
    response_model=list[PeriodOut],
    dependencies=[requires(Perm.LEDGER_CLOSE)],
    responses=problems(actions.PeriodAlreadyClosed, actions.PeriodNotOver, Unavailable),
)
async def close_period(
    month: Annotated[Day, Path(description="Any day of the month.", examples=["2026-06-01"])],
    uow: WriteUow,
) -> list[PeriodOut]:
    """Close a month and all before it; from then on corrections post in the open one."""
    await actions.close_period(uow, month)
    return await queries.list_periods(uow.sql, uow.today)
