"""HTTP for agreements."""

from uuid import UUID

from fastapi import APIRouter

from curbstop.accounts.agreements import actions, attributes
from curbstop.accounts.agreements.queries import AgreementNotFound
from curbstop.accounts.agreements.schemas import (
    AgreementEnd,
    AgreementOut,
    AgreementRequest,
    AttributeOut,
    AttributeRequest,
)
from curbstop.accounts.models import Agreement
from curbstop.accounts.queries import AccountNotFound
from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import BadInput, IdempotencyConflict
from curbstop.meters.service_points.actions import ServicePointGone
from curbstop.meters.service_points.queries import ServicePointNotFound
from curbstop.platform.http import problems
from curbstop.platform.uow import WriteUow

router = APIRouter(tags=["accounts"])
_WRITE = [requires(Perm.ACCOUNT_WRITE)]


@router.post(
    "/accounts/{account_id}/agreements",
    status_code=201,
    response_model=AgreementOut,
    dependencies=_WRITE,
    responses=problems(
        *(AccountNotFound, actions.AccountClosed, actions.AgreementBeforeAccount),
        *(ServicePointNotFound, ServicePointGone, actions.AgreementStands),
        *(actions.ShareTaken, IdempotencyConflict, BadInput),
    ),
)
async def start_agreement(account_id: UUID, body: AgreementRequest, uow: WriteUow) -> Agreement:
    """Start a service for an account; the in-date is theirs."""
    return await actions.start_agreement(uow, account_id, body)


@router.post(
    "/agreements/{agreement_id}/end",
    response_model=AgreementOut,
    dependencies=_WRITE,
    responses=problems(AgreementNotFound, actions.AgreementEndRefused),
)
async def end_agreement(agreement_id: UUID, body: AgreementEnd, uow: WriteUow) -> Agreement:
    """End a service for an account; the day named is the next party's."""
    return await actions.end_agreement(uow, agreement_id, body)


@router.post(
    "/agreements/{agreement_id}/attributes",
    response_model=list[AttributeOut],
    dependencies=_WRITE,
    responses=problems(AgreementNotFound, attributes.AttributeOutsideAgreement, BadInput),
)
async def set_attribute(
    agreement_id: UUID, body: AttributeRequest, uow: WriteUow
) -> list[AttributeOut]:
    """Change a fact that the rate asks for, from a day on."""
    return await attributes.set_attribute(uow, agreement_id, body)
