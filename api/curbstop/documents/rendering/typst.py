"""The Typst compiler: our fonts only, no packages, data as JSON, a pinned clock."""

import threading
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

import typst

from curbstop.documents.rendering.text import FONTS

_TEMPLATES = Path(__file__).parent.parent / "assets" / "typst"
_local = threading.local()


def compile_pdf(template: str, data: bytes, dated: date, *, tagged: bool = True) -> bytes:
    """Render `template` (a file of assets/typst) over JSON `data`.

    `dated` is written as the creation date, so equal data gives equal bytes. A tagged document is
    checked against PDF/UA-1 by the compiler. Data reaches the template through `sys.inputs` and is
    only ever text there: nothing in it is parsed as markup. Raises typst.TypstError.
    """
    created = datetime.combine(dated, time(), UTC)
    result = _compiler(template).compile(
        format="pdf",
        sys_inputs={"data": data.decode()},
        pdf_standards=["ua-1"] if tagged else [],
        pdf_tags=tagged,
        timestamp=int(created.timestamp()),
    )
    if not isinstance(result, bytes):
        raise TypeError("the compiler returned no document")
    return result


def _compiler(template: str) -> typst.Compiler:
    """One compiler per thread and template: it keeps parsed sources and laid-out text cached."""
    compilers: dict[str, typst.Compiler] = _local.__dict__.setdefault("compilers", {})
    if template not in compilers:
        compilers[template] = typst.Compiler(
            _TEMPLATES / template,
            root=_TEMPLATES,
            font_paths=_fonts(),
            ignore_system_fonts=True,
        )
    return compilers[template]


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
