"""Reads and exceptions for tests, straight into the tables."""

from datetime import date
from decimal import Decimal

from sqlmodel import select
from tests.factories.meters import a_meter, a_service_point, an_installation

from curbstop.kernel.ids import uuid7
from curbstop.meters.models import Installation, Meter, Register, ServicePoint
from curbstop.platform.uow import Uow

HCF = {"unit": "HCF", "dials": 4, "billing_step": Decimal(1)}


async def register_of(uow: Uow, meter: Meter, number: str = "0") -> Register:
    found = await uow.session.exec(
        select(Register).where(Register.meter_id == meter.id, Register.number == number)
    )
    return found.one()


async def a_read(uow: Uow, register: Register, on: date, value, **changes) -> None:
    facts = {"method": "radio", "kind": "cycle", "rollovers": 0, "revision": 0} | changes
    await uow.sql.execute("SELECT public.ensure_read_partitions($1, $1)", on)
    await uow.sql.execute(
        "INSERT INTO reads (register_id, read_on, revision, value, method, kind, rollovers)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        *(register.id, on, facts["revision"], None if value is None else Decimal(value)),
        *(facts["method"], facts["kind"], facts["rollovers"]),
    )


async def an_exception(uow: Uow, register: Register | None, on: date, **changes) -> None:
    facts = {
        "rule": "high",
        "severity": "block",
        "state": "open",
        "reason": "80 HCF in 30 days",
        "service_point_id": None,
    } | changes
    await uow.sql.execute(
        "INSERT INTO read_reviews (id, rule, severity, state, reason, register_id,"
        " service_point_id, read_on, raw, needs_second, decision_reason, created_at, version)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', false, '', $9, 1)",
        *(uuid7(), facts["rule"], facts["severity"], facts["state"], facts["reason"]),
        *(register and register.id, facts["service_point_id"], on, uow.now),
    )


async def a_metered_point(uow: Uow, **register) -> tuple[ServicePoint, Meter, Register]:
    """A service point with a meter of one HCF register of four dials."""
    point = await a_service_point(uow)
    meter = await a_meter(uow, registers=(HCF | register,))
    await an_installation(uow, point, meter)
    return point, meter, await register_of(uow, meter)


async def an_exchange(
    uow: Uow, point: ServicePoint, old: Installation, on: date
) -> tuple[Meter, Register]:
    """Another meter at the point from the day on; reads are the caller's."""
    await uow.sql.execute("UPDATE installations SET to_on = $2 WHERE id = $1", old.id, on)
    meter = await a_meter(uow, registers=(HCF,))
    await an_installation(uow, point, meter, from_on=on)
    return meter, await register_of(uow, meter)
