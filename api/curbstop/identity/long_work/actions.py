"""Cancelling a job and trying one again, each with its audit record."""

from uuid import UUID

import asyncpg

from curbstop.audit import actions as audit
from curbstop.kernel.errors import Conflict
from curbstop.kernel.ids import uuid7
from curbstop.platform.models import JobState
from curbstop.platform.progress import JobNotFound, JobOut, find_job
from curbstop.platform.uow import Uow


class JobHasEnded(Conflict):
    title = "The job has ended"


class JobNotOver(Conflict):
    title = "Only a job that failed or was cancelled is tried again"


class JobSuperseded(Conflict):
    title = "The same work was asked for again since"


_BADLY = (JobState.FAILED, JobState.CANCELLED)


async def cancel_job(uow: Uow, job_id: UUID, reason: str) -> JobOut:
    """Stop a job: one that waits never starts, one that runs stops where it next tells progress.

    What a running job has finished by then stays. Asking twice changes nothing. Raises
    JobNotFound, JobHasEnded.
    """
    job = await _locked(uow, job_id)
    if job["state"] not in (JobState.QUEUED, JobState.RUNNING):
        raise JobHasEnded(f"it is {job['state']}")
    if job["cancel_asked_at"] is None:
        await uow.sql.execute(
            "UPDATE jobs SET cancel_asked_at = $2::timestamptz,"
            " state = CASE state WHEN 'queued' THEN 'cancelled' ELSE state END,"
            " finished_at = CASE state WHEN 'queued' THEN $2::timestamptz END WHERE id = $1",
            *(job_id, uow.now),
        )
        audit.record(
            *(uow, "job.cancelled", job_id),
            reason=reason,
            before={"state": job["state"], "done": job["done"], "total": job["total"]},
            after={"kind": job["kind"]},
        )
    return await find_job(uow.sql, job_id)


async def try_job_again(uow: Uow, job_id: UUID) -> UUID:
    """Queue the same work again for whoever asked for it first; returns the new job's id.

    It acts in the first asker's name, who was allowed to when it was asked for. Asking twice
    returns the same new job. Raises JobNotFound, JobNotOver, JobSuperseded.
    """
    job = await _locked(uow, job_id)
    known: UUID | None = await uow.sql.fetchval("SELECT id FROM jobs WHERE again_of = $1", job_id)
    if known is not None:
        return known
    if job["state"] not in _BADLY:
        raise JobNotOver(f"it is {job['state']}")
    await _require_newest(uow, job)
    again = uuid7()
    await uow.sql.execute(
        "INSERT INTO jobs (id, kind, subject_id, args, lock, created_by, created_at, again_of)"
        " SELECT $2, kind, subject_id, args, lock, created_by, $3, id FROM jobs WHERE id = $1",
        *(job_id, again, uow.now),
    )
    await uow.enqueue(again, job["lock"])
    before = {"state": job["state"], "error": job["error"]}
    audit.record(
        *(uow, "job.tried_again", job_id),
        before=before,
        after={"kind": job["kind"], "job_id": str(again)},
    )
    return again


async def _locked(uow: Uow, job_id: UUID) -> asyncpg.Record:
    job = await uow.sql.fetchrow("SELECT * FROM jobs WHERE id = $1 FOR UPDATE", job_id)
    if job is None:
        raise JobNotFound(str(job_id))
    return job


async def _require_newest(uow: Uow, job: asyncpg.Record) -> None:
    later = await uow.sql.fetchrow(
        "SELECT id, state FROM jobs WHERE kind = $1 AND subject_id IS NOT DISTINCT FROM $2"
        " AND args = $3 AND created_at >= $4 AND id <> $5 AND state IN ('queued','running','done')"
        " ORDER BY created_at DESC LIMIT 1",
        *(job["kind"], job["subject_id"], job["args"], job["created_at"], job["id"]),
    )
    if later is not None:
        raise JobSuperseded(f"job {later['id']} is {later['state']}")
