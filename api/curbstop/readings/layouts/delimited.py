"""Files with a header line: columns found by name, parsed a column at a time."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence

from curbstop.readings.layouts.canonical import ErrorLog, ReadBatch
from curbstop.readings.layouts.definition import Delimited, Value
from curbstop.readings.layouts.fixed import active
from curbstop.readings.layouts.source import chunks
from curbstop.readings.layouts.values import Normal, apply_decimals, column_parser

_SPACES = re.compile(r"[\s_\-.]+")
MAX_COLUMNS = 500


def header_key(text: str) -> str:
    """Headers match whatever their case, spaces, underscores, dashes or dots."""
    return _SPACES.sub("", text).casefold()


class Columns:
    """Which cell of a line holds which field, decided once from the header line."""

    def __init__(self, shape: Delimited, settings: Mapping[str, str]) -> None:
        self.values = active(shape.columns, settings)
        self.refuse_unknown = shape.unknown_columns == "refuse"
        self.cells: list[tuple[tuple[int, ...], Value]] = []
        self.width = 0

    def read_header(self, cells: Sequence[str], line: int, log: ErrorLog) -> None:
        """Match the header to the layout; every missing, doubled or unknown column is an error."""
        self.width = len(cells)
        if self.width > MAX_COLUMNS:
            log.add(line, "header", f"has {self.width} columns, more than {MAX_COLUMNS}")
            return
        places: dict[str, list[int]] = {}
        for index, cell in enumerate(cells):
            places.setdefault(header_key(cell), []).append(index)
        used: set[int] = set()
        for value in self.values:
            found = [i for h in value.headers for i in places.get(header_key(h), ())]
            if len(set(found)) > 1 and len(places.get(header_key(cells[found[0]]), ())) > 1:
                log.add(line, cells[found[0]], "this column stands in the header twice")
            elif found:
                self.cells.append((tuple(dict.fromkeys(found)), value))
            elif value.required:
                names = " or ".join(value.headers[:4])
                log.add(line, "header", f"no column {names} for the required {value.field}")
            used.update(found)
        if self.refuse_unknown:
            for index, cell in enumerate(cells):
                if index not in used:
                    log.add(line, cell or str(index + 1), "this column is not in the layout")


def parse_delimited(
    shape: Delimited, settings: Mapping[str, str], data: bytes, log: ErrorLog
) -> Iterator[ReadBatch]:
    """Batches of reads; errors go to the log, and their cells are None in the batch."""
    columns = Columns(shape, settings)
    delimiter = ""
    for first, chunk in chunks(data, shape.encoding):
        start, lines = first, chunk
        if not delimiter:
            header = next((i for i, text in enumerate(lines) if text.strip()), None)
            if header is None:
                continue
            delimiter = _delimiter_of(lines[header], shape.delimiters)
            _, rows = _split([lines[header]], first + header, delimiter, shape.quote, log)
            if rows:
                columns.read_header(rows[0], first + header, log)
            if log.errors:
                return
            lines, start = lines[header + 1 :], first + header + 1
        if (batch := _batch(columns, lines, start, delimiter, shape.quote, log)) is not None:
            yield batch
        if log.full:
            return


def _delimiter_of(header: str, allowed: Sequence[str]) -> str:
    return max(allowed, key=header.count)


def _split(
    lines: Sequence[str], first: int, delimiter: str, quote: str, log: ErrorLog
) -> tuple[list[int], list[list[str]]]:
    """Cells per line and the index of each line; blank lines are passed over.

    A quoted cell may not span lines: in a file of reads that is an unbalanced quote.
    """
    kept = [i for i, text in enumerate(lines) if text and not text.isspace()]
    picked = lines if len(kept) == len(lines) else [lines[i] for i in kept]
    try:
        rows = list(csv.reader(picked, delimiter=delimiter, quotechar=quote, strict=True))
    except csv.Error:
        rows = []
    if len(rows) == len(picked):
        return kept, rows
    good: list[int] = []
    rows = []
    for index in kept:
        try:
            alone = csv.reader([lines[index]], delimiter=delimiter, quotechar=quote, strict=True)
            rows.append(next(alone))
            good.append(index)
        except csv.Error as failure:
            log.add(first + index, "line", f"quotes are not balanced ({failure})")
    return good, rows


def _plain_cells(
    lines: Sequence[str], width: int, delimiter: str, quote: str
) -> list[Sequence[str]] | None:
    """The columns of lines without quotes, or None when the careful way is needed.

    One split of the whole chunk and strides through it: several times faster than a row at a time,
    and equal to it because every line was seen to have its `width - 1` delimiters.
    """
    joined = delimiter.join(lines)
    if quote in joined or any(line.count(delimiter) != width - 1 for line in lines):
        return None
    flat = joined.split(delimiter)
    return [flat[place::width] for place in range(width)]


def _first_said(cells: Sequence[Sequence[str]], places: Sequence[int]) -> Sequence[str]:
    """The column, or where several headers mean one field the first that is not blank."""
    if len(places) == 1:
        return cells[places[0]]
    several = zip(*(cells[place] for place in places), strict=True)
    return [next((text for text in texts if text.strip()), "") for texts in several]


def _batch(
    columns: Columns,
    lines: Sequence[str],
    first: int,
    delimiter: str,
    quote: str,
    log: ErrorLog,
) -> ReadBatch | None:
    kept = [i for i, text in enumerate(lines) if text and not text.isspace()]
    cells = _plain_cells(lines, columns.width, delimiter, quote)
    if cells is None or len(kept) != len(lines):
        kept, rows = _split(lines, first, delimiter, quote, log)
        if set(map(len, rows)) - {columns.width}:
            for index, row in zip(kept, rows, strict=True):
                if len(row) != columns.width:
                    reason = f"has {len(row)} cells where the header has {columns.width}"
                    log.add(first + index, "line", reason)
            return None
        cells = list(zip(*rows, strict=True))
    if not kept:
        return None
    parsed = _parse_columns(columns, cells, [first + i for i in kept], log)
    raws = lines if len(kept) == len(lines) else [lines[i] for i in kept]
    numbers = [first + i for i in kept]
    return ReadBatch(numbers, raws, {k: v for k, v in parsed.items() if not k.startswith("_")})


def _parse_columns(
    columns: Columns, cells: Sequence[Sequence[str]], numbers: Sequence[int], log: ErrorLog
) -> dict[str, Sequence[Normal]]:
    """Every field's column in normal form; what is wrong goes to the log."""
    parsed: dict[str, Sequence[Normal]] = {}
    for places, value in columns.cells:
        done, bad = column_parser(value)(_first_said(cells, places))
        for index, reason in bad:
            log.add(numbers[index], value.column, reason)
        if value.field in parsed:  # the first definition that has something wins
            earlier = parsed[value.field]
            done = [a if a is not None else b for a, b in zip(earlier, done, strict=True)]
        parsed[value.field] = done
    for _, value in columns.cells:
        if isinstance(value.decimals, str) and value.decimals in parsed:
            parsed[value.field] = apply_decimals(parsed[value.field], parsed[value.decimals])
    for value in columns.values:
        if value.value is not None and value.field not in parsed:
            parsed[value.field] = [value.value] * len(numbers)
    return parsed
