"""HTTP for the chart's balances and charge groups."""

from typing import Annotated

from fastapi import APIRouter, Query

from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.dates import Day
from curbstop.ledger.accounts import queries
from curbstop.ledger.accounts.schemas import ChargeGroupOut, GlBalances
from curbstop.platform.uow import ReadUow

router = APIRouter(tags=["ledger"])


@router.get("/gl-balances", response_model=GlBalances, dependencies=[requires(Perm.LEDGER_READ)])
async def get_gl_balances(
    reader: ReadUow,
    as_of_on: Annotated[Day | None, Query(description="End of this day; today.")] = None,
) -> GlBalances:
    """The chart of accounts with balances as of a day, and the proof of the receivable."""
    return await queries.balances(reader.sql, as_of_on or reader.today)


@router.get(
    "/charge-groups",
    response_model=list[ChargeGroupOut],
    dependencies=[requires(Perm.TARIFF_READ)],
)
async def list_charge_groups(reader: ReadUow) -> list[ChargeGroupOut]:
    """The charge codes that tariffs may name, and the account that each leads to."""
    return await queries.charge_groups(reader.sql)
