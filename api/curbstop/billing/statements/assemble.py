"""From the facts of a posted bill to the statement that is printed. Pure."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any
from urllib.parse import quote

from curbstop.billing.bills.queries import StoredLine
from curbstop.billing.statements.gather import StatementFacts, UseRow
from curbstop.documents.statements import (
    Arrear,
    Charges,
    History,
    LateCharge,
    Line,
    MeterRead,
    Remittance,
    StatementData,
    UsagePeriod,
    scan_line,
)
from curbstop.documents.statements.data import Kind
from curbstop.kernel.units import Unit
from curbstop.ledger.penalties.calculate import DelinquentBill, delinquent_on, penalties_due
from curbstop.policies.district import late_terms, letterhead, remit_to, statement_texts
from curbstop.rates.engine import CompiledVersion, explain, label

PERIODS_SHOWN = 13
_YEAR, _LEEWAY = timedelta(days=365), timedelta(days=20)
_AGES: tuple[tuple[int, int | None], ...] = ((1, 30), (31, 60), (61, 90), (91, None))
_KINDS: dict[str, Kind] = {"first": "first", "final": "final"}
_WATER_UNITS = frozenset(unit.value for unit in Unit)


def statement_data(facts: StatementFacts, language: str) -> StatementData:
    """The statement in a language. Raises StatementDoesNotFoot when the parts do not sum."""
    head = facts.head
    late = _late(facts, language)
    messages, _ = statement_texts(facts.policies, language)
    return StatementData(
        bill_number=head["number"],
        account_number=head["account_number"],
        mailing=_mailing(head),
        service_address=head["service_address"],
        bill_on=head["bill_on"],
        from_on=head["period_from"],
        to_on=head["period_to"],
        due_on=head["due_on"],
        previous_balance_cents=head["previous_cents"],
        payments_cents=head["payments_cents"],
        adjustments_cents=head["adjustments_cents"],
        current_charges_cents=head["current_cents"],
        total_due_cents=head["total_due_cents"],
        charges=_charges(facts, language),
        district=letterhead(facts.policies),
        remittance=_remittance(facts, late),
        reads=_reads(facts),
        history=_history(facts),
        messages=messages,
        arrears=_arrears(facts),
        late=late,
        kind=_KINDS.get(head["kind"], "regular"),
        mail_key=f"{head['mail_zip']} {head['mail_line']} {head['mail_line2']}".strip(),
    )


def _mailing(head: Any) -> tuple[str, ...]:
    city = f"{head['mail_city']}, {head['mail_state']} {head['mail_zip']}".strip(", ")
    country = "" if head["mail_country"] in ("", "US") else head["mail_country"]
    lines = (head["mail_name"], head["mail_line"], head["mail_line2"], city, country)
    return tuple(line for line in lines if line)


def _charges(facts: StatementFacts, language: str) -> tuple[Charges, ...]:
    charges = []
    by_service = groupby(facts.segments, key=lambda segment: segment.row["service"])
    for service, segments in by_service:
        lines = [
            _line(stored, facts.versions[stored.rated.version_id], language)
            for segment in segments
            for stored in segment.lines
        ]
        charges.append(Charges(service, tuple(lines)))
    return tuple(charges)


def _line(stored: StoredLine, version: CompiledVersion, language: str) -> Line:
    rated = stored.rated
    measured = rated.unit in _WATER_UNITS
    return Line(
        description=label(rated, version, language),
        cents=rated.amount_cents,
        quantity=rated.quantity if measured else None,
        unit=rated.unit or "" if measured else "",
        price=rated.price if measured else None,
        formula=explain(rated, version, language),
    )


def _reads(facts: StatementFacts) -> tuple[MeterRead, ...]:
    """Each register once, though water and sewer may both rest on it."""
    seen: dict[tuple[str, str, str], MeterRead] = {}
    for segment in facts.segments:
        for read in segment.row["reads"]:
            key = (read["serial"], read["register"], read["from_on"])
            seen[key] = MeterRead(
                serial=read["serial"],
                previous=Decimal(read["from"]),
                previous_on=date.fromisoformat(read["from_on"]),
                current=Decimal(read["to"]),
                current_on=date.fromisoformat(read["to_on"]),
                usage=Decimal(read["quantity"]),
                unit=read["unit"],
                estimated=read["estimated"],
                multiplier=Decimal(read["multiplier"]),
                register="" if read["register"] == "0" else read["register"],
            )
    return tuple(seen.values())


def _history(facts: StatementFacts) -> History | None:
    if not facts.use:
        return None
    unit = facts.use[-1].unit
    periods = tuple(
        UsagePeriod(row.ended_on, row.days, row.quantity, _year_ago(facts.use, row.ended_on))
        for row in facts.use[-PERIODS_SHOWN:]
    )
    gallons = facts.policies.decimal("billing.gallons_per_hcf") if unit == Unit.HCF else None
    return History(unit, periods, gallons)


def _year_ago(use: list[UseRow], ended_on: date) -> Decimal | None:
    near = [row for row in use if abs(ended_on - _YEAR - row.ended_on) <= _LEEWAY]
    closest = min(near, key=lambda row: abs(ended_on - _YEAR - row.ended_on), default=None)
    return closest.quantity if closest else None


def _arrears(facts: StatementFacts) -> tuple[Arrear, ...]:
    arrears = []
    for low, high in _AGES:
        cents = sum(
            cents
            for days, cents in facts.past_due
            if low <= days and (high is None or days <= high)
        )
        if cents:
            arrears.append(Arrear(low, high, cents))
    return tuple(arrears)


def _late(facts: StatementFacts, language: str) -> LateCharge | None:
    """The basic penalty that this bill's charges would earn, by the rule that will charge it."""
    terms, head = late_terms(facts.policies), facts.head
    charge = min(head["current_cents"], head["total_due_cents"])
    if charge <= 0:
        return None
    bill = DelinquentBill(head["account_id"], head["id"], head["due_on"], charge, 0, frozenset())
    first_day = delinquent_on(terms, head["due_on"])
    cents = sum(due.cents for due in penalties_due(terms, bill, first_day))
    if not cents:
        return None
    _, text = statement_texts(facts.policies, language)
    return LateCharge(first_day - timedelta(days=1), cents, text)


def _remittance(facts: StatementFacts, late: LateCharge | None) -> Remittance:
    head = facts.head
    name, address = remit_to(facts.policies)
    codes = scan_line(
        head["account_number"], head["due_on"], head["total_due_cents"], late.cents if late else 0
    )
    page = facts.policies.text("statement.pay_url")
    tracking = _tracking(facts.policies.text("statement.imb_prefix"), head["number"])
    routing = "".join(c for c in head["mail_zip"] if c.isdecimal())
    return Remittance(
        name=name,
        address=address,
        scan_line=codes,
        code128=codes,
        qr=page.replace("{bill}", quote(head["number"])) if page else "",
        imb_tracking=tracking,
        imb_routing=routing if tracking and len(routing) in (5, 9, 11) else "",
    )


def _tracking(prefix: str, bill_number: str) -> str:
    """The 20 digits of an Intelligent Mail barcode: the district's prefix, then the piece."""
    if len(prefix) not in (11, 14) or not prefix.isdecimal():
        return ""
    digits = "".join(c for c in bill_number if c.isdecimal())
    wanted = 20 - len(prefix)
    return prefix + digits[-wanted:].zfill(wanted)
