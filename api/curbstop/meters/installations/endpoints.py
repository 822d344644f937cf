"""HTTP for installing, removing, exchanging and deducting."""

from uuid import UUID

from fastapi import APIRouter

from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import BadInput, IdempotencyConflict
from curbstop.meters.devices.actions import MeterRetired
from curbstop.meters.devices.queries import MeterNotFound
from curbstop.meters.installations import actions, deductions
from curbstop.meters.installations.schemas import (
    DeductionEnd,
    DeductionMade,
    DeductionRequest,
    ExchangeOut,
    ExchangeRequest,
    InstallationOut,
    InstallRequest,
    RemoveRequest,
)
from curbstop.meters.models import Deduction, Installation
from curbstop.meters.service_points.actions import ServicePointGone
from curbstop.meters.service_points.queries import ServicePointNotFound
from curbstop.platform.http import problems
from curbstop.platform.uow import WriteUow

router = APIRouter(tags=["meters"])
_WRITE = [requires(Perm.METER_WRITE)]
_SETTING = (
    *(MeterNotFound, MeterRetired, ServicePointNotFound, ServicePointGone),
    *(actions.MeterElsewhere, actions.PointHasMeter, actions.DayAhead),
    *(BadInput, IdempotencyConflict),
)


@router.post(
    "/installations",
    status_code=201,
    response_model=InstallationOut,
    dependencies=_WRITE,
    responses=problems(*_SETTING),
)
async def install_meter(body: InstallRequest, uow: WriteUow) -> Installation:
    """Set a meter at a service point, with its in-read."""
    return await actions.install_meter(uow, body)


@router.post(
    "/installations/{installation_id}/remove",
    response_model=InstallationOut,
    dependencies=_WRITE,
    responses=problems(
        actions.InstallationNotFound, actions.InstallationEnded, actions.DayAhead, BadInput
    ),
)
async def remove_meter(installation_id: UUID, body: RemoveRequest, uow: WriteUow) -> Installation:
    """Take a meter out, with its out-read."""
    return await actions.remove_meter(uow, installation_id, body)


@router.post(
    "/service-points/{service_point_id}/exchange",
    response_model=ExchangeOut,
    dependencies=_WRITE,
    responses=problems(*_SETTING, actions.NothingToExchange, actions.InstallationEnded),
)
async def exchange_meter(
    service_point_id: UUID, body: ExchangeRequest, uow: WriteUow
) -> ExchangeOut:
    """One meter out and another in, in one act: out-reads and in-reads of the same day."""
    removed, installed = await actions.exchange_meter(uow, service_point_id, body)
    return ExchangeOut(
        removed=InstallationOut.model_validate(removed, from_attributes=True),
        installed=InstallationOut.model_validate(installed, from_attributes=True),
    )


@router.post(
    "/deductions",
    status_code=201,
    response_model=DeductionMade,
    dependencies=_WRITE,
    responses=problems(
        *(ServicePointNotFound, ServicePointGone, deductions.DeductionStands),
        *(deductions.DeductionCircle, BadInput, IdempotencyConflict),
    ),
)
async def add_deduction(body: DeductionRequest, uow: WriteUow) -> Deduction:
    """From a day on, one point's water comes off another's."""
    return await deductions.add_deduction(uow, body)


@router.post(
    "/deductions/{deduction_id}/end",
    response_model=DeductionMade,
    dependencies=_WRITE,
    responses=problems(deductions.DeductionNotFound, deductions.DeductionEnded),
)
async def end_deduction(deduction_id: UUID, body: DeductionEnd, uow: WriteUow) -> Deduction:
    """The child's water no longer comes off."""
    return await deductions.end_deduction(uow, deduction_id, body)
