"""Try a layout's text on a file, without a database: what was understood, line by line. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from curbstop.readings.layouts.canonical import (
    READ_FIELDS,
    CanonicalRead,
    ErrorLog,
    FileError,
    ReadBatch,
)
from curbstop.readings.layouts.definition import Layout
from curbstop.readings.layouts.parsing import parse
from curbstop.readings.layouts.source import chunks

LINES_SHOWN = 200
RAW_SHOWN = 1000


@dataclass(frozen=True, slots=True)
class TriedLine:
    """A line as it came; `said` holds its read's fields in their order, None without a read."""

    line: int
    raw: str
    said: dict[str, str] | None
    faults: list[FileError]


@dataclass(frozen=True, slots=True)
class Trial:
    """How many reads a file holds, its first lines, and every reason to refuse it."""

    reads: int = 0
    lines: list[TriedLine] = field(default_factory=list)
    faults: list[FileError] = field(default_factory=list)


def said(read: CanonicalRead) -> dict[str, str]:
    """Every field that the file spoke of, in the order of the fields."""
    values = ((name, getattr(read, name)) for name in READ_FIELDS)
    return {name: str(value) for name, value in values if value is not None}


def describe(read: CanonicalRead) -> str:
    """A read in one line: every field that the file spoke of."""
    return ", ".join(f"{name} {value}" for name, value in said(read).items())


def try_layout(layout: Layout, settings: Mapping[str, str], data: bytes) -> Trial:
    """What a layout makes of a file. Lines without a fault show their read though others have one.

    A read that stands below a faulty line of another record type is not shown.
    """
    log = ErrorLog()
    reads = 0
    understood: dict[int, dict[str, str]] = {}
    for batch in parse(layout, settings, data, log, faulty_too=True):
        reads += len(batch.lines)
        faulty = {error.line for error in log.errors}
        for read in _first(batch):
            if read.line not in faulty:
                understood[read.line] = said(read)
    faults: defaultdict[int, list[FileError]] = defaultdict(list)
    for error in log.errors:
        faults[error.line].append(error)
    lines = [
        TriedLine(number, text[:RAW_SHOWN], understood.get(number), faults[number])
        for number, text in _raw_lines(layout, data)
    ]
    return Trial(0 if log.errors else reads, lines, log.errors)


def _first(batch: ReadBatch) -> Iterator[CanonicalRead]:
    """The reads of the batch that stand on lines to be shown."""
    shown = sum(1 for line in batch.lines[:LINES_SHOWN] if line <= LINES_SHOWN)
    return islice(batch.rows(), shown)


def _raw_lines(layout: Layout, data: bytes) -> list[tuple[int, str]]:
    """The first lines as text; bytes that are no text of the layout's encoding stand as U+FFFD."""
    encoding = layout.input.encoding if layout.input else "utf-8"
    head = (
        data[: LINES_SHOWN * 4 * RAW_SHOWN].decode(encoding, "replace").encode(encoding, "replace")
    )
    _, lines = next(chunks(head, encoding), (1, []))
    return list(enumerate(lines[:LINES_SHOWN], 1))
