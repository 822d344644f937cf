"""Statements to print: each different in every number, all as full as an ordinary bill gets."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from curbstop.documents.statements import (
    Charges,
    District,
    History,
    LateCharge,
    Line,
    MeterRead,
    Remittance,
    StatementData,
    UsagePeriod,
    scan_line,
)
from curbstop.kernel.dates import add_months

ENDED_ON = date(2026, 11, 16)
DUE_ON = date(2026, 12, 16)
DISTRICT = District(
    name="Tule Bend Water and Sewer District",
    address=("1 Levee Road", "Tule Bend, CA 95999"),
    phone="(555) 010-0100",
    website="tulebend.example",
    office_hours="Mon–Fri 8:00–4:30",
)


@dataclass(frozen=True)
class Usage:
    """A bill's use in HCF, spread over two tiers, at the n-th account."""

    n: int

    @property
    def hcf(self) -> int:
        return 6 + self.n % 23

    @property
    def lines(self) -> tuple[Line, ...]:
        first = min(10, self.hcf)
        rest = self.hcf - first
        return (
            Line("Basic service charge, 3/4″ meter", 3412, formula="60 of 60 days at $34.12"),
            _use("Tier 1 use", first, Decimal("3.00")),
            _use("Tier 2 use", rest, Decimal("4.88")),
            _use("Pumping surcharge, zone 2", self.hcf, Decimal("0.42")),
        )


def sample(n: int) -> StatementData:
    """The n-th statement: two services, a read, thirteen months of history, a coupon."""
    water = Charges("water", Usage(n).lines)
    sewer = Charges("sewer", (Line("Residential sewer", 4875, Decimal(1), "EDU"),))
    current = water.cents + sewer.cents
    account = f"{n // 10_000:04d}-{n % 10_000:04d}-01"
    code = scan_line(account, DUE_ON, current, 500)
    return StatementData(
        bill_number=f"2026-{n:07d}",
        account_number=account,
        mailing=(f"Resident {n}", f"{100 + n} Willow Street", "Tule Bend, CA 95999-1204"),
        service_address=f"{100 + n} Willow Street",
        bill_on=date(2026, 11, 23),
        from_on=date(2026, 9, 17),
        to_on=ENDED_ON,
        due_on=DUE_ON,
        previous_balance_cents=0,
        payments_cents=0,
        adjustments_cents=0,
        current_charges_cents=current,
        total_due_cents=current,
        charges=(water, sewer),
        district=DISTRICT,
        remittance=Remittance(
            name=DISTRICT.name,
            address=DISTRICT.address,
            scan_line=code,
            code128=code,
            qr=f"https://tulebend.example/pay/{n}",
            imb_tracking=f"00270123456{n:09d}",
            imb_routing="959991204",
        ),
        reads=(_read(n),),
        history=_history(n),
        messages=("Test your landscape valves before the cold season.",),
        late=LateCharge(DUE_ON, 500),
    )


def _use(description: str, quantity: int, price: Decimal) -> Line:
    cents = int(quantity * price * 100)
    formula = f"{quantity} × ${price}"
    return Line(description, cents, Decimal(quantity), "HCF", price, formula)


def _read(n: int) -> MeterRead:
    begin, used = Decimal(1000 + n), Decimal(Usage(n).hcf)
    return MeterRead(f"7{n:07d}", begin, date(2026, 9, 17), begin + used, ENDED_ON, used, "HCF")


def _history(n: int) -> History:
    periods = tuple(
        UsagePeriod(
            add_months(ENDED_ON, month - 12),
            30,
            Decimal(6 + (n * (month + 1)) % 17) if month < 12 else Decimal(Usage(n).hcf),
            Decimal(5 + (n + month) % 19),
        )
        for month in range(13)
    )
    return History("HCF", periods, Decimal(748))
