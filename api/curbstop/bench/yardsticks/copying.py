"""The floor of bulk work: COPY of the very same rows, from memory, into the very same tables.

The tables are those of a copy of the database made before the work: the same columns, indexes,
constraints and triggers, and the same rows beside them. What the work costs above this floor is
reading, computing and explaining; nothing that writes these rows can be faster.
"""

import io
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import asyncpg


@dataclass(frozen=True)
class Rows:
    """Rows of a table that the work wrote: a condition on the table's own columns.

    `instead` gives columns another SQL value than they ended with, where the tables' guards only
    let rows in as they begin (a run as a draft, its chunks as pending). Columns in `left_out` are
    filled by the table's own defaults, as they were for the work.
    """

    table: str
    where: str = "true"
    instead: Mapping[str, str] = field(default_factory=dict)
    left_out: Sequence[str] = ()


@dataclass(frozen=True)
class Floor:
    """What the COPYs took, in seconds, and how much they carried."""

    seconds: float
    rows: int
    bytes: int


async def copy_floor(worked_url: str, before_url: str, written: Sequence[Rows]) -> Floor:
    """COPY what the work wrote into the database as it was before, in the given table order.

    One transaction; all rows are in memory before the clock starts. The rows stay there: take a
    fresh copy of the database for another round.

    Raises asyncpg errors when the rows do not fit the tables, which means they are not those of
    `before_url` plus the work's.
    """
    loaded = await _take(worked_url, written)
    connection = await asyncpg.connect(before_url)
    try:
        started, rows = time.perf_counter(), 0
        async with connection.transaction():
            for table, columns, data in loaded:
                status = await connection.copy_to_table(
                    table, source=io.BytesIO(data), columns=columns, format="binary"
                )
                rows += int(status.rsplit(" ", 1)[-1])
        seconds = time.perf_counter() - started
    finally:
        await connection.close()
    return Floor(seconds, rows, sum(len(data) for _, _, data in loaded))


async def _take(url: str, written: Sequence[Rows]) -> list[tuple[str, list[str], bytes]]:
    connection = await asyncpg.connect(url)
    try:
        taken = []
        for rows in written:
            plain = await _plain_columns(connection, rows.table)
            columns = [name for name in plain if name not in rows.left_out]
            names = ", ".join(rows.instead.get(name, f'"{name}"') for name in columns)
            query = f'SELECT {names} FROM "{rows.table}" WHERE {rows.where}'  # noqa: S608
            buffer = io.BytesIO()
            await connection.copy_from_query(query, output=buffer, format="binary")
            taken.append((rows.table, columns, buffer.getvalue()))
        return taken
    finally:
        await connection.close()


async def _plain_columns(connection: asyncpg.Connection, table: str) -> list[str]:
    # A generated column is computed again by the table; COPY would refuse it.
    found = await connection.fetch(
        "SELECT attname FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0"
        " AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
        f'"{table}"',
    )
    return [row["attname"] for row in found]
