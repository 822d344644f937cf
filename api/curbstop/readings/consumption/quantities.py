"""The values that consumption is made of. Pure; `queries.py` fills them, billing reads them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from curbstop.kernel.dates import Period
from curbstop.kernel.units import Quantity, Unit
from curbstop.readings.kinds import ReadMethod


class Method(StrEnum):
    """Whether every part rests on a read that somebody or something took."""

    ACTUAL = "actual"
    ESTIMATED = "estimated"


class Block(StrEnum):
    """Why a consumption may not be billed as it stands; the plain words are in `blocked_by`."""

    NO_METER = "no_meter"
    MISSING_START = "missing_start"
    MISSING_END = "missing_end"
    OPEN_REVIEW = "open_review"
    ROLLOVER_PROPOSED = "rollover_proposed"
    BACKWARD = "backward"
    ESTIMATE_TOO_HIGH = "estimate_too_high"
    DEDUCT_EXCEEDS_MAIN = "deduct_exceeds_main"


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """A register as the meter record has it.

    `dials` counts every billing digit, of which `decimals` stand right of the point, so it turns
    over at `10 ** (dials - decimals)`. `billing_step` is the smallest amount billed, in the
    register's unit, after multiplying (100 on a cubic-foot register billed by HCF); 0 bills
    every digit.
    """

    register_id: UUID
    number: str
    dials: int
    decimals: int
    multiplier: Decimal
    unit: Unit
    billing_step: Decimal

    @property
    def capacity(self) -> Decimal:
        """The count at which the register shows zero again, before the multiplier."""
        return Decimal(10) ** (self.dials - self.decimals)


@dataclass(frozen=True, slots=True)
class InstalledMeter:
    """A meter at the service point in `[from_on, to_on)`; `to_on` is the day of its out-read.

    `deducts`: its water is taken off what the other meters of the point measured.
    """

    installation_id: UUID
    meter_id: UUID
    serial: str
    from_on: date
    to_on: date | None
    registers: tuple[RegisterFacts, ...]
    deducts: bool = False


@dataclass(frozen=True, slots=True)
class ReadPoint:
    """What a register showed on a day, point included.

    `rollovers` is how often somebody agreed that it passed zero since the read before; never a
    guess. `open_reason` is the plain reason of an undecided exception that forbids billing.
    """

    read_on: date
    value: Decimal
    method: ReadMethod
    rollovers: int = 0
    open_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One register of one installation: `(to - from) x multiplier`, in whole billing steps."""

    installation_id: UUID
    meter_id: UUID
    serial: str
    register: RegisterFacts
    from_read: ReadPoint
    to_read: ReadPoint
    rollovers: int
    delta: Decimal
    quantity: Quantity

    @property
    def method(self) -> Method:
        """Estimated when either end is."""
        ends = (self.from_read.method, self.to_read.method)
        return Method.ESTIMATED if ReadMethod.ESTIMATED in ends else Method.ACTUAL


@dataclass(frozen=True, slots=True)
class Deduction:
    """Water that left through a deduct meter, in the parent's unit and aligned to its days."""

    service_point_id: UUID
    quantity: Quantity
    aligned: bool


@dataclass(frozen=True, slots=True)
class Consumption:
    """What a service point used in `[period.start, period.end)`.

    `quantity` is what passed the meters. `after_deductions` is what remains for services priced net
    of deduct meters (sewer), never below zero. When `blocked_by` is set the consumption may not be
    billed and the quantities are what is known so far.
    """

    service_point_id: UUID
    period: Period
    quantity: Quantity
    after_deductions: Quantity
    method: Method
    parts: tuple[Part, ...]
    deductions: tuple[Deduction, ...]
    block: Block | None
    blocked_by: str | None
