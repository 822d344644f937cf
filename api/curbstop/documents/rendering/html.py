"""HTML by construction: text is escaped unless it was built here."""

from collections.abc import Iterable
from html import escape

from curbstop.documents.rendering.text import plain

_VOID = {"meta", "link", "br"}


class Markup(str):
    """HTML that `element` built or that the caller vouches for; every other string is text."""

    __slots__ = ()


def element(tag: str, *children: str, **attributes: str | None) -> Markup:
    """`element("p", text, class_="note")`; an attribute of None is left out."""
    named = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(plain(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    if tag in _VOID:
        return Markup(f"<{tag}{named}>")
    return Markup(f"<{tag}{named}>{fragment(children)}</{tag}>")


def fragment(children: Iterable[str]) -> Markup:
    """Children one after the other."""
    return Markup("".join(c if isinstance(c, Markup) else escape(plain(c)) for c in children))


def table(caption: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> Markup:
    """A data table: caption, column headers, and the first cell of each row as its header."""
    header = element("tr", *(element("th", cell, scope="col") for cell in head))
    body = []
    for first, *rest in rows:
        cells = [element("th", first, scope="row"), *(element("td", cell) for cell in rest)]
        body.append(element("tr", *cells))
    return element(
        "table",
        element("caption", caption),
        element("thead", header),
        element("tbody", *body),
    )
