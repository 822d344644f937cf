"""Letters: tagged, in the customer's language, long ones on several pages."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from curbstop.documents.letters import LetterData, LetterTable, render_letter
from tests.documents.statement_samples import DISTRICT
from tests.documents.test_statement_pdf import HOSTILE, words_of


def letter(**changes: object) -> LetterData:
    values: dict[str, object] = {
        "district": DISTRICT,
        "mailing": ("Rosa M. Delgado", "1188 Manzanita Way", "Quail Hollow, CA 95999"),
        "written_on": date(2026, 11, 23),
        "heading": "Your payment arrangement",
        "paragraphs": ("Thank you for calling us.", "These are the payments that we agreed on."),
        "reference": "0012-3456-01",
        "table": LetterTable(
            ("Payment", "Due", "Amount"), (("1", "Dec 1", "$50.00"), ("2", "Jan 4", "$64.13")), (2,)
        ),
        "closing": ("Sincerely,",),
        "signature": ("Pat Ortiz", "Customer Service Supervisor"),
    }
    return LetterData(**(values | changes))  # type: ignore[arg-type]


def test_a_letter_says_everything_and_is_accessible() -> None:
    reader = PdfReader(io.BytesIO(render_letter(letter(), "es")))
    text = words_of(reader)
    for words in ("Rosa M. Delgado", "Fecha 23 nov 2026", "$64.13", "Pat Ortiz", "Quail Hollow"):
        assert words in text
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("es")
    assert reader.metadata.title == "Your payment arrangement"


def test_a_long_letter_flows_with_its_heading_on_each_page() -> None:
    reader = PdfReader(io.BytesIO(render_letter(letter(paragraphs=("Words. " * 400,) * 3), "en")))
    assert len(reader.pages) > 1
    assert "Your payment arrangement · 2" in words_of(reader)


def test_a_letter_without_table_reference_or_signature() -> None:
    bare = letter(table=None, reference="", signature=(), closing=())
    text = words_of(PdfReader(io.BytesIO(render_letter(bare, "en"))))
    assert "Reference" not in text
    assert render_letter(bare, "en") == render_letter(bare, "en")


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_a_letter_prints_as_it_is_written(text: str) -> None:
    changes = {"heading": text, "paragraphs": (text,), "mailing": (text,), "signature": (text,)}
    printed = words_of(PdfReader(io.BytesIO(render_letter(letter(**changes), "en"))))
    assert printed.replace(" ", "").count(text.replace(" ", "")) == 4


def test_a_ragged_table_is_refused() -> None:
    with pytest.raises(ValueError, match="cell for each column"):
        LetterTable(("A", "B"), (("1",),))
