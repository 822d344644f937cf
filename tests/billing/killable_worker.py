"""A worker process that a test may kill: it runs what is queued, two jobs at a time, and ends.

`python -m tests.billing.killable_worker URL` prints `ready` once its pools are open.
"""

import asyncio
import sys

from curbstop import wiring
from curbstop.platform.database import Database
from curbstop.platform.queue import run_job
from curbstop.platform.settings import Settings
from curbstop.platform.uow import SYSTEM


async def main(url: str) -> None:
    database = Database(url, Settings(), wiring.handlers())
    await database.start()
    print("ready", flush=True)
    two = asyncio.Semaphore(2)

    async def one(job_id) -> None:
        async with two:
            await run_job(database, wiring.jobs(), job_id)

    async with database.read(SYSTEM) as reader:
        rows = await reader.sql.fetch(
            "SELECT id FROM jobs WHERE state IN ('queued', 'running') ORDER BY id"
        )
    await asyncio.gather(*(one(row["id"]) for row in rows))
    await database.stop()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
