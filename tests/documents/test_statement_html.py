"""The HTML twin: the same figures, escaped, without script or inline style."""

from html.parser import HTMLParser

import pytest

from curbstop.documents.statements import statement_html
from curbstop.documents.statements.html import STYLESHEET, STYLESHEET_HREF
from tests.documents.statement_samples import statement
from tests.documents.test_statement_pdf import HOSTILE

VOID = {"meta", "link", "br"}


class Outline(HTMLParser):
    """Collects elements, attributes and text, and checks that every element is closed."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(source)
        assert not self.stack

    def handle_starttag(self, tag, attrs) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attrs) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag) -> None:
        assert self.stack.pop() == tag

    def handle_data(self, data) -> None:
        self.text.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.mark.parametrize("language", ["en", "es"])
def test_structure_language_and_headings(language: str) -> None:
    page = Outline(statement_html(statement(), language))
    assert page.named("html") == [{"lang": language}]
    assert len(page.named("h1")) == len(page.named("main")) == len(page.named("title")) == 1
    assert len(page.named("caption")) == len(page.named("table"))
    assert all(th["scope"] in {"col", "row"} for th in page.named("th"))


def test_it_says_what_the_paper_says() -> None:
    text = " ".join(Outline(statement_html(statement(), "en")).text)
    for figure in ("$152.31", "$138.18", "$89.43", "$167.54", "Due by Dec 16, 2026", "N84410277"):
        assert figure in text


def test_the_chart_has_words_and_a_table_of_every_period() -> None:
    page = Outline(statement_html(statement(), "en"))
    chart = next(d for d in page.named("div") if d.get("class") == "chart")
    assert "Nov 2026: 14 (a year before 11)" in (chart["aria-label"] or "")
    assert page.text.count("Nov 16, 2025") == 1


def test_no_script_no_inline_style_nothing_foreign() -> None:
    page = Outline(statement_html(statement(), "en"))
    names = {name for name, _ in page.elements}
    assert not names & {"script", "style", "iframe", "img", "object", "form"}
    for _, attributes in page.elements:
        assert not [a for a in attributes if a.startswith("on") or a == "style"]
        for url in ("href", "src"):
            assert (attributes.get(url) or "/").startswith("/")
    assert page.named("link") == [{"rel": "stylesheet", "href": STYLESHEET_HREF}]
    assert ".totals" in STYLESHEET.read_text()


@pytest.mark.parametrize("name", HOSTILE)
def test_markup_in_data_is_text(name: str) -> None:
    page = Outline(statement_html(statement(mailing=(name,), messages=(name,)), "en"))
    assert page.text.count(name) == 2
    assert not page.named("script")


def test_controls_and_surrogates_do_not_reach_the_wire() -> None:
    source = statement_html(statement(mailing=("a\u202eb\x00c\ud800d",)), "en")
    assert "abcd" in source
    source.encode("utf-8")
