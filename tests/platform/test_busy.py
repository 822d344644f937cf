"""When the database is busy or gone, callers are told so quickly, and service comes back."""

import asyncio
import os
import signal
import time

import asyncpg
import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy.exc import DBAPIError

from curbstop import wiring
from curbstop.kernel.errors import Unavailable
from curbstop.main import create_app
from curbstop.platform.database import Database
from curbstop.platform.embedded import temporary_cluster
from curbstop.platform.http import from_database
from curbstop.platform.settings import Settings
from curbstop.platform.uow import SYSTEM


@pytest.fixture
async def narrow(fresh_database):
    """The same database behind two connections each way and little patience."""
    settings = Settings(pool_size=2, read_pool_size=2, pool_wait_seconds=0.3)
    database = Database(fresh_database.url, settings, wiring.handlers())
    await database.start()
    yield database
    await database.stop()


async def test_no_free_connection_is_503_with_retry_after(narrow):
    app = create_app(narrow.settings, narrow)
    transport = ASGITransport(app=app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        async with narrow.read(SYSTEM), narrow.read(SYSTEM):
            started = time.monotonic()
            busy = await client.get("/readyz")
            waited = time.monotonic() - started
        assert (busy.status_code, busy.json()["type"]) == (503, "/problems/unavailable")
        assert busy.headers["retry-after"]
        assert waited < 5
        assert (await client.get("/readyz")).status_code == 200


async def test_no_free_writer_is_unavailable(narrow):
    async with narrow.write(SYSTEM), narrow.write(SYSTEM):
        with pytest.raises(Unavailable):
            async with narrow.write(SYSTEM):
                pass


async def test_a_reader_cannot_write(narrow):
    async with narrow.read(SYSTEM) as reader:
        with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
            await reader.sql.execute("DELETE FROM sessions")


async def test_what_an_act_writes_is_there_when_it_has_answered(narrow):
    async with narrow.write(SYSTEM) as uow:
        job_id = await uow.defer("test.kept")
    async with narrow.read(SYSTEM) as reader:
        assert await reader.sql.fetchval("SELECT kind FROM jobs WHERE id = $1", job_id)


async def test_service_comes_back_after_the_server_was_killed():
    with temporary_cluster() as cluster:
        cluster.watch()  # what `serve` does: start the server again when it dies
        database = Database(cluster.dsn, Settings(), {})
        await database.start()
        try:
            assert await ask(database) == 1
            os.kill(cluster.pid, signal.SIGKILL)
            deadline, answer = time.monotonic() + 30, None
            while answer != 1:
                assert time.monotonic() < deadline, "the server did not come back"
                await asyncio.sleep(0.1)
                answer = await ask(database)
        finally:
            await database.stop()


async def ask(database: Database) -> int | None:
    """One question both ways; None when the caller would be told to try again."""
    try:
        async with database.read(SYSTEM) as reader:
            await reader.sql.fetchval("SELECT 1")
        async with database.write(SYSTEM) as uow:
            return await uow.sql.fetchval("SELECT 1")
    except Unavailable:
        return None
    except (DBAPIError, asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
        if not isinstance(from_database(error), Unavailable):
            raise
        return None
