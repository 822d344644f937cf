"""Wire shapes of reads and of the consumption between them."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.kernel.fields import Request
from curbstop.kernel.units import Unit
from curbstop.readings.consumption.quantities import Block, Consumption, Method, Part
from curbstop.readings.days import Day
from curbstop.readings.kinds import ReadKind, ReadMethod


class ReadRow(BaseModel):
    """A standing read of a register with what was used since the one before."""

    register_id: UUID
    register_no: str
    meter_serial: str
    read_on: date
    value: Decimal
    unit: Unit
    method: ReadMethod
    kind: ReadKind
    rollovers: int
    revision: int = Field(description="0 as first recorded; higher when corrected.")
    used: Decimal | None = Field(description="Register counts since the read before.")
    days: int | None
    import_id: UUID | None
    line: int | None
    recorded_at: datetime | None


class ReadRequest(Request):
    """A read taken outside a walk, or the correction of one."""

    register_id: UUID
    read_on: Day
    value: Decimal = Field(ge=0, max_digits=18, decimal_places=6)
    method: ReadMethod = ReadMethod.KEYED
    kind: ReadKind = ReadKind.CYCLE
    reason: str = Field(min_length=5, max_length=300, description="Why; kept for audit.")


class WithdrawRequest(Request):
    """A read that must not stand."""

    register_id: UUID
    read_on: Day
    reason: str = Field(min_length=5, max_length=300)


class ReadRecorded(BaseModel):
    """Whether anything changed."""

    changed: bool


class PartOut(BaseModel):
    """One register's share: `(to - from) x multiplier`, in whole billing steps."""

    installation_id: UUID
    meter_serial: str
    register_id: UUID
    register_no: str
    from_on: date
    from_value: Decimal
    to_on: date
    to_value: Decimal
    rollovers: int
    multiplier: Decimal
    used: Decimal
    unit: Unit
    method: Method


class ConsumptionOut(BaseModel):
    """What a service point used, with its proof."""

    service_point_id: UUID
    from_on: date
    to_on: date
    quantity: Decimal
    after_deductions: Decimal = Field(description="Net of deduct meters, for sewer.")
    unit: Unit
    method: Method
    parts: list[PartOut]
    block: Block | None
    blocked_by: str | None = Field(description="Why it may not be billed, in plain words.")


def consumption_out(used: Consumption) -> ConsumptionOut:
    """A consumption for the wire."""
    return ConsumptionOut(
        service_point_id=used.service_point_id,
        from_on=used.period.start,
        to_on=used.period.end,
        quantity=used.quantity.value,
        after_deductions=used.after_deductions.value,
        unit=used.quantity.unit,
        method=used.method,
        parts=[_part_out(part) for part in used.parts],
        block=used.block,
        blocked_by=used.blocked_by,
    )


def _part_out(part: Part) -> PartOut:
    return PartOut(
        installation_id=part.installation_id,
        meter_serial=part.serial,
        register_id=part.register.register_id,
        register_no=part.register.number,
        from_on=part.from_read.read_on,
        from_value=part.from_read.value,
        to_on=part.to_read.read_on,
        to_value=part.to_read.value,
        rollovers=part.rollovers,
        multiplier=part.register.multiplier,
        used=part.quantity.value,
        unit=part.quantity.unit,
        method=part.method,
    )
