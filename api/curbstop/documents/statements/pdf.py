"""Statements as PDF: one at a time, tagged (PDF/UA-1), or a print batch in mail order."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import BinaryIO

import orjson
import pikepdf

from curbstop.documents.rendering.text import printable_tree
from curbstop.documents.rendering.typst import compile_pdf
from curbstop.documents.rendering.words import Words, words
from curbstop.documents.statements.data import StatementData
from curbstop.documents.statements.view import statement_view

CHUNK = 12
"""Statements per compile. The compiler remembers its last ten documents, so memory grows with
the chunk (12: 0.4 GB, 150: 1.9 GB) while speed is level from ten on; fonts are shared in it."""

_COMPILES_AT_ONCE = 2  # the compiler leaves the interpreter lock, so formatting overlaps it

Addressed = tuple[StatementData, str]
"""A statement and the language of its customer."""


@dataclass(frozen=True, slots=True)
class PrintFile:
    """What a batch printed, to be reconciled with the register before it leaves the office."""

    statements: int
    pages: int
    total_due_cents: int


def render_statement(data: StatementData, language: str) -> bytes:
    """One statement as tagged PDF/UA-1; the same data gives the same bytes.

    Raises UnknownLanguage.
    """
    title = words(language).say("title", number=data.bill_number, account=data.account_number)
    return _compile([(data, language)], title, tagged=True)


def mail_order(batch: Iterable[Addressed]) -> list[Addressed]:
    """Sorted as the post office wants it: by mail key, then account."""
    return sorted(batch, key=lambda item: (item[0].mail_key, item[0].account_number))


def render_statements(batch: Iterable[Addressed]) -> Iterator[bytes]:
    """PDFs of up to `CHUNK` statements each, in the order given, untagged: paper needs no tags."""
    items = iter(batch)
    pending: deque[Future[bytes]] = deque()
    with ThreadPoolExecutor(_COMPILES_AT_ONCE) as pool:
        while chunk := list(islice(items, CHUNK)):
            title = chunk[0][0].district.name
            pending.append(pool.submit(_compile, chunk, title, tagged=False))
            if len(pending) > _COMPILES_AT_ONCE:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()


def print_statements(
    batch: Iterable[Addressed],
    out: BinaryIO,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> PrintFile:
    """Write one PDF in mail order to `out`; `progress(done, total)` is called after each chunk."""
    ordered = mail_order(batch)
    merged = pikepdf.Pdf.new()
    done = 0
    for part in render_statements(ordered):
        with pikepdf.Pdf.open(BytesIO(part)) as chunk:
            merged.pages.extend(chunk.pages)
        done = min(done + CHUNK, len(ordered))
        progress(done, len(ordered))
    pages = len(merged.pages)
    merged.save(out, deterministic_id=True)
    return PrintFile(len(ordered), pages, sum(data.total_due_cents for data, _ in ordered))


def _compile(items: Sequence[Addressed], title: str, *, tagged: bool) -> bytes:
    speech: dict[str, Words] = {language: words(language) for _, language in items}
    views = [statement_view(data, speech[language]) for data, language in items]
    payload = {
        "title": title,
        "language": items[0][1],
        "labels": {language: dict(spoken.labels) for language, spoken in speech.items()},
        "statements": views,
    }
    first = items[0][0]
    template = f"statement_{first.template}.typ"
    safe = orjson.dumps(printable_tree(payload))
    return compile_pdf(template, safe, first.bill_on, tagged=tagged)
