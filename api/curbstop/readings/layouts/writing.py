"""Write the download file of a walk: what the vendor's software loads before reading."""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from curbstop.readings.layouts.canonical import ErrorLog, Kind
from curbstop.readings.layouts.definition import Delimited, Fixed, Hierarchy, Layout, Record, Value
from curbstop.readings.layouts.fixed import active, span

Row = Mapping[str, str | None]
"""One register of one stop: canonical names to values in normal form."""

_ENDS = {"crlf": "\r\n", "lf": "\n"}


def write_download(
    layout: Layout, settings: Mapping[str, str], rows: Sequence[Row], log: ErrorLog
) -> bytes:
    """The file's bytes. A value that does not fit its field is an error of its row (1-based).

    `rows` stand in walk order, the registers of a meter together. When the log holds errors the
    result must not be sent.
    """
    shape = layout.output_shape
    if shape is None:
        log.add(1, "file", f"the layout {layout.layout} only reads files")
        return b""
    match shape:
        case Delimited():
            text = _delimited(shape, settings, rows, log)
        case Fixed():
            values = active(shape.fields, settings, "output")
            lines = [
                _line(values, shape.length, row, number, log)
                for number, row in enumerate(rows, start=1)
            ]
            text = "".join(line + _ENDS[shape.newline] for line in lines)
        case Hierarchy():
            text = _hierarchy(shape, settings, rows, log)
    try:
        return text.encode(shape.encoding)
    except UnicodeEncodeError as failure:
        shown = text[failure.start]
        log.add(1, "file", f"the character {shown!r} does not exist in {shape.encoding}")
        return b""


def _delimited(
    shape: Delimited, settings: Mapping[str, str], rows: Sequence[Row], log: ErrorLog
) -> str:
    values = active(shape.columns, settings, "output")
    buffer = io.StringIO()
    writer = csv.writer(
        buffer,
        delimiter=shape.delimiters[0],
        quotechar=shape.quote,
        lineterminator=_ENDS[shape.newline],
    )
    writer.writerow([value.headers[0] for value in values])
    for number, row in enumerate(rows, start=1):
        cells = []
        for value in values:
            text = rendered(value, row)
            if len(text) > value.max_length and value.overflow == "refuse":
                log.add(number, value.column, f"{text!r} is longer than {value.max_length}")
            cells.append(_harmless(value, text[: value.max_length]))
        writer.writerow(cells)
    return buffer.getvalue()


def _harmless(value: Value, text: str) -> str:
    """A name that a spreadsheet would run as a formula gets an apostrophe in front."""
    return f"'{text}" if value.kind is Kind.TEXT and text.startswith(("=", "+", "@")) else text


def rendered(value: Value, row: Row, count: int | None = None) -> str:
    """A field as the vendor wants it: mapped code, date format, implied decimals."""
    if count is not None:
        return str(count)
    said = row.get(value.field)
    if value.map and said is not None and not value.field.startswith("_"):
        back = {ours: theirs for theirs, ours in reversed(value.map.items())}
        said = value.map.get(said) or back.get(said) or value.otherwise or value.value
    if said is None or said == "":
        return value.value if value.value is not None and said is None else ""
    if value.kind is Kind.DATE:
        return _date(said, value.formats[0])
    if value.kind is Kind.DECIMAL and value.decimals is not None:
        return _implied(said, value, row)
    return said


def _date(iso: str, form: str) -> str:
    year, month, day = iso.split("-")
    text = form.replace("CCYY", year).replace("YYYY", year).replace("YY", year[2:])
    return text.replace("MM", month).replace("DD", day).replace("hh:mm", "00:00")


def _implied(said: str, value: Value, row: Row) -> str:
    """Digits without a point: the number shifted by its decimals, the rest cut off."""
    places = value.decimals
    if isinstance(places, str):
        places = int(row.get(places) or 0)
    return str(int(Decimal(said).scaleb(places or 0)))


def _line(
    values: Sequence[Value],
    length: int,
    row: Row,
    number: int,
    log: ErrorLog,
    counts: Mapping[str, int] | None = None,
) -> str:
    """One fixed line: every field padded into its place."""
    line = [" "] * length
    for value in values:
        count = counts.get(value.count, 0) if counts is not None and value.count else None
        text = rendered(value, row, count)
        start, end = span(value)
        width = end - start
        if len(text) > width and value.overflow == "refuse":
            log.add(number, value.column, f"{value.field} {text!r} is longer than {width}")
        if not text and value.kind is Kind.TEXT:
            continue
        text = text[:width]
        padded = text.rjust(width, value.fill) if value.pad == "left" else text.ljust(width)
        line[start:end] = padded
    return "".join(line)


@dataclass(slots=True)
class Node:
    """A record to write: its row, and the records inside it."""

    name: str
    row: Row
    number: int
    children: "list[Node]" = field(default_factory=list)

    def counts(self) -> Counter[str]:
        """How many of each record type lie inside."""
        total: Counter[str] = Counter()
        for child in self.children:
            total[child.name] += 1
            total += child.counts()
        return total


def _hierarchy(
    shape: Hierarchy, settings: Mapping[str, str], rows: Sequence[Row], log: ErrorLog
) -> str:
    root = next(n for n, r in shape.records.items() if r.parent is None and r.closes is None)
    tree = Node(root, rows[0] if rows else {}, 1)
    for number, row in enumerate(rows, start=1):
        _place(shape, tree, row, number)
    out: list[str] = []
    _render(shape, settings, tree, log, out)
    return "".join(line + _ENDS[shape.newline] for line in out)


def _place(shape: Hierarchy, node: Node, row: Row, number: int) -> None:
    """Put a row's records under the node, opening new ones where a key changes."""
    for name, record in shape.records.items():
        if record.parent != node.name or record.optional:
            continue
        latest = next((c for c in reversed(node.children) if c.name == name), None)
        if latest is None or record.read or _key_changed(record, latest.row, row):
            if record.attach and latest is not None:
                continue
            latest = Node(name, row, number)
            node.children.append(latest)
        _place(shape, latest, row, number)


def _key_changed(record: Record, before: Row, now: Row) -> bool:
    return record.key is not None and before.get(record.key) != now.get(record.key)


def _render(
    shape: Hierarchy, settings: Mapping[str, str], node: Node, log: ErrorLog, out: list[str]
) -> None:
    def write(name: str) -> None:
        record = shape.records[name]
        values = active(record.fields, settings, "output")
        line = _line(values, record.length, node.row, node.number, log, node.counts())
        out.append(name.ljust(shape.id_length) + line[shape.id_length :])

    write(node.name)
    for child in node.children:
        _render(shape, settings, child, log, out)
    if trailer := shape.trailer_of(node.name):
        write(trailer)
