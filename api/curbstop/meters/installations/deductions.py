"""Deduct meters: saying from which day a child's water comes off its parent's."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, or_, select

from curbstop.audit import actions as audit
from curbstop.kernel.errors import BadInput, Conflict, FieldError, NotFound
from curbstop.meters.installations.schemas import DeductionEnd, DeductionRequest
from curbstop.meters.models import Deduction
from curbstop.meters.service_points.actions import usable_service_point
from curbstop.parcels.changes import plain, require_same
from curbstop.platform.uow import Uow


class DeductionNotFound(NotFound):
    title = "No such deduction"


class DeductionStands(Conflict):
    title = "The child's water comes off another point's on those days"


class DeductionCircle(Conflict):
    title = "The deductions would go round in a circle"


class DeductionEnded(Conflict):
    title = "The deduction does not allow this end"


async def add_deduction(uow: Uow, request: DeductionRequest) -> Deduction:
    """From a day on, the child's water comes off the parent's.

    Raises ServicePointNotFound, ServicePointGone, DeductionStands, DeductionCircle, BadInput (a
    point off itself), IdempotencyConflict.
    """
    if earlier := await uow.session.get(Deduction, request.id):
        require_same(earlier, request)
        return earlier
    ends = {request.parent_service_point_id, request.child_service_point_id}
    if len(ends) == 1:
        reason = "a point's water cannot come off itself"
        raise BadInput(reason, FieldError("/child_service_point_id", reason))
    for service_point_id in sorted(ends):  # in one order, so that two requests cannot deadlock
        await usable_service_point(uow, service_point_id)
    standing = select(Deduction).where(
        Deduction.child_service_point_id == request.child_service_point_id,
        or_(col(Deduction.to_on).is_(None), col(Deduction.to_on) > request.from_on),
    )
    if other := (await uow.session.exec(standing)).first():
        raise DeductionStands(f"since {other.from_on}")
    deduction = Deduction(**request.model_dump())
    uow.session.add(deduction)
    try:
        await uow.session.flush()
    except IntegrityError as error:
        raise DeductionCircle from error
    audit.record(
        uow, "meters.deduction_added", request.parent_service_point_id, after=plain(request)
    )
    return deduction


async def end_deduction(uow: Uow, deduction_id: UUID, request: DeductionEnd) -> Deduction:
    """The child's water no longer comes off. Raises DeductionNotFound, DeductionEnded."""
    deduction = await uow.session.get(Deduction, deduction_id, with_for_update=True)
    if deduction is None:
        raise DeductionNotFound(str(deduction_id))
    if deduction.to_on == request.to_on:
        return deduction
    if deduction.to_on is not None or request.to_on < deduction.from_on:
        since = f"it runs from {deduction.from_on} to {deduction.to_on or 'further notice'}"
        raise DeductionEnded(since)
    deduction.to_on = request.to_on
    audit.record(
        uow,
        "meters.deduction_ended",
        deduction.parent_service_point_id,
        before={"deduction_id": str(deduction.id), "to_on": None},
        after={"to_on": request.to_on.isoformat()},
    )
    return deduction
