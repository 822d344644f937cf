"""A file's reads on their way in: raw lines first, then normal form in a table of the import's own.

The tables of an import (`incoming`, `matched`, `fresh`) stand in a schema that no other
transaction ever sees. They are not temporary, since PostgreSQL's parallel workers may not read
temporary tables.
"""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from itertools import groupby
from uuid import UUID

from curbstop.platform.db import Sql
from curbstop.readings.layouts.canonical import ErrorLog, ReadBatch
from curbstop.readings.layouts.definition import Layout
from curbstop.readings.layouts.parsing import parse
from curbstop.readings.layouts.source import check_bytes, chunks

TEXT_COLUMNS = (
    *("meter_no", "endpoint_id", "service_point", "account", "register_no", "unit"),
    *("multiplier", "dials", "method", "skip_code", "read_code"),
    *("trouble_1", "trouble_2", "trouble_3", "note", "changed_meter_no"),
    *("leak_now", "backflow", "tamper"),
)
COLUMNS = ("value", *TEXT_COLUMNS)

# What a column of nothing else is not sent for: the statements that read it know.
DEFAULTS = {"register_no": "0", "method": "keyed"}

_CREATE = f"""
CREATE UNLOGGED TABLE incoming (
  line integer NOT NULL, read_on date NOT NULL, value numeric,
  {", ".join(f"{name} text" for name in TEXT_COLUMNS)}
)
"""


async def open_scratch(sql: Sql, import_id: UUID) -> None:
    """Make the import's own schema and let unqualified names mean its tables."""
    await sql.execute(f"CREATE SCHEMA {_schema(import_id)}")
    await sql.execute(f"SET LOCAL search_path = {_schema(import_id)}, public")


async def drop_scratch(sql: Sql, import_id: UUID) -> None:
    """Drop the schema with all that is in it. A rollback does the same."""
    await sql.execute("SET LOCAL search_path TO DEFAULT")
    await sql.execute(f"DROP SCHEMA {_schema(import_id)} CASCADE")


def _schema(import_id: UUID) -> str:
    return f"import_{import_id.hex}"


async def land_raw_lines(sql: Sql, import_id: UUID, encoding: str, data: bytes) -> int:
    """Store every line as it came; returns how many. The bytes were checked before."""
    total = 0
    rows = []
    for first, lines in chunks(data, encoding):
        rows.append((import_id, first, len(lines), "\n".join(lines)))
        total += len(lines)
    await sql.copy("import_lines", ("import_id", "first_line", "lines", "raw"), rows)
    return total


async def stage(
    sql: Sql, layout: Layout, settings: Mapping[str, str], data: bytes, log: ErrorLog
) -> None:
    """Parse the file into the table `incoming`, while the server takes in what came before.

    With an error in the log the table must not be used: a file is taken whole or not at all.
    """
    await sql.execute(_CREATE)
    parsed = (_payload(batch) for batch in parse(layout, settings, data, log))
    for columns, texts in groupby(parsed, key=lambda one: one[0]):
        await sql.copy_text("incoming", columns, _bytes(texts))


async def _bytes(texts: Iterator[tuple[object, str]]) -> AsyncIterator[bytes]:
    for _, text in texts:
        yield text.encode()


def _payload(batch: ReadBatch) -> tuple[tuple[str, ...], str]:
    """The batch's columns that say something, and its rows in COPY's text form."""
    names, columns = ["line", "read_on"], [map(str, batch.lines), batch.columns["read_on"]]
    for name in COLUMNS:
        column = batch.columns.get("reading" if name == "value" else name)
        if column is not None and not _is_only(column, DEFAULTS.get(name)):
            names.append(name)
            columns.append(_escaped(column))
    rows = map("\t".join, zip(*columns, strict=True))
    return tuple(names), "\n".join(rows) + "\n"


def _is_only(column: Sequence[str | None], text: str | None) -> bool:
    return column[0] == text and column.count(text) == len(column)


def _escaped(column: Sequence[str | None]) -> Sequence[str]:
    """The column as COPY's text form wants it; normal forms hold neither tabs nor line ends."""
    said = [text for text in column if text is not None]
    if len(said) == len(column) and "\\" not in "".join(said):
        return said
    return [r"\N" if text is None else text.replace("\\", r"\\") for text in column]


def check_file(layout: Layout, data: bytes, log: ErrorLog) -> str:
    """The encoding of the layout, after the bytes were seen to be text in it."""
    encoding = layout.input.encoding if layout.input else "utf-8"
    check_bytes(data, encoding, log)
    return encoding
