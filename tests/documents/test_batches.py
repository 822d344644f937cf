"""Print batches: mail order, languages, second pages, and figures that reconcile."""

import io
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from pypdf import PdfReader

from curbstop.documents.rendering.words import UnknownLanguage
from curbstop.documents.statements import StatementData, print_statements, render_statements
from curbstop.documents.statements.pdf import CHUNK
from tests.documents.statement_samples import WATER, statement


def batch_of(count: int) -> list[tuple[StatementData, str]]:
    return [
        (
            statement(bill_number=f"B{index:04d}", mail_key=f"{index * 7 % count:04d}"),
            "es" if index % 5 == 0 else "en",
        )
        for index in range(count)
    ]


def bill_numbers(reader: PdfReader) -> list[str]:
    return [re.search(r"B\d{4}", page.extract_text()).group() for page in reader.pages]


def test_a_batch_is_one_file_in_mail_order_that_reconciles() -> None:
    count = 2 * CHUNK + 3
    batch = batch_of(count)
    steps: list[tuple[int, int]] = []
    out = io.BytesIO()
    printed = print_statements(batch, out, lambda done, total: steps.append((done, total)))
    assert printed.statements == printed.pages == count
    assert printed.total_due_cents == 15231 * count
    assert steps[-1] == (count, count)
    assert all(a[0] < b[0] for a, b in pairwise(steps))
    expected = sorted(batch, key=lambda item: item[0].mail_key)
    assert bill_numbers(PdfReader(out)) == [data.bill_number for data, _ in expected]


def test_a_batch_prints_each_customers_language() -> None:
    reader = PdfReader(io.BytesIO(next(render_statements(batch_of(6)))))
    spanish = ["Cupón de pago" in page.extract_text() for page in reader.pages]
    assert spanish == [True, False, False, False, False, True]


def test_second_pages_keep_their_place_in_a_batch() -> None:
    water = replace(WATER, lines=WATER.lines * 9)
    long = statement(
        bill_number="B0001",
        charges=(water,),
        current_charges_cents=water.cents,
        total_due_cents=15231 - 13818 + water.cents,
    )
    batch = [(statement(bill_number="B0000"), "en"), (long, "en"), (long, "en")]
    out = io.BytesIO()
    assert print_statements(batch, out).pages == 5
    assert bill_numbers(PdfReader(out)) == ["B0000", "B0001", "B0001", "B0001", "B0001"]


def test_an_empty_batch_is_refused_by_nobody() -> None:
    out = io.BytesIO()
    printed = print_statements([], out)
    assert (printed.statements, printed.pages, printed.total_due_cents) == (0, 0, 0)


def test_a_template_error_in_a_batch_is_not_swallowed() -> None:
    with pytest.raises(UnknownLanguage):
        list(render_statements([(statement(), "xx")]))
