"""HTTP for payments."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from curbstop.accounts.queries import AccountNotFound
from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import BadInput, IdempotencyConflict
from curbstop.kernel.money import CENTS_MAX
from curbstop.payments import actions, queries
from curbstop.payments.cards import CardNumberRefused
from curbstop.payments.schemas import (
    PaymentIn,
    PaymentListParams,
    PaymentOut,
    PaymentPreview,
    PaymentRow,
    ReversalIn,
)
from curbstop.platform.http import problems
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow, WriteUow

router = APIRouter(prefix="/payments", tags=["payments"])
_READ = [requires(Perm.PAYMENT_READ)]
_TAKE = [requires(Perm.PAYMENT_TAKE)]


@router.get("", response_model=Page[PaymentRow], dependencies=_READ, responses=problems(BadInput))
async def list_payments(
    params: Annotated[PaymentListParams, Query()], reader: ReadUow, request: Request
) -> Page[PaymentRow] | Response:
    """Payments, newest first."""
    return await list_rows(reader, queries.PAYMENTS, params, request)


@router.get(
    "/preview",
    response_model=PaymentPreview,
    dependencies=_READ,
    responses=problems(AccountNotFound, BadInput),
)
async def preview_payment(
    account_id: UUID, cents: Annotated[int, Query(gt=0, le=CENTS_MAX)], reader: ReadUow
) -> PaymentPreview:
    """Which charges a payment would settle and what would remain; changes nothing."""
    return await queries.preview(reader, account_id, cents)


@router.post(
    "",
    status_code=201,
    response_model=PaymentOut,
    dependencies=_TAKE,
    responses=problems(
        CardNumberRefused,
        actions.ReferenceMissing,
        actions.ReceivedLater,
        AccountNotFound,
        IdempotencyConflict,
    ),
)
async def take_payment(body: PaymentIn, uow: WriteUow) -> PaymentOut:
    """Post a payment; it is allocated and booked in one transaction."""
    return await actions.take_payment(uow, body)


@router.get(
    "/{payment_id}",
    response_model=PaymentOut,
    dependencies=_READ,
    responses=problems(queries.PaymentNotFound),
)
async def get_payment(payment_id: UUID, reader: ReadUow) -> PaymentOut:
    """A payment and what it paid."""
    return await queries.find_payment(reader.sql, payment_id)


@router.post(
    "/{payment_id}/reverse",
    response_model=PaymentOut,
    dependencies=_TAKE,
    responses=problems(
        CardNumberRefused,
        queries.PaymentNotFound,
        actions.PaymentAlreadyReversed,
        IdempotencyConflict,
    ),
)
async def reverse_payment(payment_id: UUID, body: ReversalIn, uow: WriteUow) -> PaymentOut:
    """Take a payment back: returned by the bank, or keyed wrong."""
    return await actions.reverse_payment(uow, payment_id, body)
