"""The HTML twin of a statement: the same view, readable by every browser and screen reader.

No script and no inline style, so it stands under `default-src 'self'; style-src 'self'`; its
style sheet is the asset `statement.css`.
"""

from pathlib import Path

from curbstop.documents.rendering.html import Markup, element, fragment, table
from curbstop.documents.rendering.words import Words, words
from curbstop.documents.statements.data import StatementData
from curbstop.documents.statements.view import (
    HistoryView,
    ServiceView,
    StatementView,
    statement_view,
)

STYLESHEET = Path(__file__).parent.parent / "assets" / "statement.css"
STYLESHEET_HREF = "/api/v1/documents/statement.css"


def statement_html(data: StatementData, language: str, stylesheet: str = STYLESHEET_HREF) -> str:
    """A whole HTML document in the customer's language. Raises UnknownLanguage."""
    speech = words(language)
    view = statement_view(data, speech)
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", view.title),
        element("link", rel="stylesheet", href=stylesheet),
    )
    body = element("body", element("main", *_sections(view, speech)))
    return f"<!doctype html>\n{element('html', head, body, lang=language)}\n"


def _sections(view: StatementView, speech: Words) -> list[Markup]:
    sections = [_header(view, speech), _amount(view), _summary(view, speech)]
    if view.arrears:
        rows = table(speech["arrears"], (speech["days"], speech["amount"]), view.arrears)
        sections.append(
            element("section", rows, element("p", speech["arrears_intro"]), class_="due")
        )
    sections.append(_charges(view, speech))
    if view.reads:
        sections.append(_reads(view, speech))
    if view.history is not None:
        sections.append(_history(view.history, speech))
    if view.messages:
        news = [element("p", message) for message in view.messages]
        sections.append(element("section", element("h2", speech["messages"]), *news))
    sections.append(_payment(view, speech))
    return sections


def _header(view: StatementView, speech: Words) -> Markup:
    contact = " · ".join([*view.district_address, *view.contact])
    notes = [element("p", view.corrects)] if view.corrects else []
    return element(
        "header",
        element("p", element("strong", view.district), element("br"), contact, class_="from"),
        element("h1", view.heading),
        *notes,
        _pairs(view.facts),
        element("address", *_line_breaks(view.mailing)),
    )


def _amount(view: StatementView) -> Markup:
    return element(
        "section",
        element("h2", view.amount_label),
        element("p", view.amount, class_="amount"),
        element("p", view.amount_note),
        *(element("p", sentence) for sentence in view.late),
        class_="card",
    )


def _summary(view: StatementView, speech: Words) -> Markup:
    head = (speech["description"], speech["amount"])
    return element("section", table(speech["summary"], head, view.summary), class_="totals")


def _charges(view: StatementView, speech: Words) -> Markup:
    head = [speech[key] for key in ("description", "quantity", "price", "amount")]
    tables = [table(service.title, head, _charge_rows(service)) for service in view.services]
    return element("section", element("h2", speech["current_charges"]), *tables, class_="totals")


def _charge_rows(service: ServiceView) -> list[list[str]]:
    rows: list[list[str]] = []
    for line in service.lines:
        formula = [element("small", line.formula)] if line.formula else []
        name = fragment([line.description, *formula])
        rows.append([name, line.quantity, line.price, line.amount])
    return [*rows, [service.total_label, "", "", service.total]]


def _reads(view: StatementView, speech: Words) -> Markup:
    head = [speech[key] for key in ("meter", "previous_read", "current_read", "days", "usage")]
    rows = [
        [
            fragment([read.meter, element("small", read.note)]),
            fragment([read.previous, element("small", read.previous_on)]),
            fragment([read.current, element("small", read.current_on)]),
            read.days,
            read.usage,
        ]
        for read in view.reads
    ]
    note = [element("p", speech["estimated_note"])] if view.has_estimate else []
    return element("section", table(speech["reads"], head, rows), *note)


def _history(history: HistoryView, speech: Words) -> Markup:
    return element(
        "section",
        element("h2", speech["history"]),
        element("p", history.comparison),
        element("div", Markup(history.svg), class_="chart", role="img", aria_label=history.alt),
        element(
            "details",
            element("summary", history.title),
            table(speech["history"], history.columns, history.rows),
        ),
    )


def _payment(view: StatementView, speech: Words) -> Markup:
    code = []
    if view.qr.svg:
        figure = element(
            "div", Markup(view.qr.svg), class_="qr", role="img", aria_label=view.qr.alt
        )
        code = [figure, element("p", speech["pay_online"])]
    return element(
        "section",
        element("h2", speech["stub"]),
        _pairs(view.stub_facts),
        element("p", speech["remit_to"]),
        element("address", *_line_breaks(view.remit_to)),
        *code,
        class_="coupon",
    )


def _pairs(pairs: list[tuple[str, str]]) -> Markup:
    items = [(element("dt", label), element("dd", value)) for label, value in pairs]
    return element("dl", *(part for item in items for part in item))


def _line_breaks(lines: list[str]) -> list[str]:
    broken: list[str] = []
    for line in lines:
        broken += [line, element("br")]
    return broken[:-1]
