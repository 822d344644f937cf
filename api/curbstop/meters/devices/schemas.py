"""Wire shapes of meters and registers."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, model_validator

from curbstop.kernel.dates import Day
from curbstop.kernel.fields import Code, Line, MadeId, Name, Reason, Request
from curbstop.kernel.units import Unit
from curbstop.kernel.wire import Whole
from curbstop.meters.kinds import InstallationRole, MeterKind, MeterStatus, RegisterNumber
from curbstop.meters.sizes import MeterSize
from curbstop.platform.lists import ListParams

Multiplier = Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=6)]
BillingStep = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=6)]
_NUMBERS = ({RegisterNumber.ONLY}, {RegisterNumber.LOW, RegisterNumber.HIGH})


class RegisterRequest(Request):
    id: MadeId
    number: RegisterNumber = RegisterNumber.ONLY
    dials: Whole = Field(ge=1, le=12, description="Billing digits, decimals included.")
    decimals: Whole = Field(0, ge=0, le=12, description="Digits right of the point.")
    multiplier: Multiplier = Decimal(1)
    unit: Unit
    billing_step: BillingStep = Field(
        Decimal(0), description="Smallest amount billed, in the unit, after multiplying; 0: none."
    )

    @model_validator(mode="after")
    def _decimals_are_dials(self) -> "RegisterRequest":
        if self.decimals > self.dials:
            raise ValueError("decimals are among the dials, so they cannot be more")
        return self


def _one_or_two_sides(registers: list[RegisterRequest]) -> list[RegisterRequest]:
    numbers = [register.number for register in registers]
    if set(numbers) not in _NUMBERS or len(set(numbers)) != len(numbers):
        raise ValueError("a meter has the register 0, or both L and H")
    return registers


class MeterRequest(Request):
    id: MadeId
    serial: Code
    make: Code = Field(examples=["Badger"])
    model: Line = ""
    size: MeterSize
    kind: MeterKind
    endpoint_serial: Line = Field("", description="Of the radio or cellular endpoint.")
    registers: Annotated[
        list[RegisterRequest], Field(min_length=1, max_length=2), AfterValidator(_one_or_two_sides)
    ]


class MeterChange(Request):
    """Fields left out stay as they are."""

    serial: Code = ""
    make: Code = ""
    model: Line = ""
    size: MeterSize = ""
    kind: MeterKind = MeterKind.DISPLACEMENT
    endpoint_serial: Line = ""


class RetireRequest(Request):
    on: Day
    reason: Reason


class RegisterOut(BaseModel):
    id: UUID
    number: RegisterNumber
    dials: int
    decimals: int
    multiplier: Decimal
    unit: Unit
    billing_step: Decimal


class MeterOut(BaseModel):
    id: UUID
    serial: str
    make: str
    model: str
    size: str
    kind: MeterKind
    endpoint_serial: str
    status: MeterStatus
    retired_on: date | None
    created_at: datetime
    version: int


class MeterRow(BaseModel):
    """A meter as the list has it, with where it is now."""

    id: UUID
    serial: str
    make: str
    model: str
    size: str
    kind: MeterKind
    endpoint_serial: str
    status: MeterStatus
    service_point_id: UUID | None
    service_point_code: str | None
    zone: str | None
    installed_on: date | None


class MeterListParams(ListParams):
    status: MeterStatus | None = None
    kind: MeterKind | None = None
    size: str | None = Field(None, max_length=40)
    make: str | None = Field(None, max_length=40)


class HistoryParams(Request):
    serial: Name = Field(description="Of a meter or its endpoint, retired ones too.")


class StayOut(BaseModel):
    """A stay of the meter at a service point."""

    installation_id: UUID
    service_point_id: UUID
    service_point_code: str
    location: str
    situs_line: str | None
    role: InstallationRole
    from_on: date
    to_on: date | None


class MeterPage(BaseModel):
    """Everything about one meter that this room knows."""

    meter: MeterOut
    registers: list[RegisterOut]
    stays: list[StayOut] = Field(description="Newest first.")
