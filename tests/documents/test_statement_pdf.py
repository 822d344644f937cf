"""Statements as PDF: what they say, that they are accessible, hostile data, reprints, batches."""

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from curbstop.documents.rendering.text import font_coverage
from curbstop.documents.rendering.words import UnknownLanguage
from curbstop.documents.statements import (
    Arrear,
    History,
    LateCharge,
    StatementData,
    render_statement,
)
from curbstop.documents.statements.data import StatementDoesNotFit, StatementDoesNotFoot
from tests.documents.statement_samples import DISTRICT, SEWER, WATER, history, statement


def pdf(data: StatementData, language: str = "en") -> PdfReader:
    return PdfReader(io.BytesIO(render_statement(data, language)))


def words_of(reader: PdfReader) -> str:
    text = " ".join(page.extract_text() for page in reader.pages)
    return re.sub(r"\s+", " ", text)


# --- what it says -------------------------------------------------------------------------------


def test_a_bill_is_one_page_with_every_figure() -> None:
    reader = pdf(statement())
    assert len(reader.pages) == 1
    text = words_of(reader)
    for figure in ("$152.31", "$138.18", "$96.40", "-$80.00", "-$2.27", "$89.43", "$48.75"):
        assert figure in text
    for words in ("0012-3456-01", "Due by Dec 16, 2026", "N84410277", "first 10 HCF: 10 × $3.00"):
        assert words in text
    assert "After Dec 16, 2026 $167.54" in text
    assert "3 HCF (27 %) more" in text
    assert statement().remittance.scan_line in text.replace(" ", "")


def test_a_bill_speaks_spanish() -> None:
    text = words_of(pdf(statement(), "es"))
    for words in ("Su factura de servicios", "Total a pagar", "Cupón de pago", "16 dic 2026"):
        assert words in text
    for english in ("Amount due", "Account summary", "Payment coupon", "Meter readings"):
        assert english not in text


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownLanguage):
        render_statement(statement(), "../en")


def test_a_statement_that_does_not_foot_is_never_printed() -> None:
    with pytest.raises(StatementDoesNotFoot, match="total due"):
        statement(total_due_cents=15230)
    with pytest.raises(StatementDoesNotFoot, match="lines"):
        statement(charges=(WATER,))


def test_more_than_the_page_holds_is_refused_before_printing() -> None:
    with pytest.raises(StatementDoesNotFit, match="5 ages"):
        statement(arrears=(Arrear(1, 2, 3),) * 5)
    with pytest.raises(StatementDoesNotFit, match="14 periods"):
        History("HCF", (*history().periods, history().periods[0]))


def test_a_long_address_stays_in_the_window() -> None:
    lines = tuple(f"Line {number}" for number in range(1, 10))
    text = words_of(pdf(statement(mailing=lines)))
    assert "Line 4 Line 5, Line 6, Line 7, Line 8 Line 9" in text


def test_a_credit_balance_asks_for_no_payment() -> None:
    data = statement(payments_cents=-30000, total_due_cents=-6769)
    text = words_of(pdf(data))
    assert "Credit balance" in text
    assert "$67.69" in text
    assert "No payment is due" in text
    assert "late charge" not in text
    assert "Amount due $0.00" in text


def test_autopay_says_when_and_threatens_nothing() -> None:
    text = words_of(pdf(statement(autopay_on=date(2026, 12, 14))))
    assert "we will draw this amount on Dec 14, 2026" in text
    assert "late charge" not in text


def test_many_lines_flow_to_a_second_page_and_the_coupon_stays_on_the_first() -> None:
    water = replace(WATER, lines=WATER.lines * 9)
    current = water.cents + SEWER.cents
    data = statement(
        charges=(water, SEWER),
        current_charges_cents=current,
        total_due_cents=15231 - 13818 + current,
    )
    reader = pdf(data)
    assert len(reader.pages) == 2
    first, second = (re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages)
    assert "Payment coupon" in first
    assert "Payment coupon" not in second
    assert "bill 2026-0048213 · continued" in second
    assert "Water total" in second
    assert "continued" not in first
    assert (first + second).count("Tier 1 use") == 9


