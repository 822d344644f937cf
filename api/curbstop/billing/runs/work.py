"""How a run is worked: chunk by chunk, each in a transaction of its own, by any number of workers.

A worker claims a chunk by locking its row; if it is killed the lock falls and the chunk is as it
was. The job that was asked for ends only when no chunk is left, so it also does what others drop.
"""

import gc
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

import asyncpg
import structlog

from curbstop.billing.runs.models import ChunkState
from curbstop.platform.db import Sql
from curbstop.platform.queue import JobContext
from curbstop.platform.uow import Uow

log = structlog.get_logger("curbstop.billing")
ATTEMPTS = 3

# What is done with a claimed chunk (its row of run_chunks) in a unit of its own.
ChunkWork = Callable[[Uow, asyncpg.Record], Awaitable[None]]

_CLAIM = """
SELECT run_id, number, first_place, account_ids, billed, current_cents FROM run_chunks
WHERE run_id = $1 AND state = $2 ORDER BY number LIMIT 1 FOR UPDATE
"""
_DONE = """
SELECT coalesce(sum(cardinality(account_ids)) FILTER (WHERE state = $2), 0)::int AS done,
       coalesce(sum(cardinality(account_ids)), 0)::int AS total
FROM run_chunks WHERE run_id = $1
"""


_pauses = 0


@contextmanager
def collection_paused() -> Iterator[None]:
    """Hold off the cyclic garbage collector while chunks are in memory; blocks may overlap.

    A chunk is some hundred thousand tuples without a cycle, which reference counts free by
    themselves; the collector's full passes over them took more than half of a run's CPU.
    """
    global _pauses  # noqa: PLW0603 - the collector is one for the process, so is the count
    if _pauses == 0:
        gc.disable()
    _pauses += 1
    try:
        yield
    finally:
        _pauses -= 1
        if _pauses == 0:
            gc.enable()


async def is_left(sql: Sql, run_id: UUID, state: ChunkState) -> bool:
    """Whether a chunk waits to be worked; a sharer that comes late asks before it prepares."""
    query = "SELECT EXISTS (SELECT 1 FROM run_chunks WHERE run_id = $1 AND state = $2)"
    return bool(await sql.fetchval(query, run_id, state))


async def work_chunks(
    context: JobContext,
    run_id: UUID,
    step: tuple[ChunkState, ChunkState],
    work: ChunkWork,
    watched_job: UUID,
    *,
    wait_for_others: bool,
) -> None:
    """Take the run's chunks through a step until none is free, telling the watched job how far.

    With `wait_for_others` it also waits for chunks that others hold, and takes those they drop.
    """
    told = replace(context, job_id=watched_job)
    for claim in (f"{_CLAIM} SKIP LOCKED", _CLAIM)[: 2 if wait_for_others else 1]:
        while await _one_chunk(context, claim, run_id, step[0], work):
            await _tell(told, run_id, step[1])


async def _one_chunk(
    context: JobContext, claim: str, run_id: UUID, state: ChunkState, work: ChunkWork
) -> bool:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            async with context.write() as uow:
                chunk = await uow.sql.fetchrow(claim, run_id, state)
                if chunk is None:
                    return False
                with collection_paused():
                    await work(uow, chunk)
        except (asyncpg.UniqueViolationError, asyncpg.DeadlockDetectedError):
            # Another run took one of these periods, or two acts met; look at the books again.
            if attempt == ATTEMPTS:
                raise
            log.warning("chunk is tried again", run_id=str(run_id), attempt=attempt)
        else:
            return True
    return False


async def _tell(context: JobContext, run_id: UUID, state: ChunkState) -> None:
    async with context.read() as reader:
        row = await reader.sql.fetchrow(_DONE, run_id, state)
    assert row is not None
    await context.progress(row["done"], row["total"], f"{row['done']:,} of {row['total']:,}")
