"""HTTP for the list of accounts by balance."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import BadInput
from curbstop.platform.export import wanted_export
from curbstop.platform.http import problems
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow
from curbstop.reports.balances.queries import balances_on
from curbstop.reports.balances.schemas import AccountBalanceParams, AccountBalanceRow

router = APIRouter(tags=["reports"])


@router.get(
    "/account-balances",
    response_model=Page[AccountBalanceRow],
    dependencies=[requires(Perm.LEDGER_READ)],
    responses=problems(BadInput),
)
async def list_account_balances(
    params: Annotated[AccountBalanceParams, Query()], reader: ReadUow, request: Request
) -> Page[AccountBalanceRow] | Response:
    """Accounts with their balance by age and their flags, as of today."""
    whole = wanted_export(request.headers.get("accept", "")) is not None
    spec = balances_on(reader.today, params, whole=whole)
    return await list_rows(reader, spec, params, request)
