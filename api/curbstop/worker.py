"""A worker process: takes queued jobs from the database, on this machine or beside the server."""

import asyncio

from curbstop import wiring
from curbstop.platform.database import Database
from curbstop.platform.jobs import worker
from curbstop.platform.settings import Settings

CONCURRENCY = 2


async def work(url: str, settings: Settings, concurrency: int = CONCURRENCY) -> None:
    """Run jobs until cancelled. A job that a killed worker left behind is taken up again."""
    database = Database(url, settings, wiring.handlers())
    await database.start()
    try:
        async with worker(database, wiring.jobs(), concurrency):
            await asyncio.Event().wait()
    finally:
        await database.stop()
