"""The database: a pool that writes (SQLAlchemy) and one that PostgreSQL keeps read-only."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, cast

import asyncpg
from sqlalchemy import event, make_url, text
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from curbstop.kernel.dates import local_date
from curbstop.kernel.errors import Unavailable
from curbstop.platform.db import Sql, prepare_connection
from curbstop.platform.events import Handlers, dispatch
from curbstop.platform.settings import Settings
from curbstop.platform.uow import Actor, Clock, Reader, Uow

BUSY = "all database connections are in use; try again in a moment"


def utc_now() -> datetime:
    """The moment now, aware. The only place that reads the wall clock for the rooms."""
    return datetime.now(UTC)


def engine_for(url: str, settings: Settings) -> AsyncEngine:
    """An engine on asyncpg whose JSONB values are Python values."""
    engine = create_async_engine(
        make_url(url).set(drivername="postgresql+asyncpg"),
        pool_size=settings.pool_size,
        max_overflow=0,
        pool_timeout=settings.pool_wait_seconds,
        json_serializer=lambda value: value,
        json_deserializer=lambda value: value,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.run_async(prepare_connection)

    @event.listens_for(engine.sync_engine, "checkout")
    def _refuse_closed(connection: Any, _record: object, _proxy: object) -> None:
        # A restarted server has closed its sockets, which the driver knows without asking: a ping
        # would be three round trips. The pool replaces the connection and tries again.
        if connection.driver_connection.is_closed():
            raise DisconnectionError

    return engine


class ReadConnection(asyncpg.Connection):
    """Handed from reader to reader without the usual reset, which is a round trip of its own.

    There is nothing to undo: PostgreSQL refuses writes on it, an open transaction is rolled back
    all the same, and no reader sets, listens or locks anything for its session (a test holds it).
    """

    def get_reset_query(self) -> str:
        """None."""
        return ""


def _flush_of(session: AsyncSession) -> Callable[[], Awaitable[None]]:
    """`session.flush` where there is something to write: asking costs less than its greenlet."""
    held = session.sync_session

    async def flush() -> None:
        if held.new or held.dirty or held.deleted:
            await session.flush()

    return flush


class Database:
    """Hands out readers and units of work. `start()` before use, `stop()` after."""

    def __init__(
        self, url: str, settings: Settings, handlers: Handlers, clock: Clock = utc_now
    ) -> None:
        self.url = url
        self.settings = settings
        self.handlers = handlers
        self.clock = clock
        self.engine = engine_for(url, settings)
        self._reads: asyncpg.Pool | None = None

    async def start(self) -> None:
        """Open the read pool. Raises OSError or asyncpg errors when no server answers."""
        self._reads = await asyncpg.create_pool(
            make_url(self.url).set(drivername="postgresql").render_as_string(False),
            min_size=2,
            max_size=self.settings.read_pool_size,
            init=prepare_connection,
            connection_class=ReadConnection,
            server_settings={
                "default_transaction_read_only": "on",
                "statement_timeout": f"{self.settings.statement_seconds}s",
            },
        )

    async def stop(self) -> None:
        """Close both pools."""
        if self._reads is not None:
            await self._reads.close()
        await self.engine.dispose()

    @asynccontextmanager
    async def read(self, actor: Actor) -> AsyncIterator[Reader]:
        """A read-only connection. Raises Unavailable when none is free in time."""
        if self._reads is None:
            raise RuntimeError("the database was not started")
        try:
            connection = await self._reads.acquire(timeout=self.settings.pool_wait_seconds)
        except TimeoutError as timeout:
            raise Unavailable(BUSY) from timeout
        try:
            yield self.reader(Sql(cast("asyncpg.Connection", connection)), actor)
        finally:
            await self._reads.release(connection)

    @asynccontextmanager
    async def write(self, actor: Actor) -> AsyncIterator[Uow]:
        """A unit of work that commits at the end of the block, after its events are handled."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            try:
                uow = await self.unit(session, actor)
            except PoolTimeout as timeout:
                raise Unavailable(BUSY) from timeout
            yield uow
            await dispatch(uow, self.handlers)
            await session.commit()

    def reader(self, sql: Sql, actor: Actor) -> Reader:
        """A reader on a given connection."""
        now = self.clock()
        return Reader(sql, actor, now, local_date(now, self.settings.zone))

    async def unit(self, session: AsyncSession, actor: Actor) -> Uow:
        """A unit of work on a given session, its transaction begun."""
        connection = await session.connection()
        # The first statement makes SQLAlchemy send BEGIN; raw SQL before it would autocommit.
        # The actor's name travels with the transaction for triggers and the server's log.
        await connection.execute(
            text("SELECT set_config('curbstop.actor_id', :actor, true)"), {"actor": str(actor.id)}
        )
        raw = await connection.get_raw_connection()
        now = self.clock()
        return Uow(
            session,
            Sql(cast("asyncpg.Connection", raw.driver_connection), _flush_of(session)),
            actor,
            now,
            local_date(now, self.settings.zone),
        )
