"""Jobs over HTTP: the list, one job, and its progress as server-sent events.

The routes take their permission dependency from the composition root (`identity` lies above).
"""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from curbstop.kernel.errors import NotFound
from curbstop.platform.db import Sql, encode_json
from curbstop.platform.http import problems
from curbstop.platform.lists import ListParams, ListSpec, list_rows
from curbstop.platform.models import JobState
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow

POLL_SECONDS = 0.25
STREAM_SECONDS_MAX = 3600
_FIELDS = (
    *("id", "kind", "subject_id", "state", "attempt", "done", "total", "message"),
    *("args", "result", "error", "created_by", "created_by_name", "created_at", "started_at"),
    *("finished_at", "cancel_asked_at", "again_of", "again_as"),
)
_SOURCE = """
(SELECT j.*, coalesce(u.name, c.name, 'Curbstop') AS created_by_name,
        (SELECT a.id FROM jobs a WHERE a.again_of = j.id) AS again_as
 FROM jobs j LEFT JOIN users u ON u.id = j.created_by LEFT JOIN api_clients c ON c.id = j.created_by
) AS told
"""
router = APIRouter(prefix="/jobs", tags=["jobs"])


class EventStream(StreamingResponse):
    """Server-sent events."""

    media_type = "text/event-stream"


class JobNotFound(NotFound):
    title = "No such job"


class JobOut(BaseModel):
    """A piece of long work and how far it is."""

    id: UUID
    kind: str = Field(examples=["billing.calculate"])
    subject_id: UUID | None
    state: JobState
    attempt: int
    done: int = Field(description="Units of work done.")
    total: int = Field(description="Units of work in all; 0 while unknown.")
    message: str
    args: dict[str, Any] = Field(description="What it was asked to do, as its kind takes it.")
    result: dict[str, Any] | None
    error: str | None
    created_by: UUID
    created_by_name: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    cancel_asked_at: datetime | None = Field(description="When somebody asked it to stop.")
    again_of: UUID | None = Field(description="The job that this one tries again.")
    again_as: UUID | None = Field(description="The job that tried this one again.")


class JobAccepted(BaseModel):
    """The answer to an act that takes long: watch the job."""

    job_id: UUID


class JobListParams(ListParams):
    """Filters of the job list."""

    state: JobState | None = None
    kind: str | None = Field(None, max_length=60)
    subject_id: UUID | None = None


JOBS = ListSpec(
    row=JobOut,
    source=_SOURCE,
    columns={name: name for name in _FIELDS},
    sort="-created_at",
    tiebreak="id",
    filters={"state": "state = {}", "kind": "kind = {}", "subject_id": "subject_id = {}"},
    search="kind ILIKE {} OR message ILIKE {} OR error ILIKE {} OR created_by_name ILIKE {}",
)


async def find_job(sql: Sql, job_id: UUID) -> JobOut:
    """One job. Raises JobNotFound."""
    row = await sql.fetchrow(f"SELECT {', '.join(_FIELDS)} FROM {_SOURCE} WHERE id = $1", job_id)  # noqa: S608
    if row is None:
        raise JobNotFound(str(job_id))
    return JobOut.model_validate(dict(row))


@router.get("", response_model=Page[JobOut])
async def list_jobs(
    params: Annotated[JobListParams, Query()], reader: ReadUow, request: Request
) -> Page[JobOut] | Response:
    """Long work, newest first."""
    return await list_rows(reader, JOBS, params, request)


@router.get("/{job_id}", response_model=JobOut, responses=problems(JobNotFound))
async def get_job(job_id: UUID, reader: ReadUow) -> JobOut:
    """One job and how far it is."""
    return await find_job(reader.sql, job_id)


@router.get(
    "/{job_id}/events",
    response_class=EventStream,
    responses=problems(JobNotFound),
)
async def watch_job(job_id: UUID, reader: ReadUow, request: Request) -> EventStream:
    """The job's progress as server-sent events; the stream ends when the job does."""
    await find_job(reader.sql, job_id)
    return EventStream(
        _stream(job_id, request),
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _stream(job_id: UUID, request: Request) -> AsyncIterator[bytes]:
    last = b""
    for _ in range(int(STREAM_SECONDS_MAX / POLL_SECONDS)):
        if await request.is_disconnected():
            return
        async with request.app.state.database.read(request.state.actor) as reader:
            job = await find_job(reader.sql, job_id)
        data = encode_json(job.model_dump(mode="json"))
        if data != last:
            yield b"data: " + data + b"\n\n"
            last = data
        if job.state not in (JobState.QUEUED, JobState.RUNNING):
            return
        await asyncio.sleep(POLL_SECONDS)
