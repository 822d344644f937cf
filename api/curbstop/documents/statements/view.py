"""A statement as it reads in one language: every string that PDF and HTML print, formatted once."""

from dataclasses import dataclass
from decimal import Decimal

from curbstop.documents.barcodes import code128_svg, imb_svg, qr_svg
from curbstop.documents.rendering.colour import safe_colour
from curbstop.documents.rendering.text import window_lines
from curbstop.documents.rendering.words import Words
from curbstop.documents.statements.chart import chart_alt, chart_svg, comparison
from curbstop.documents.statements.data import Charges, Line, MeterRead, StatementData


@dataclass(frozen=True, slots=True)
class LineView:
    description: str
    formula: str
    quantity: str
    price: str
    amount: str


@dataclass(frozen=True, slots=True)
class ServiceView:
    title: str
    total_label: str
    total: str
    lines: list[LineView]


@dataclass(frozen=True, slots=True)
class ReadView:
    meter: str
    note: str
    previous: str
    previous_on: str
    current: str
    current_on: str
    days: str
    usage: str


@dataclass(frozen=True, slots=True)
class HistoryView:
    title: str
    svg: str
    alt: str
    comparison: str
    columns: list[str]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Code:
    """A barcode and what to say of it; `svg` empty means that the stub carries none."""

    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """What the templates print; the fixed labels stay in `Words`."""

    language: str
    title: str
    heading: str
    corrects: str
    colour: str
    district: str
    district_address: list[str]
    contact: list[str]
    mailing: list[str]
    facts: list[tuple[str, str]]
    amount: str
    amount_label: str
    amount_note: str
    summary: list[tuple[str, str]]
    services: list[ServiceView]
    reads: list[ReadView]
    has_estimate: bool
    history: HistoryView | None
    messages: list[str]
    arrears: list[tuple[str, str]]
    late: list[str]
    continued: str
    stub_facts: list[tuple[str, str]]
    remit_to: list[str]
    scan_line: str
    code128: Code
    qr: Code
    imb: Code


def statement_view(data: StatementData, words: Words) -> StatementView:
    """Format a statement in the language of `words`."""
    colour = safe_colour(data.district.colour)
    district = data.district
    return StatementView(
        language=words.language,
        title=words.say("title", number=data.bill_number, account=data.account_number),
        heading=words[f"kind.{data.kind}"],
        corrects=words.say("corrects", number=data.corrects) if data.corrects else "",
        colour=colour,
        district=district.name,
        district_address=list(district.address),
        contact=[c for c in (district.phone, district.website, district.office_hours) if c],
        mailing=window_lines(data.mailing),
        facts=_facts(data, words),
        amount=words.money(abs(data.total_due_cents)),
        amount_label=words["credit_balance" if data.total_due_cents < 0 else "amount_due"],
        amount_note=_amount_note(data, words),
        summary=_summary(data, words),
        services=[_service(service, words) for service in data.charges],
        reads=[_read(read, words) for read in data.reads],
        has_estimate=any(read.estimated for read in data.reads),
        history=_history(data, words, colour),
        messages=list(data.messages),
        arrears=[(_age(a.from_day, a.to_day, words), words.money(a.cents)) for a in data.arrears],
        late=_late(data, words),
        continued=words.say("continued", account=data.account_number, number=data.bill_number),
        stub_facts=_stub_facts(data, words),
        remit_to=[data.remittance.name, *data.remittance.address],
        scan_line=data.remittance.scan_line,
        **_codes(data, words),
    )


def _facts(data: StatementData, words: Words) -> list[tuple[str, str]]:
    period = words.say("period", start=words.date(data.from_on), end=words.date(data.to_on))
    return [
        (words["account"], data.account_number),
        (words["bill_number"], data.bill_number),
        (words["bill_date"], words.date(data.bill_on)),
        (words["service_period"], period),
        (words["service_address"], data.service_address),
    ]


def _amount_note(data: StatementData, words: Words) -> str:
    if data.total_due_cents < 0:
        return words["no_payment_due"]
    if data.total_due_cents == 0:
        return words["nothing_due"]
    if data.autopay_on:
        return words.say("autopay", date=words.date(data.autopay_on))
    return words.say("due_by", date=words.date(data.due_on))


