"""Keeping the record of land: counties' masks, parcels, owners, connections."""

from datetime import date
from uuid import UUID

from sqlmodel import col, select

from curbstop.audit import actions as audit
from curbstop.kernel.errors import BadInput, Conflict, FieldError, IdempotencyConflict, NotFound
from curbstop.parcels.apn import Mask, whole_key
from curbstop.parcels.changes import apply_change, plain, require_same
from curbstop.parcels.geojson import centroid
from curbstop.parcels.kinds import ConnectionStatus
from curbstop.parcels.models import Connection, County, Parcel, ParcelOwner
from curbstop.parcels.queries import CountyNotFound, ParcelNotFound
from curbstop.parcels.schemas import (
    ConnectionRequest,
    ConnectionStep,
    CountyChange,
    OwnerEnd,
    OwnerRequest,
    ParcelChange,
    ParcelRequest,
    TransferRequest,
)
from curbstop.platform.http import require_version
from curbstop.platform.uow import Uow


class ParcelExists(Conflict):
    title = "The county has a parcel of this number already"


class OwnerNotFound(NotFound):
    title = "No such owner of this parcel"


class OwnershipEnded(Conflict):
    title = "The ownership does not allow this end"


class ConnectionNotFound(NotFound):
    title = "No such connection of this parcel"


class ConnectionOutOfOrder(Conflict):
    title = "The connection is not at this step"


async def change_county(uow: Uow, code: str, change: CountyChange, seen: str) -> County:
    """Set a county's name or mask; numbers on record stay. Raises CountyNotFound, StaleVersion."""
    county = await uow.session.get(County, code, with_for_update=True)
    if county is None:
        raise CountyNotFound(code)
    require_version(seen, county.version)
    before, after = apply_change(county, change)
    if after:
        county.version += 1
        audit.record(uow, "parcels.county_changed", before=before, after={"code": code} | after)
    return county


async def key_of(uow: Uow, county_code: str, apn: str) -> str:
    """The key of a whole parcel number. Raises CountyNotFound, BadInput (not the county's form)."""
    county = await uow.session.get(County, county_code)
    if county is None:
        raise CountyNotFound(county_code)
    try:
        return whole_key(apn, Mask.parse(county.apn_mask) if county.apn_mask else None)
    except ValueError as reason:
        raise BadInput(str(reason), FieldError("/apn", str(reason))) from reason


async def add_parcel(uow: Uow, request: ParcelRequest) -> Parcel:
    """Put a parcel on record.

    Raises CountyNotFound, BadInput, ParcelExists, IdempotencyConflict (same id, other content).
    """
    if earlier := await uow.session.get(Parcel, request.id):
        require_same(earlier, request)
        return earlier
    key = await key_of(uow, request.county, request.apn)
    taken = select(Parcel.id).where(Parcel.county == request.county, Parcel.apn_key == key)
    if (await uow.session.exec(taken)).first():
        raise ParcelExists(f"{request.apn} in {request.county}")
    parcel = Parcel(**request.model_dump(), apn_key=key, created_at=uow.now)
    _place(parcel)
    uow.session.add(parcel)
    audit.record(uow, "parcels.added", parcel.id, after=plain(request))
    await uow.session.flush()
    return parcel


async def change_parcel(uow: Uow, parcel_id: UUID, change: ParcelChange, seen: str) -> Parcel:
    """Correct what is known of a parcel. Raises ParcelNotFound, StaleVersion."""
    parcel = await locked_parcel(uow, parcel_id)
    require_version(seen, parcel.version)
    before, after = apply_change(parcel, change)
    if after:
        _place(parcel)
        parcel.version += 1
        audit.record(uow, "parcels.changed", parcel.id, before=before, after=after)
    return parcel


def _place(parcel: Parcel) -> None:
    parcel.longitude, parcel.latitude = (
        centroid(parcel.geometry) if parcel.geometry else (None, None)
    )


async def locked_parcel(uow: Uow, parcel_id: UUID) -> Parcel:
    """The parcel, others waiting for this unit of work. Raises ParcelNotFound."""
    parcel = await uow.session.get(Parcel, parcel_id, with_for_update=True)
    if parcel is None:
        raise ParcelNotFound(str(parcel_id))
    return parcel


async def add_owner(uow: Uow, parcel_id: UUID, request: OwnerRequest) -> ParcelOwner:
    """Put someone on title beside whoever is there. Raises ParcelNotFound, IdempotencyConflict."""
    if earlier := await uow.session.get(ParcelOwner, request.id):
        require_same(earlier, request)
        if earlier.parcel_id != parcel_id:
            raise IdempotencyConflict(f"{request.id} belongs to another parcel")
        return earlier
    await locked_parcel(uow, parcel_id)
    owner = ParcelOwner(**request.model_dump(), parcel_id=parcel_id)
    uow.session.add(owner)
    audit.record(uow, "parcels.owner_added", parcel_id, after=plain(request))
    await uow.session.flush()
    return owner


