"""The Typst compiler: our fonts only, no packages, data as JSON, a pinned clock.

A template is a module whose `document-of(data)` is the document. It stays the same file from one
document to the next, so the compiler keeps it evaluated; only the data beside it is read anew.
"""

import threading
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

from curbstop.documents.rendering.text import FONTS

_TEMPLATES = Path(__file__).parent.parent / "assets" / "typst"
_MAIN = '#import "{template}": document-of\n#document-of(json("data.json"))'
_local = threading.local()


def compile_pdf(template: str, data: bytes, dated: date, *, tagged: bool = True) -> bytes:
    """Render `template` (a file of assets/typst) over JSON `data`.

    `dated` is written as the creation date, so equal data gives equal bytes. A tagged document is
    checked against PDF/UA-1 by the compiler. Data reaches the template as a JSON file and is only
    ever text there: nothing in it is parsed as markup. Raises typst.TypstError.
    """
    created = datetime.combine(dated, time(), UTC)
    result = _compiler().compile(
        input={"main.typ": _MAIN.format(template=template).encode(), "data.json": data},
        format="pdf",
        pdf_standards=["ua-1"] if tagged else [],
        pdf_tags=tagged,
        timestamp=int(created.timestamp()),
    )
    if not isinstance(result, bytes):
        raise TypeError("the compiler returned no document")
    return result


def _compiler() -> Any:
    """One compiler per thread: it keeps parsed sources and laid-out text cached.

    Untyped, because its type stub does not know the input of several files.
    """
    if not hasattr(_local, "compiler"):
        _local.compiler = typst.Compiler(
            root=_TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True
        )
    return _local.compiler


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
