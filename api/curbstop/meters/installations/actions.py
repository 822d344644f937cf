"""Setting meters, taking them out, exchanging them: always with the reads of that day."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlmodel import col, or_, select

from curbstop.audit import actions as audit
from curbstop.kernel.errors import (
    BadInput,
    Conflict,
    FieldError,
    IdempotencyConflict,
    NotFound,
)
from curbstop.kernel.units import Unit
from curbstop.meters.devices.actions import MeterRetired, locked_meter
from curbstop.meters.events import MeterInstalled, MeterRemoved
from curbstop.meters.installations.schemas import (
    ExchangeRequest,
    InstallRequest,
    RemoveRequest,
)
from curbstop.meters.kinds import InstallationRole, MeterStatus, RegisterNumber
from curbstop.meters.models import Installation, Meter, Register
from curbstop.meters.service_points.actions import usable_service_point
from curbstop.parcels.changes import plain, require_same
from curbstop.platform.uow import Uow


class InstallationNotFound(NotFound):
    title = "No such installation"


class MeterElsewhere(Conflict):
    title = "The meter is at a service point on those days"


class PointHasMeter(Conflict):
    title = "The service point has a meter in this role on those days"


class NothingToExchange(Conflict):
    title = "No meter stands there on that day to be exchanged"


class InstallationEnded(Conflict):
    title = "The installation does not allow this end"


class DayAhead(Conflict):
    title = "The day has not come yet"


_Reads = tuple[dict[UUID, Decimal], dict[UUID, Unit]]


async def install_meter(uow: Uow, request: InstallRequest) -> Installation:
    """Set a meter at a service point, with the in-read of each of its registers.

    Raises MeterNotFound, MeterRetired, ServicePointNotFound, ServicePointGone, MeterElsewhere,
    PointHasMeter, DayAhead, BadInput (a read that the register cannot show), IdempotencyConflict.
    """
    if earlier := await uow.session.get(Installation, request.id):
        _require_same_setting(earlier, request)
        return earlier
    _require_past(uow, request.on)
    await usable_service_point(uow, request.service_point_id)
    return await _set(uow, request)


def _require_same_setting(earlier: Installation, request: InstallRequest) -> None:
    """Raises IdempotencyConflict. The in-reads are not compared: the room above keeps them."""
    require_same(earlier, request, derived=frozenset({"on", "reads"}))
    if earlier.from_on != request.on:
        raise IdempotencyConflict(f"{request.id}: on differs")


async def _set(uow: Uow, request: InstallRequest) -> Installation:
    meter = await locked_meter(uow, request.meter_id)
    if meter.status is MeterStatus.RETIRED:
        raise MeterRetired(f"{meter.make} {meter.serial} on {meter.retired_on}")
    reads, units = await _checked_reads(uow, request.meter_id, request.reads, "/reads")
    await _require_free(uow, meter, request)
    installation = Installation(
        id=request.id,
        meter_id=request.meter_id,
        service_point_id=request.service_point_id,
        role=request.role,
        from_on=request.on,
    )
    uow.session.add(installation)
    audit.record(uow, "meters.installed", installation.meter_id, after=plain(request))
    await uow.session.flush()
    uow.emit(
        MeterInstalled(
            *(installation.id, installation.service_point_id, installation.meter_id),
            *(request.on, reads, units),
        )
    )
    return installation


async def _require_free(uow: Uow, meter: Meter, request: InstallRequest) -> None:
    """The exclusion constraints say the same; this says it in words. Both rows are locked."""
    later = or_(col(Installation.to_on).is_(None), col(Installation.to_on) > request.on)
    stays = select(Installation).where(Installation.meter_id == meter.id, later)
    if stay := (await uow.session.exec(stays)).first():
        raise MeterElsewhere(f"{meter.make} {meter.serial} since {stay.from_on}")
    here = select(Installation, Meter.serial).where(
        Installation.service_point_id == request.service_point_id,
        Installation.role == request.role,
        Installation.meter_id == Meter.id,
        later,
    )
    if found := (await uow.session.exec(here)).first():
        raise PointHasMeter(f"{found[1]} since {found[0].from_on}")


async def remove_meter(uow: Uow, installation_id: UUID, request: RemoveRequest) -> Installation:
    """Take a meter out, with the out-read of each of its registers.

    Raises InstallationNotFound, InstallationEnded (ended otherwise, or before it began), DayAhead,
    BadInput.
    """
    installation = await uow.session.get(Installation, installation_id, with_for_update=True)
    if installation is None:
        raise InstallationNotFound(str(installation_id))
    if installation.to_on == request.on:
        return installation
    _require_past(uow, request.on)
    await _take_out(uow, installation, request, "/reads")
    return installation


async def _take_out(
    uow: Uow, installation: Installation, request: RemoveRequest, pointer: str
) -> None:
    if installation.to_on is not None:
        raise InstallationEnded(f"it ended on {installation.to_on}")
    if request.on < installation.from_on:
        raise InstallationEnded(f"it began on {installation.from_on}, after {request.on}")
    reads, units = await _checked_reads(uow, installation.meter_id, request.reads, pointer)
    installation.to_on = request.on
    audit.record(
        uow,
        "meters.removed",
        installation.meter_id,
        reason=request.note or None,
        before={"installation_id": str(installation.id), "to_on": None},
        after={"to_on": request.on.isoformat(), "reads": plain(request, "reads")["reads"]},
    )
    await uow.session.flush()
    uow.emit(
        MeterRemoved(
            *(installation.id, installation.service_point_id, installation.meter_id),
            *(request.on, reads, units),
        )
    )


async def exchange_meter(
    uow: Uow, service_point_id: UUID, request: ExchangeRequest
) -> tuple[Installation, Installation]:
    """One meter out and another in at one point on one day; returns both installations.

    Raises what installing and removing raise, and NothingToExchange.
    """
    point = await usable_service_point(uow, service_point_id)
    incoming = InstallRequest(
        id=request.id,
        meter_id=request.meter_id,
        service_point_id=point.id,
        role=request.role,
        on=request.on,
        reads=request.in_reads,
    )
    if earlier := await uow.session.get(Installation, request.id):
        _require_same_setting(earlier, incoming)
        return await _standing(uow, point.id, request.role, ended_on=request.on), earlier
    _require_past(uow, request.on)
    outgoing = await _standing(uow, point.id, request.role, ended_on=None)
    out = RemoveRequest(on=request.on, reads=request.out_reads, note=request.note)
    await _take_out(uow, outgoing, out, "/out_reads")
    return outgoing, await _set(uow, incoming)


async def _standing(
    uow: Uow, service_point_id: UUID, role: InstallationRole, *, ended_on: date | None
) -> Installation:
    query = select(Installation).where(
        Installation.service_point_id == service_point_id,
        Installation.role == role,
        col(Installation.to_on).is_not_distinct_from(ended_on),
    )
    found = (await uow.session.exec(query.with_for_update())).first()
    if found is None:
        raise NothingToExchange(f"no {role.value} meter")
    return found


def _require_past(uow: Uow, on: date) -> None:
    if on > uow.today:
        raise DayAhead(f"{on} is after today, {uow.today}")


async def _checked_reads(
    uow: Uow, meter_id: UUID, reads: Mapping[RegisterNumber, Decimal], pointer: str
) -> _Reads:
    """The reads by register id, when each register has one that it can show."""
    query = select(Register).where(Register.meter_id == meter_id)
    registers = {r.number: r for r in (await uow.session.exec(query)).all()}
    errors = [
        FieldError(f"{pointer}/{number.value}", "the meter has no such register")
        for number in reads
        if number not in registers
    ]
    for number, register in registers.items():
        if reason := _cannot_show(register, reads.get(number)):
            errors.append(FieldError(f"{pointer}/{number.value}", reason))
    if errors:
        raise BadInput("; ".join(f"{e.pointer}: {e.detail}" for e in errors), *errors)
    by_id = {register.id: reads[number] for number, register in registers.items()}
    return by_id, {register.id: register.unit for register in registers.values()}


def _cannot_show(register: Register, value: Decimal | None) -> str | None:
    if value is None:
        return "this register was not read"
    if value >= Decimal(10) ** (register.dials - register.decimals):
        return f"{value} has more digits than its {register.dials} dials show"
    if value != round(value, register.decimals):
        return f"{value} has more decimals than its {register.decimals}"
    return None
