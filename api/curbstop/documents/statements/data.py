"""What a statement says, as plain values: the whole of it, so that it can be printed again.

Cents are signed: payments and credits are negative. Dates are district-local. The snapshot of a
statement (`snapshot.py`) is this data and nothing else, so a field added later needs a default.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

TEMPLATE = 1
"""The layout that new statements use; an older snapshot keeps the one it was printed with."""

PERIODS_MAX = 13
ARREARS_MAX = 4

Kind = Literal["regular", "first", "final", "corrected"]


class StatementDoesNotFoot(ValueError):
    """The parts of a statement do not sum to its totals."""


class StatementDoesNotFit(ValueError):
    """More ages or periods than the page has room for; the caller groups them."""


@dataclass(frozen=True, slots=True)
class District:
    """Who sends it. `colour` is `#rrggbb`, dark enough for white text on it."""

    name: str
    address: tuple[str, ...]
    phone: str
    website: str = ""
    office_hours: str = ""
    colour: str = "#0a5c82"


@dataclass(frozen=True, slots=True)
class Line:
    """One charge. `formula` is the engine's own explanation; `price` is dollars per unit."""

    description: str
    cents: int
    quantity: Decimal | None = None
    unit: str = ""
    price: Decimal | None = None
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Charges:
    """The lines of one service (`water`, `sewer`, `fees`, …), with a title where it needs one."""

    service: str
    lines: tuple[Line, ...]
    title: str = ""

    @property
    def cents(self) -> int:
        return sum(line.cents for line in self.lines)


@dataclass(frozen=True, slots=True)
class MeterRead:
    """What a register showed at both ends of the period, and the use that was billed from it."""

    serial: str
    previous: Decimal
    previous_on: date
    current: Decimal
    current_on: date
    usage: Decimal
    unit: str
    estimated: bool = False
    multiplier: Decimal = Decimal(1)
    register: str = ""

    @property
    def days(self) -> int:
        return (self.current_on - self.previous_on).days


@dataclass(frozen=True, slots=True)
class UsagePeriod:
    """Use of one billing period, and of the same period a year before where it is known."""

    ended_on: date
    days: int
    usage: Decimal
    year_ago: Decimal | None = None


@dataclass(frozen=True, slots=True)
class History:
    """Up to 13 periods, oldest first; the last is the period of this bill.

    `gallons_per_unit` (748 for HCF) adds the customer's gallons a day to the comparison.
    """

    unit: str
    periods: tuple[UsagePeriod, ...]
    gallons_per_unit: Decimal | None = None

    def __post_init__(self) -> None:
        if len(self.periods) > PERIODS_MAX:
            raise StatementDoesNotFit(f"{len(self.periods)} periods; at most {PERIODS_MAX}")


@dataclass(frozen=True, slots=True)
class Arrear:
    """A past-due amount by age in days; `to_day` None is open-ended."""

    from_day: int
    to_day: int | None
    cents: int


@dataclass(frozen=True, slots=True)
class LateCharge:
    """The penalty added when the payment arrives after `after_on`; `text` adds the policy."""

    after_on: date
    cents: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Remittance:
    """The stub: where the payment goes and what machines read. Empty codes are left out."""

    name: str
    address: tuple[str, ...]
    scan_line: str = ""
    code128: str = ""
    qr: str = ""
    imb_tracking: str = ""
    imb_routing: str = ""


@dataclass(frozen=True, slots=True)
class StatementData:
    """A whole statement. Lists of charges, reads and messages may be long; ages are four at most.

    Raises StatementDoesNotFoot when its parts do not sum to its totals, StatementDoesNotFit.
    """

    bill_number: str
    account_number: str
    mailing: tuple[str, ...]
    service_address: str
    bill_on: date
    from_on: date
    to_on: date
    due_on: date
    previous_balance_cents: int
    payments_cents: int
    adjustments_cents: int
    current_charges_cents: int
    total_due_cents: int
    charges: tuple[Charges, ...]
    district: District
    remittance: Remittance
    reads: tuple[MeterRead, ...] = ()
    history: History | None = None
    messages: tuple[str, ...] = ()
    arrears: tuple[Arrear, ...] = ()
    late: LateCharge | None = None
    autopay_on: date | None = None
    kind: Kind = "regular"
    corrects: str = ""
    mail_key: str = ""
    template: int = TEMPLATE

    def __post_init__(self) -> None:
        if len(self.arrears) > ARREARS_MAX:
            raise StatementDoesNotFit(f"{len(self.arrears)} ages; at most {ARREARS_MAX}")
        lines = sum(service.cents for service in self.charges)
        if lines != self.current_charges_cents:
            raise StatementDoesNotFoot(
                f"bill {self.bill_number}: lines {lines} ≠ current {self.current_charges_cents}"
            )
        total = self.previous_balance_cents + self.payments_cents
        total += self.adjustments_cents + self.current_charges_cents
        if total != self.total_due_cents:
            raise StatementDoesNotFoot(
                f"bill {self.bill_number}: parts {total} ≠ total due {self.total_due_cents}"
            )
