"""A worker process: takes queued jobs from the database, on this machine or beside the server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from curbstop import wiring
from curbstop.platform.database import Database
from curbstop.platform.queue import worker
from curbstop.platform.settings import Settings

CONCURRENCY = 2


async def work(url: str, settings: Settings, concurrency: int = CONCURRENCY) -> None:
    """Run jobs until cancelled. A job that a killed worker left behind is taken up again."""
    database = Database(url, settings, wiring.handlers())
    await database.start()
    try:
        async with worker(database, wiring.jobs(), wiring.TIMETABLE, concurrency):
            await asyncio.Event().wait()
    finally:
        await database.stop()


def work_beside(app: FastAPI, concurrency: int = CONCURRENCY) -> None:
    """Run jobs in the application's process: after its pools open, until before they close."""
    serving = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(served: FastAPI) -> AsyncIterator[None]:
        async with (
            serving(served),
            worker(app.state.database, wiring.jobs(), wiring.TIMETABLE, concurrency),
        ):
            yield

    app.router.lifespan_context = lifespan
