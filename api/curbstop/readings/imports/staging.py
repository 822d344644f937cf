"""A file's reads on their way in: raw lines first, then normal form in a temporary table."""

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from curbstop.platform.db import Sql
from curbstop.readings.layouts.canonical import ErrorLog, ReadBatch
from curbstop.readings.layouts.definition import Layout
from curbstop.readings.layouts.parsing import parse
from curbstop.readings.layouts.source import check_bytes, chunks

TEXT_COLUMNS = (
    *("meter_no", "endpoint_id", "service_point", "account", "register_no", "value", "unit"),
    *("multiplier", "dials", "method", "skip_code", "read_code"),
    *("trouble_1", "trouble_2", "trouble_3", "note", "changed_meter_no"),
    *("leak_now", "backflow", "tamper"),
)

_CREATE = f"""
CREATE TEMPORARY TABLE incoming (
  line integer NOT NULL, read_on date NOT NULL, {", ".join(f"{c} text" for c in TEXT_COLUMNS)}
) ON COMMIT DROP
"""


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
) -> int:
    """Parse the file into the temporary table `incoming`; returns the reads staged.

    With an error in the log the table must not be used: a file is taken whole or not at all.
    """
    await sql.execute("DROP TABLE IF EXISTS pg_temp.incoming")
    await sql.execute(_CREATE)
    staged = 0
    for batch in parse(layout, settings, data, log):
        present = [name for name in TEXT_COLUMNS if _source(name) in batch.columns]
        await sql.copy("incoming", ("line", "read_on", *present), _rows(batch, present))
        staged += len(batch.lines)
    return staged


def _source(name: str) -> str:
    return "reading" if name == "value" else name


def _rows(batch: ReadBatch, present: list[str]) -> Iterator[tuple[object, ...]]:
    texts = batch.columns["read_on"]
    days = {text: date.fromisoformat(text) for text in set(texts) if text is not None}
    read_on = [days.get(text or "") for text in texts]
    columns = (batch.columns[_source(name)] for name in present)
    return zip(batch.lines, read_on, *columns, strict=True)


def check_file(layout: Layout, data: bytes, log: ErrorLog) -> str:
    """The encoding of the layout, after the bytes were seen to be text in it."""
    encoding = layout.input.encoding if layout.input else "utf-8"
    check_bytes(data, encoding, log)
    return encoding