async def end_ownership(
    uow: Uow, parcel_id: UUID, owner_id: UUID, request: OwnerEnd
) -> ParcelOwner:
    """Take someone off title. Raises OwnerNotFound, OwnershipEnded (ended otherwise, or early)."""
    owner = await uow.session.get(ParcelOwner, owner_id, with_for_update=True)
    if owner is None or owner.parcel_id != parcel_id:
        raise OwnerNotFound(str(owner_id))
    if owner.to_on != request.to_on:
        _end(uow, owner, request.to_on, request.deed_reference)
    return owner


def _end(uow: Uow, owner: ParcelOwner, to_on: date, deed_reference: str) -> None:
    if owner.to_on is not None:
        raise OwnershipEnded(f"{owner.name} left the title on {owner.to_on}")
    if to_on < owner.from_on:
        raise OwnershipEnded(f"{owner.name} came on title on {owner.from_on}, after {to_on}")
    owner.to_on = to_on
    audit.record(
        uow,
        "parcels.owner_ended",
        owner.parcel_id,
        before={"owner_id": str(owner.id), "to_on": None},
        after={"to_on": to_on.isoformat(), "deed_reference": deed_reference},
    )


async def transfer_title(uow: Uow, parcel_id: UUID, request: TransferRequest) -> list[ParcelOwner]:
    """A deed in one act: everyone on title on that day leaves, the new owners come on.

    Repeating it returns the owners that it made. Raises ParcelNotFound, OwnershipEnded,
    IdempotencyConflict.
    """
    await locked_parcel(uow, parcel_id)
    arriving = [
        owner.model_copy(update={"from_on": request.on, "deed_reference": request.deed_reference})
        for owner in request.owners
    ]
    if not await _on_record(uow, arriving):
        await _clear_title(uow, parcel_id, request)
    return [await add_owner(uow, parcel_id, owner) for owner in arriving]


async def _on_record(uow: Uow, arriving: list[OwnerRequest]) -> bool:
    ids = [owner.id for owner in arriving]
    known = (
        await uow.session.exec(select(ParcelOwner.id).where(col(ParcelOwner.id).in_(ids)))
    ).all()
    return len(known) == len(ids)


async def _clear_title(uow: Uow, parcel_id: UUID, request: TransferRequest) -> None:
    on_title = select(ParcelOwner).where(
        ParcelOwner.parcel_id == parcel_id, col(ParcelOwner.to_on).is_(None)
    )
    for owner in (await uow.session.exec(on_title.with_for_update())).all():
        _end(uow, owner, request.on, request.deed_reference)


async def authorize_connection(uow: Uow, parcel_id: UUID, request: ConnectionRequest) -> Connection:
    """Entitle a parcel to a connection. Raises ParcelNotFound, IdempotencyConflict."""
    if earlier := await uow.session.get(Connection, request.id):
        require_same(earlier, request)
        if earlier.parcel_id != parcel_id:
            raise IdempotencyConflict(f"{request.id} belongs to another parcel")
        return earlier
    await locked_parcel(uow, parcel_id)
    connection = Connection(
        **request.model_dump(), parcel_id=parcel_id, status=ConnectionStatus.AUTHORIZED
    )
    uow.session.add(connection)
    audit.record(uow, "parcels.connection_authorized", parcel_id, after=plain(request))
    await uow.session.flush()
    return connection


async def install_connection(
    uow: Uow, parcel_id: UUID, connection_id: UUID, step: ConnectionStep
) -> Connection:
    """The tap was made. Raises ConnectionNotFound, ConnectionOutOfOrder."""
    connection = await _connection(uow, parcel_id, connection_id)
    if connection.status is ConnectionStatus.INSTALLED and connection.installed_on == step.on:
        return connection
    if connection.status is not ConnectionStatus.AUTHORIZED or step.on < connection.authorized_on:
        raise ConnectionOutOfOrder(_standing(connection))
    connection.status, connection.installed_on = ConnectionStatus.INSTALLED, step.on
    _record_step(uow, connection, "installed", step)
    return connection


async def abandon_connection(
    uow: Uow, parcel_id: UUID, connection_id: UUID, step: ConnectionStep
) -> Connection:
    """The connection was given up, made or not. Raises ConnectionNotFound, ConnectionOutOfOrder."""
    connection = await _connection(uow, parcel_id, connection_id)
    if connection.abandoned_on == step.on:
        return connection
    since = connection.installed_on or connection.authorized_on
    if connection.status is ConnectionStatus.ABANDONED or step.on < since:
        raise ConnectionOutOfOrder(_standing(connection))
    connection.status, connection.abandoned_on = ConnectionStatus.ABANDONED, step.on
    _record_step(uow, connection, "abandoned", step)
    return connection


async def _connection(uow: Uow, parcel_id: UUID, connection_id: UUID) -> Connection:
    connection = await uow.session.get(Connection, connection_id, with_for_update=True)
    if connection is None or connection.parcel_id != parcel_id:
        raise ConnectionNotFound(str(connection_id))
    return connection


def _standing(connection: Connection) -> str:
    day = connection.abandoned_on or connection.installed_on or connection.authorized_on
    return f"it is {connection.status.value} since {day}"


def _record_step(uow: Uow, connection: Connection, step: str, request: ConnectionStep) -> None:
    audit.record(
        uow,
        f"parcels.connection_{step}",
        connection.parcel_id,
        reason=request.note or None,
        after={"connection_id": str(connection.id), "on": request.on.isoformat()},
    )
