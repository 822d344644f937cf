"""Table conventions, and the thin reader of SQL that lists and bulk paths use."""

from collections.abc import AsyncIterable, Awaitable, Callable, Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from typing import Any

import asyncpg
import orjson
from sqlalchemy import DateTime, Enum, Index, MetaData, text
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata

Timestamp = DateTime(timezone=True)


# The half-open days of a row, for exclusion constraints.
DAYS = text("daterange(from_on, to_on, '[)')")


def trigram_index(table: str, column: str) -> Index:
    """The index behind a search for any part of a text column."""
    return Index(
        f"ix_{table}_{column}_trgm",
        column,
        postgresql_using="gin",
        postgresql_ops={column: "gin_trgm_ops"},
    )


def text_enum(enumeration: type[StrEnum]) -> Enum:
    """A VARCHAR column with a CHECK of the enumeration's values (a native enum cannot shrink)."""
    return Enum(
        enumeration,
        native_enum=False,
        create_constraint=True,
        values_callable=lambda members: [member.value for member in members],
        length=40,
        name=enumeration.__name__.lower(),
    )


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form here")


def encode_json(value: object) -> bytes:
    """JSON bytes with decimals as strings, so no figure passes through a float."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS)


def _encode_jsonb(value: object) -> bytes:
    return b"\x01" + encode_json(value)  # the binary form is the text behind a version byte


def _decode_jsonb(data: bytes) -> object:
    return orjson.loads(memoryview(data)[1:])


async def prepare_connection(connection: asyncpg.Connection) -> None:
    """Make JSONB travel as Python values, on raw SQL, the ORM and COPY alike."""
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=_encode_jsonb,
        decoder=_decode_jsonb,
        format="binary",
    )


class Sql:
    """SQL on one connection, in whatever transaction it stands; parameters are `$1`, `$2`, …"""

    def __init__(
        self,
        connection: asyncpg.Connection,
        flush: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self.connection = connection
        self._flush = flush

    async def _ready(self) -> asyncpg.Connection:
        if self._flush is not None:
            await self._flush()
        return self.connection

    async def fetch(self, query: str, *args: object) -> list[asyncpg.Record]:
        """All rows."""
        return await (await self._ready()).fetch(query, *args)

    async def fetchrow(self, query: str, *args: object) -> asyncpg.Record | None:
        """The first row, or None."""
        return await (await self._ready()).fetchrow(query, *args)

    async def fetchval(self, query: str, *args: object) -> Any:
        """The first column of the first row, or None."""
        return await (await self._ready()).fetchval(query, *args)

    async def execute(self, query: str, *args: object) -> str:
        """Run a statement; returns PostgreSQL's command tag."""
        return await (await self._ready()).execute(query, *args)

    async def copy(
        self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
    ) -> int:
        """COPY rows into a table in one go; returns how many arrived."""
        connection = await self._ready()
        tag = await connection.copy_records_to_table(table, records=rows, columns=list(columns))
        return int(tag.split()[-1])

    async def copy_encoded(self, table: str, columns: Sequence[str], data: bytes) -> int:
        """COPY bytes that `platform.binary_copy` made; returns how many rows arrived."""
        connection = await self._ready()
        tag = await connection.copy_to_table(
            table, source=BytesIO(data), columns=list(columns), format="binary"
        )
        return int(tag.split()[-1])

    async def copy_text(
        self, table: str, columns: Sequence[str], chunks: AsyncIterable[bytes]
    ) -> int:
        """COPY bytes in PostgreSQL's text form, as they come; returns how many rows arrived."""
        connection = await self._ready()
        tag = await connection.copy_to_table(table, source=chunks, columns=list(columns))
        return int(tag.split()[-1])
