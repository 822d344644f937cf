"""The SQL of a request, recorded once and run again by asyncpg alone."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any

import asyncpg
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from curbstop import wiring
from curbstop.bench.bench import Bench
from curbstop.bench.http_load import Load
from curbstop.platform.database import Database
from curbstop.platform.db import Sql, prepare_connection
from curbstop.platform.uow import Actor, Reader

Statement = tuple[str, tuple[object, ...]]


class RecordingSql(Sql):
    """Keeps every read it runs."""

    statements: list[Statement]

    async def fetch(self, query: str, *args: object) -> list[asyncpg.Record]:
        """All rows."""
        self.statements.append((query, args))
        return await super().fetch(query, *args)

    async def fetchrow(self, query: str, *args: object) -> asyncpg.Record | None:
        """The first row, or None."""
        self.statements.append((query, args))
        return await super().fetchrow(query, *args)

    async def fetchval(self, query: str, *args: object) -> Any:
        """The first column of the first row, or None."""
        self.statements.append((query, args))
        return await super().fetchval(query, *args)


class RecordingDatabase(Database):
    """Hands out readers that record what they are asked."""

    statements: list[Statement]

    def reader(self, sql: Sql, actor: Actor) -> Reader:
        """A reader on a given connection."""
        recording = RecordingSql(sql.connection)
        recording.statements = self.statements
        return super().reader(recording, actor)


async def record(bench: Bench, url: str, token: str, path: str) -> list[Statement]:
    """Every read that one GET runs, its sign-in included.

    Raises RuntimeError when the answer is not 200.
    """
    database = RecordingDatabase(url, bench.settings, wiring.handlers())
    database.statements = []
    app = FastAPI()
    app.state.database = database
    for router in wiring.ROUTERS:
        app.include_router(router, prefix="/api/v1")
    await database.start()
    try:
        transport = ASGITransport(app)
        async with AsyncClient(transport=transport, base_url="http://office") as client:
            answer = await client.get(path, headers={"Authorization": f"Bearer {token}"})
    finally:
        await database.stop()
    if answer.status_code != 200:
        raise RuntimeError(f"GET {path} answered {answer.status_code}: {answer.text[:300]}")
    return database.statements


async def replay(
    url: str, requests: Sequence[Sequence[Statement]], clients: int, seconds: float
) -> Load:
    """Run recorded requests in turn, each client on a connection of its own, for that long."""
    measured, counter = Load(), iter(range(1 << 62))
    pool = await asyncpg.create_pool(
        url, min_size=clients, max_size=clients, init=prepare_connection
    )
    started = time.perf_counter()

    async def client() -> None:
        async with pool.acquire() as connection:
            while time.perf_counter() < started + seconds:
                statements = requests[next(counter) % len(requests)]
                asked = time.perf_counter()
                for query, args in statements:
                    await connection.fetch(query, *args)
                measured.milliseconds.append((time.perf_counter() - asked) * 1000)

    async with pool, asyncio.TaskGroup() as group:
        for _ in range(clients):
            group.create_task(client())
    measured.seconds = time.perf_counter() - started
    return measured
