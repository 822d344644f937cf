"""Keeping the record of service points."""

from uuid import UUID

from sqlmodel import col, select

from curbstop.audit import actions as audit
from curbstop.kernel.errors import Conflict
from curbstop.meters.events import ServicePointAbandoned
from curbstop.meters.kinds import ServicePointStatus
from curbstop.meters.models import Installation, ServicePoint
from curbstop.meters.service_points.queries import ServicePointNotFound
from curbstop.meters.service_points.schemas import ServicePointChange, ServicePointRequest
from curbstop.parcels.changes import apply_change, plain, require_same
from curbstop.parcels.models import Parcel
from curbstop.parcels.queries import ParcelNotFound
from curbstop.platform.http import require_version
from curbstop.platform.uow import Uow


class ServicePointExists(Conflict):
    title = "There is a service point of this code already"


class ServicePointHasMeter(Conflict):
    title = "A meter is still installed there"


class ServicePointGone(Conflict):
    title = "The service point was abandoned"


async def add_service_point(uow: Uow, request: ServicePointRequest) -> ServicePoint:
    """Put a service point on record.

    Raises ParcelNotFound, ServicePointExists, IdempotencyConflict (same id, other content).
    """
    if earlier := await uow.session.get(ServicePoint, request.id):
        require_same(earlier, request)
        return earlier
    await _require_parcel(uow, request.parcel_id)
    await _require_free(uow, request.code)
    point = ServicePoint(
        **request.model_dump(), status=ServicePointStatus.ACTIVE, created_at=uow.now
    )
    uow.session.add(point)
    audit.record(uow, "service_points.added", point.id, after=plain(request))
    await uow.session.flush()
    return point


async def _require_parcel(uow: Uow, parcel_id: UUID | None) -> None:
    if parcel_id is not None and await uow.session.get(Parcel, parcel_id) is None:
        raise ParcelNotFound(str(parcel_id))


async def _require_free(uow: Uow, code: str) -> None:
    taken = select(ServicePoint.id).where(ServicePoint.code == code)
    if (await uow.session.exec(taken)).first():
        raise ServicePointExists(code)


async def change_service_point(
    uow: Uow, service_point_id: UUID, change: ServicePointChange, seen: str
) -> ServicePoint:
    """Correct or move a service point, or abandon it.

    Raises ServicePointNotFound, StaleVersion, ParcelNotFound, ServicePointExists,
    ServicePointHasMeter, and what the rooms above say of a point in use.
    """
    point = await locked_service_point(uow, service_point_id)
    require_version(seen, point.version)
    with uow.session.no_autoflush:
        before, after = apply_change(point, change)
        if not after:
            return point
        if "code" in after:
            await _require_free(uow, point.code)
        if "parcel_id" in after:
            await _require_parcel(uow, point.parcel_id)
    if after.get("status") == ServicePointStatus.ABANDONED:
        await _require_bare(uow, service_point_id)
        uow.emit(ServicePointAbandoned(service_point_id, uow.today))
    point.version += 1
    audit.record(uow, "service_points.changed", point.id, before=before, after=after)
    return point


async def _require_bare(uow: Uow, service_point_id: UUID) -> None:
    standing = select(Installation.id).where(
        Installation.service_point_id == service_point_id, col(Installation.to_on).is_(None)
    )
    if (await uow.session.exec(standing)).first():
        raise ServicePointHasMeter("remove it first")


async def locked_service_point(uow: Uow, service_point_id: UUID) -> ServicePoint:
    """The point, others waiting for this unit of work. Raises ServicePointNotFound."""
    point = await uow.session.get(ServicePoint, service_point_id, with_for_update=True)
    if point is None:
        raise ServicePointNotFound(str(service_point_id))
    return point


async def usable_service_point(uow: Uow, service_point_id: UUID) -> ServicePoint:
    """The point, locked, for a meter or an agreement. Raises ServicePointNotFound, -Gone."""
    point = await locked_service_point(uow, service_point_id)
    if point.status is ServicePointStatus.ABANDONED:
        raise ServicePointGone(point.code)
    return point
