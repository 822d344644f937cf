"""HTTP for payoffs. The letter's PDF is at `/files/{id}`."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from curbstop.accounts.files.schemas import AccountFileOut
from curbstop.accounts.queries import AccountNotFound
from curbstop.billing.payoff import actions, queries
from curbstop.billing.payoff.schemas import PayoffLetterRequest, PayoffOut
from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.dates import Day
from curbstop.kernel.errors import BadInput, IdempotencyConflict
from curbstop.platform.http import problems
from curbstop.platform.uow import ReadUow, WriteUow

router = APIRouter(tags=["billing"])


@router.get(
    "/accounts/{account_id}/payoff",
    response_model=PayoffOut,
    dependencies=[requires(Perm.BILL_READ)],
    responses=problems(AccountNotFound, BadInput),
)
async def get_payoff(
    account_id: UUID,
    good_through_on: Annotated[Day, Query(description="Today or later, at most 60 days.")],
    reader: ReadUow,
) -> PayoffOut:
    """What pays an account in full through a day; what is not billed is an estimate and says so."""
    return await queries.payoff(reader.sql, account_id, reader.today, good_through_on)


@router.post(
    "/accounts/{account_id}/payoff-letters",
    status_code=201,
    response_model=AccountFileOut,
    dependencies=[requires(Perm.ACCOUNT_WRITE)],
    responses=problems(AccountNotFound, IdempotencyConflict, BadInput),
)
async def write_payoff_letter(
    account_id: UUID, body: PayoffLetterRequest, uow: WriteUow
) -> AccountFileOut:
    """Write a payoff letter as of today and keep it with the account."""
    return await actions.write_payoff_letter(uow, account_id, body)
