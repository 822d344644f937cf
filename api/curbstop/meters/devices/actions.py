"""Keeping the record of meters: received, corrected, retired."""

from uuid import UUID

from sqlmodel import select

from curbstop.audit import actions as audit
from curbstop.kernel.errors import Conflict, IdempotencyConflict
from curbstop.meters.devices.queries import MeterNotFound
from curbstop.meters.devices.schemas import MeterChange, MeterRequest, RetireRequest
from curbstop.meters.kinds import MeterStatus
from curbstop.meters.models import Installation, Meter, Register
from curbstop.parcels.changes import apply_change, plain, require_same
from curbstop.platform.http import require_version
from curbstop.platform.uow import Uow

_REGISTERS = frozenset({"registers"})


class MeterExists(Conflict):
    title = "There is a meter of this make and serial already"


class MeterInUse(Conflict):
    title = "The meter is still installed"


class MeterRetired(Conflict):
    title = "The meter was retired"


async def add_meter(uow: Uow, request: MeterRequest) -> Meter:
    """Put a meter and its registers on record.

    Raises MeterExists, IdempotencyConflict (same id, other content).
    """
    if earlier := await uow.session.get(Meter, request.id):
        require_same(earlier, request, derived=_REGISTERS)
        await _require_same_registers(uow, request)
        return earlier
    await _require_free(uow, request.make, request.serial)
    meter = Meter(
        **request.model_dump(exclude=set(_REGISTERS)),
        status=MeterStatus.ACTIVE,
        created_at=uow.now,
    )
    uow.session.add(meter)
    await uow.session.flush()
    for register in request.registers:
        uow.session.add(Register(**register.model_dump(), meter_id=meter.id))
    audit.record(uow, "meters.added", meter.id, after=plain(request))
    await uow.session.flush()
    return meter


async def _require_same_registers(uow: Uow, request: MeterRequest) -> None:
    query = select(Register).where(Register.meter_id == request.id)
    standing = {register.id: register for register in (await uow.session.exec(query)).all()}
    if set(standing) != {register.id for register in request.registers}:
        raise IdempotencyConflict(f"{request.id}: registers differ")
    for register in request.registers:
        require_same(standing[register.id], register)


async def _require_free(uow: Uow, make: str, serial: str) -> None:
    taken = select(Meter.id).where(Meter.make == make, Meter.serial == serial)
    if (await uow.session.exec(taken)).first():
        raise MeterExists(f"{make} {serial}")


async def change_meter(uow: Uow, meter_id: UUID, change: MeterChange, seen: str) -> Meter:
    """Correct what is known of a meter. Raises MeterNotFound, StaleVersion, MeterExists."""
    meter = await locked_meter(uow, meter_id)
    require_version(seen, meter.version)
    name = (meter.make, meter.serial)
    before, after = apply_change(meter, change)
    if not after:
        return meter
    if (meter.make, meter.serial) != name:
        with uow.session.no_autoflush:
            await _require_free(uow, meter.make, meter.serial)
    meter.version += 1
    audit.record(uow, "meters.changed", meter.id, before=before, after=after)
    return meter


async def retire_meter(uow: Uow, meter_id: UUID, request: RetireRequest) -> Meter:
    """Take a meter out of use for good. Raises MeterNotFound, MeterInUse, MeterRetired."""
    meter = await locked_meter(uow, meter_id)
    if meter.status is MeterStatus.RETIRED:
        if meter.retired_on == request.on:
            return meter
        raise MeterRetired(f"on {meter.retired_on}")
    query = select(Installation).where(Installation.meter_id == meter_id)
    for stay in (await uow.session.exec(query)).all():
        if stay.to_on is None or stay.to_on > request.on:
            raise MeterInUse(f"since {stay.from_on}; remove it first")
    meter.status, meter.retired_on = MeterStatus.RETIRED, request.on
    meter.version += 1
    audit.record(
        uow,
        "meters.retired",
        meter.id,
        reason=request.reason,
        after={"retired_on": request.on.isoformat()},
    )
    return meter


async def locked_meter(uow: Uow, meter_id: UUID) -> Meter:
    """The meter, others waiting for this unit of work. Raises MeterNotFound."""
    meter = await uow.session.get(Meter, meter_id, with_for_update=True)
    if meter is None:
        raise MeterNotFound(str(meter_id))
    return meter
