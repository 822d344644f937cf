"""Statements for the tests: a plain one, and variations by `dataclasses.replace`."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from curbstop.documents.statements import (
    Arrear,
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

DISTRICT = District(
    name="Quail Hollow Water District",
    address=("410 Reservoir Road", "Quail Hollow, CA 95999"),
    phone="(555) 010-0144",
    website="quailhollowwater.example",
    office_hours="Mon–Fri 8:00–4:30",
)

WATER = Charges(
    "water",
    (
        Line("Basic service charge, 3/4″ meter", 3412, formula="60 of 60 days at $34.12"),
        Line("Tier 1 use", 3000, Decimal(10), "HCF", Decimal("3.00"), "first 10 HCF: 10 × $3.00"),
        Line("Tier 2 use", 1950, Decimal(4), "HCF", Decimal("4.875"), "next 10 HCF: 4 × $4.875"),
        Line("Pumping surcharge, zone 2", 581, Decimal(14), "HCF", Decimal("0.415")),
    ),
)
SEWER = Charges(
    "sewer",
    (Line("Residential sewer", 4875, Decimal(1), "EDU", Decimal("48.75")),),
)

USE = (9, 8, 8, 10, 12, 15, 19, 22, 21, 17, 13, 11, 14)


def history(months: int = 13) -> History:
    """Monthly periods up to the bill's own, with a year-ago figure that differs by one or two."""
    end = date(2026, 11, 16)
    periods = tuple(
        UsagePeriod(
            add_months(end, index - 12),
            30,
            Decimal(USE[index]),
            Decimal(USE[index] + (index % 3) - 1) if index != 12 else Decimal(11),
        )
        for index in range(13 - months, 13)
    )
    return History("HCF", periods, Decimal(748))


def statement(**changes: object) -> StatementData:
    """A two-service bill of $138.18 current and $152.31 due; `changes` replace its fields."""
    account, due = "0012-3456-01", date(2026, 12, 16)
    base = StatementData(
        bill_number="2026-0048213",
        account_number=account,
        mailing=("Rosa M. Delgado", "1188 Manzanita Way", "Apt 4", "Quail Hollow, CA 95999-1204"),
        service_address="1188 Manzanita Way, Apt 4",
        bill_on=date(2026, 11, 23),
        from_on=date(2026, 9, 17),
        to_on=date(2026, 11, 16),
        due_on=due,
        previous_balance_cents=9640,
        payments_cents=-8000,
        adjustments_cents=-227,
        current_charges_cents=13818,
        total_due_cents=15231,
        charges=(WATER, SEWER),
        district=DISTRICT,
        remittance=Remittance(
            name=DISTRICT.name,
            address=("PO Box 1100", "Quail Hollow, CA 95999-1100"),
            scan_line=scan_line(account, due, 15231, 1523),
            code128=scan_line(account, due, 15231, 1523),
            qr="https://quailhollowwater.example/pay?bill=2026-0048213",
            imb_tracking="00270123456200048213",
            imb_routing="959991204",
        ),
        reads=(
            MeterRead(
                "N84410277",
                Decimal(1482),
                date(2026, 9, 17),
                Decimal(1496),
                date(2026, 11, 16),
                Decimal(14),
                "HCF",
            ),
        ),
        history=history(),
        messages=(
            "The Board holds a public hearing on 2027 water rates on January 14 at 6 p.m. at the "
            "district office.",
            "Irrigation days this season are Tuesday and Saturday, before 9 a.m.",
        ),
        arrears=(Arrear(31, 60, 1413),),
        late=LateCharge(due, 1523),
        mail_key="95999-1204-0118",
    )
    return replace(base, **changes)