def text_positions(page) -> list[tuple[str, float, float]]:
    found: list[tuple[str, float, float]] = []

    def visit(text, cm, tm, font, size) -> None:
        if text.strip():
            found.append((text.strip(), tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]))

    page.extract_text(visitor_text=visit)
    return found


def test_the_fullest_side_column_stays_off_the_coupon() -> None:
    arrears = (*(Arrear(age, age + 29, 1000) for age in (1, 31, 61)), Arrear(91, None, 1000))
    data = statement(
        kind="corrected", corrects="2026-0040000", arrears=arrears, autopay_on=date(2026, 12, 14)
    )
    for language in ("en", "es"):
        reader = pdf(data, language)
        assert len(reader.pages) == 1
        perforation = 3.5 * 72
        coupon = {"Corte aquí", "Detach here"}
        below = [text for text, _, y in text_positions(reader.pages[0]) if y < perforation]
        assert any(text.startswith(tuple(coupon)) for text in below)
        assert not any("HCF" in text for text in below)


# --- accessible ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_pdf_is_tagged_titled_and_declares_pdf_ua(language: str) -> None:
    reader = pdf(statement(), language)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith(language)
    assert "2026-0048213" in reader.metadata.title
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfuaid:part(>|=.)1", xmp)


def structure(reader: PdfReader) -> list[tuple[str, str]]:
    """Every structure element as (type, alternative text), in reading order."""
    found: list[tuple[str, str]] = []

    def walk(node) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict) and "/S" in node:
            found.append((node["/S"], str(node.get("/Alt", ""))))
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def test_headings_tables_and_pictures_are_in_the_tree() -> None:
    elements = structure(pdf(statement()))
    kinds = [kind for kind, _ in elements]
    assert kinds.index("/H1") < kinds.index("/H2")
    assert kinds.count("/H1") == 1
    assert kinds.count("/Table") == 2
    assert kinds.count("/TH") == 9
    pictures = [alt for kind, alt in elements if kind == "/Figure"]
    assert len(pictures) == 4
    assert all(pictures)
    chart = next(alt for alt in pictures if "Bar chart" in alt)
    assert "Nov 2026: 14 (a year before 11)" in chart


# --- hostile and unusual data -------------------------------------------------------------------

HOSTILE = [
    '#import "@preview/x:1.0": *',
    '#read("/etc/passwd")',
    "$sum_(i=0)^n$ *bold* _it_ `raw` = Head",
    "<script>alert(1)</script>",
    '"quoted" \\ back // comment',
    "{labels} {0} %s",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_markup_in_data_prints_as_it_is_written(name: str) -> None:
    data = statement(
        mailing=(name, "1 Main St"), messages=(name,), district=replace(DISTRICT, name=name)
    )
    data = replace(data, late=LateCharge(data.due_on, 100, name))
    assert words_of(pdf(data)).replace(" ", "").count(name.replace(" ", "")) >= 4


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Nguyễn Thị Ánh", "Nguyễn Thị Ánh"),
        ("Łukasz Żółć", "Łukasz Żółć"),
        ("王小明 & Co", "□□□ & Co"),
        ("a\u202eb\x00c\u200bd", "abcd"),
        ("smile 😀", "smile □"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("two\nlines\tand tabs", "two lines and tabs"),
        ("", ""),
    ],
)
def test_a_name_without_glyphs_still_prints(name: str, printed: str) -> None:
    assert printed in words_of(pdf(statement(mailing=(name, "1 Main St"))))


def test_every_covered_character_compiles() -> None:
    points = sorted(point for point in font_coverage() if 0x20 < point < 0xD800)
    names = ["".join(map(chr, points[i : i + 60])) for i in range(0, len(points), 60)]
    assert len(points) > 2000
    reader = pdf(statement(messages=tuple(names)))
    assert len(reader.pages) >= 1


def test_a_bad_colour_falls_back() -> None:
    plain = render_statement(statement(), "en")
    hostile = statement(district=replace(DISTRICT, colour='#0a5c82"); panic("x'))
    assert render_statement(hostile, "en") == plain


# --- reprint ------------------------------------------------------------------------------------


def test_equal_data_gives_equal_bytes() -> None:
    first = render_statement(statement(), "en")
    render_statement(statement(bill_number="another"), "es")
    assert render_statement(statement(), "en") == first
    assert b"D:20261123" in first
