"""Long work: a `jobs` row queued in the caller's transaction, run by Procrastinate's worker.

A job may run more than once (a worker can be killed), so what it does must be repeatable.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from procrastinate import App, PsycopgConnector
from sqlalchemy import make_url

from curbstop.kernel.errors import Problem
from curbstop.platform.database import Database
from curbstop.platform.uow import QUEUE_TASK, SYSTEM, Actor, Reader, Uow

log = structlog.get_logger("curbstop.jobs")
STALLED_AFTER_SECONDS = 30
DEFECT = "the job failed for a reason that was logged with its id"


class JobCancelled(Exception):
    """Somebody asked the job to stop; raised where it tells its progress, between two steps."""


@dataclass(slots=True)
class JobContext:
    """What a running job gets: the database, who asked for it, and a way to tell how far it is."""

    job_id: UUID
    database: Database
    actor: Actor
    attempt: int

    def write(self) -> AbstractAsyncContextManager[Uow]:
        """A unit of work on behalf of whoever queued the job."""
        return self.database.write(self.actor)

    def read(self) -> AbstractAsyncContextManager[Reader]:
        """A read-only connection."""
        return self.database.read(self.actor)

    async def progress(self, done: int, total: int, message: str = "") -> None:
        """Tell the watchers, in a transaction of its own; here a job that is cancelled stops.

        A job that is through with its work is not stopped any more. Raises JobCancelled, which a
        job lets pass.
        """
        async with self.database.write(SYSTEM) as uow:
            cancel_asked_at = await uow.sql.fetchval(
                "UPDATE jobs SET done = $2, total = $3, message = $4 WHERE id = $1"
                " RETURNING cancel_asked_at",
                *(self.job_id, done, total, message),
            )
        if cancel_asked_at is not None and done < total:
            raise JobCancelled


# A job takes its context and the arguments it was deferred with; its return value is its result.
JobFunction = Callable[..., Awaitable[dict[str, Any] | None]]
Jobs = Mapping[str, JobFunction]
# Kinds of jobs without arguments that run by the clock (cron, UTC), each once however many workers.
Timetable = Mapping[str, str]


async def run_job(database: Database, jobs: Jobs, job_id: UUID) -> None:
    """Run one queued job to its end and record how it ended; never raises for the job's failure."""
    async with database.write(SYSTEM) as uow:
        row = await uow.sql.fetchrow(
            "UPDATE jobs SET state = 'running', attempt = attempt + 1, started_at = $2"
            " WHERE id = $1 AND state IN ('queued', 'running')"
            " RETURNING kind, args, attempt, created_by, cancel_asked_at,"
            " (SELECT name FROM users WHERE users.id = jobs.created_by) AS actor_name",
            *(job_id, uow.now),
        )
    if row is None:
        return
    actor = Actor(row["created_by"], row["actor_name"] or SYSTEM.name)
    context = JobContext(job_id, database, actor, row["attempt"])
    try:
        if row["cancel_asked_at"] is not None:
            raise JobCancelled  # its worker died before it could stop
        result = await jobs[row["kind"]](context, **row["args"])
    except JobCancelled:
        await _finish(database, job_id, "cancelled", None, None)
    except Problem as problem:
        await _finish(database, job_id, "failed", None, problem.detail or problem.title)
    except Exception:
        log.exception("job failed", job_id=str(job_id), kind=row["kind"])
        await _finish(database, job_id, "failed", None, DEFECT)
    else:
        await _finish(database, job_id, "done", result, None)


async def _finish(
    database: Database, job_id: UUID, state: str, result: object, error: str | None
) -> None:
    async with database.write(SYSTEM) as uow:
        await uow.sql.execute(
            "UPDATE jobs SET state = $2, result = $3, error = $4, finished_at = $5 WHERE id = $1",
            *(job_id, state, result, error, uow.now),
        )


def queue_app(database: Database, jobs: Jobs, timetable: Timetable) -> App:
    """Procrastinate on this database: our one task, what comes by the clock, and the rescue."""
    url = make_url(database.url).set(drivername="postgresql").render_as_string(False)
    app = App(connector=PsycopgConnector(conninfo=url))

    async def run(job_id: str) -> None:
        await run_job(database, jobs, UUID(job_id))

    async def rescue(timestamp: int) -> None:
        await rescue_stalled(app)

    for kind, cron in timetable.items():
        _on_time(app, database, kind, cron)
    app.task(name=QUEUE_TASK, queue="curbstop")(run)
    app.periodic(cron="* * * * * */15")(
        app.task(name="curbstop.rescue", queue="curbstop", queueing_lock="rescue")(rescue)
    )
    return app


def _on_time(app: App, database: Database, kind: str, cron: str) -> None:
    async def queue(timestamp: int) -> None:
        async with database.write(SYSTEM) as uow:
            await uow.defer(kind, lock=kind)

    name = f"curbstop.on_time.{kind}"
    app.periodic(cron=cron)(app.task(name=name, queue="curbstop", queueing_lock=name)(queue))


@asynccontextmanager
async def worker(
    database: Database, jobs: Jobs, timetable: Timetable, concurrency: int = 2
) -> AsyncIterator[App]:
    """A worker beside the block; jobs stalled by an earlier crash are taken up at once."""
    app = queue_app(database, jobs, timetable)
    async with app.open_async():
        await rescue_stalled(app)
        running = asyncio.create_task(
            app.run_worker_async(
                queues=["curbstop"],
                concurrency=concurrency,
                install_signal_handlers=False,
                listen_notify=True,
                delete_jobs="successful",
            )
        )
        try:
            yield app
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


async def rescue_stalled(app: App) -> None:
    """Queue again the jobs whose worker died: its heartbeat has stopped."""
    for stalled in await app.job_manager.get_stalled_jobs(
        seconds_since_heartbeat=STALLED_AFTER_SECONDS
    ):
        log.warning("stalled job taken up again", queue_job=stalled.id)
        await app.job_manager.retry_job(stalled)