def _summary(data: StatementData, words: Words) -> list[tuple[str, str]]:
    rows = [
        (words["previous_balance"], data.previous_balance_cents),
        (words["payments"], data.payments_cents),
    ]
    if data.adjustments_cents:
        rows.append((words["adjustments"], data.adjustments_cents))
    rows.append((words["current_charges"], data.current_charges_cents))
    rows.append((words["total_due"], data.total_due_cents))
    return [(label, words.money(cents)) for label, cents in rows]


def _service(charges: Charges, words: Words) -> ServiceView:
    name = charges.title or words.service(charges.service)
    return ServiceView(
        title=name,
        total_label=words.say("service_total", service=name),
        total=words.money(charges.cents),
        lines=[_line(line, words) for line in charges.lines],
    )


def _line(line: Line, words: Words) -> LineView:
    quantity = "" if line.quantity is None else f"{words.quantity(line.quantity)} {line.unit}"
    return LineView(
        description=line.description,
        formula=line.formula,
        quantity=quantity.strip(),
        price="" if line.price is None else words.price(line.price),
        amount=words.money(line.cents),
    )


def _read(read: MeterRead, words: Words) -> ReadView:
    notes = [words["method.estimated" if read.estimated else "method.actual"]]
    if read.multiplier != Decimal(1):
        notes.append(words.say("multiplier", factor=words.quantity(read.multiplier)))
    return ReadView(
        meter=f"{read.serial} {read.register}".strip(),
        note=", ".join(notes),
        previous=words.quantity(read.previous),
        previous_on=words.date(read.previous_on),
        current=words.quantity(read.current),
        current_on=words.date(read.current_on),
        days=str(read.days),
        usage=f"{words.quantity(read.usage)} {read.unit}".strip(),
    )


def _history(data: StatementData, words: Words, colour: str) -> HistoryView | None:
    history = data.history
    if history is None or not history.periods:
        return None
    return HistoryView(
        title=words.say("history_unit", unit=history.unit),
        svg=chart_svg(history, words, colour),
        alt=chart_alt(history, words),
        comparison=comparison(history, words),
        columns=[words["history_period"], words["days"], words["usage"], words["last_year"]],
        rows=[
            [
                words.date(period.ended_on),
                str(period.days),
                words.quantity(period.usage),
                "" if period.year_ago is None else words.quantity(period.year_ago),
            ]
            for period in history.periods
        ],
    )


def _age(from_day: int, to_day: int | None, words: Words) -> str:
    if to_day is None:
        return words.say("arrears_over", start=str(from_day))
    return words.say("arrears_between", start=str(from_day), end=str(to_day))


def _late(data: StatementData, words: Words) -> list[str]:
    if data.late is None or data.total_due_cents <= 0 or data.autopay_on:
        return []
    sentence = words.say(
        "late",
        date=words.date(data.late.after_on),
        penalty=words.money(data.late.cents),
        total=words.money(data.total_due_cents + data.late.cents),
    )
    return [text for text in (sentence, data.late.text) if text]


def _stub_facts(data: StatementData, words: Words) -> list[tuple[str, str]]:
    facts = [
        (words["account"], data.account_number),
        (words["service_address"], data.service_address),
        (words["due_date"], words.date(data.due_on)),
        (words["amount_due"], words.money(max(data.total_due_cents, 0))),
    ]
    if data.late is not None and data.total_due_cents > 0:
        after = words.say("amount_after", date=words.date(data.late.after_on))
        facts.append((after, words.money(data.total_due_cents + data.late.cents)))
    return facts


def _codes(data: StatementData, words: Words) -> dict[str, Code]:
    stub = data.remittance
    account = words.say("code128_alt", account=data.account_number)
    imb = imb_svg(stub.imb_tracking, stub.imb_routing) if stub.imb_tracking else ""
    return {
        "code128": Code(code128_svg(stub.code128) if stub.code128 else "", account),
        "qr": Code(qr_svg(stub.qr) if stub.qr else "", words["qr_alt"]),
        "imb": Code(imb, words["imb_alt"]),
    }
