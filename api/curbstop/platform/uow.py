"""Units of work: who acts, when, on which transaction. Writes commit at the edge only."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from sqlmodel.ext.asyncio.session import AsyncSession

from curbstop.kernel.errors import Unauthenticated
from curbstop.kernel.ids import uuid7
from curbstop.platform.db import Sql
from curbstop.platform.events import Event

QUEUE_TASK = "curbstop.run_job"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person at a screen, another system, or Curbstop itself."""

    id: UUID
    name: str
    permissions: frozenset[str] = frozenset()
    session_id: UUID | None = None


SYSTEM = Actor(UUID(int=0), "Curbstop")


@dataclass(slots=True)
class Reader:
    """A read: PostgreSQL refuses any write on its connection."""

    sql: Sql
    actor: Actor
    now: datetime
    today: date


@dataclass(slots=True)
class Uow:
    """One transaction with its actor, its clock and the news it will tell before it commits."""

    session: AsyncSession
    sql: Sql
    actor: Actor
    now: datetime
    today: date
    events: list[Event] = field(default_factory=list)

    def emit(self, event: Event) -> None:
        """Tell the rooms above; their handlers run in this transaction, before the commit."""
        self.events.append(event)

    async def defer(
        self, kind: str, *, subject_id: UUID | None = None, lock: str | None = None, **args: Any
    ) -> UUID:
        """Queue a job that starts once this transaction has committed; returns the job's id.

        Jobs that share a `lock` never run at the same time.
        """
        job_id = uuid7()
        await self.sql.execute(
            "INSERT INTO jobs (id, kind, subject_id, args, lock, created_by, created_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7)",
            *(job_id, kind, subject_id, args, lock, self.actor.id, self.now),
        )
        await self.enqueue(job_id, lock)
        return job_id

    async def enqueue(self, job_id: UUID, lock: str | None) -> None:
        """Hand a row of `jobs` to the workers once this transaction has committed."""
        await self.sql.execute(
            "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('curbstop', $1::varchar, 0, $2::text,"
            " NULL, jsonb_build_object('job_id', $3::text), NULL)]"
            "::procrastinate_job_to_defer_v1[])",
            *(QUEUE_TASK, lock, str(job_id)),
        )


async def _open_read(request: Request) -> Any:
    actor = getattr(request.state, "actor", None)
    if actor is None:
        raise Unauthenticated
    async with request.app.state.database.read(actor) as reader:
        yield reader


async def _open_write(request: Request) -> Any:
    actor = getattr(request.state, "actor", None)
    if actor is None:
        raise Unauthenticated
    async with request.app.state.database.write(actor) as uow:
        yield uow


# scope="function": the commit happens before the answer leaves, so a 201 is a promise kept.
ReadUow = Annotated[Reader, Depends(_open_read, scope="function")]
WriteUow = Annotated[Uow, Depends(_open_write, scope="function")]

Clock = Callable[[], datetime]
