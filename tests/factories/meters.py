"""Plant for tests, straight into the tables."""

import itertools
from datetime import date
from decimal import Decimal

from tests.factories.parcels import a_parcel

from curbstop.kernel.ids import uuid7
from curbstop.kernel.units import Unit
from curbstop.meters.kinds import (
    InstallationRole,
    MeterKind,
    MeterStatus,
    RegisterNumber,
    ServicePointStatus,
)
from curbstop.meters.models import Deduction, Installation, Meter, Register, ServicePoint
from curbstop.parcels.kinds import Service
from curbstop.parcels.models import Parcel
from curbstop.platform.uow import Uow

_numbers = itertools.count(1)
SINCE = date(2024, 1, 1)


async def a_service_point(uow: Uow, parcel: Parcel | None = None, **changes) -> ServicePoint:
    """A water service point on a parcel of its own."""
    parcel = parcel or await a_parcel(uow)
    facts = {
        "id": uuid7(),
        "code": f"SP-{next(_numbers):06d}",
        "parcel_id": parcel.id,
        "service": Service.WATER,
        "location": "at the curb, left of the drive",
        "zone": "1",
        "access_notes": "",
        "status": ServicePointStatus.ACTIVE,
        "created_at": uow.now,
    }
    point = ServicePoint(**(facts | changes))
    uow.session.add(point)
    await uow.session.flush()
    return point


async def a_register(uow: Uow, meter: Meter, **changes) -> Register:
    """A register of six whole digits that counts cubic feet and bills hundreds."""
    facts = {
        "id": uuid7(),
        "meter_id": meter.id,
        "number": RegisterNumber.ONLY,
        "dials": 6,
        "decimals": 0,
        "multiplier": Decimal(1),
        "unit": Unit.CF,
        "billing_step": Decimal(100),
    }
    register = Register(**(facts | changes))
    uow.session.add(register)
    await uow.session.flush()
    return register


async def a_meter(uow: Uow, *, registers: tuple[dict, ...] = ({},), **changes) -> Meter:
    """A 5/8-inch displacement meter with one register; `registers` takes changes per register."""
    facts = {
        "id": uuid7(),
        "serial": f"{next(_numbers):08d}",
        "make": "Badger",
        "model": "M25",
        "size": "5/8",
        "kind": MeterKind.DISPLACEMENT,
        "endpoint_serial": "",
        "status": MeterStatus.ACTIVE,
        "created_at": uow.now,
    }
    meter = Meter(**(facts | changes))
    uow.session.add(meter)
    await uow.session.flush()
    for register in registers:
        await a_register(uow, meter, **register)
    return meter


async def a_compound_meter(uow: Uow, **changes) -> Meter:
    """A 2-inch compound meter with its low and its high side."""
    sides = ({"number": RegisterNumber.LOW}, {"number": RegisterNumber.HIGH})
    facts = {"kind": MeterKind.COMPOUND, "size": "2", "model": "CM2", "registers": sides}
    return await a_meter(uow, **(facts | changes))


async def an_installation(
    uow: Uow, point: ServicePoint | None = None, meter: Meter | None = None, **changes
) -> Installation:
    """A meter at a service point since the start of 2024."""
    meter = meter or await a_meter(uow)
    point = point or await a_service_point(uow)
    facts = {
        "id": uuid7(),
        "meter_id": meter.id,
        "service_point_id": point.id,
        "role": InstallationRole.MAIN,
        "from_on": SINCE,
    }
    installation = Installation(**(facts | changes))
    uow.session.add(installation)
    await uow.session.flush()
    return installation


async def a_deduction(uow: Uow, parent: ServicePoint, child: ServicePoint, **changes) -> Deduction:
    """The child's water comes off the parent's since the start of 2024."""
    facts = {
        "id": uuid7(),
        "parent_service_point_id": parent.id,
        "child_service_point_id": child.id,
        "from_on": SINCE,
    }
    deduction = Deduction(**(facts | changes))
    uow.session.add(deduction)
    await uow.session.flush()
    return deduction
