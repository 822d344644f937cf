"""HTTP for stopping long work and trying it again."""

from uuid import UUID

from fastapi import APIRouter

from curbstop.identity.auth import requires
from curbstop.identity.long_work import actions
from curbstop.identity.permissions import Perm
from curbstop.kernel.fields import Reason, Request
from curbstop.platform.http import problems
from curbstop.platform.progress import JobAccepted, JobNotFound, JobOut
from curbstop.platform.uow import WriteUow

router = APIRouter(prefix="/jobs", tags=["jobs"], dependencies=[requires(Perm.JOB_WRITE)])


class CancelRequest(Request):
    """Why the work is stopped; others will read it."""

    reason: Reason


@router.post(
    "/{job_id}/cancel",
    response_model=JobOut,
    responses=problems(JobNotFound, actions.JobHasEnded),
)
async def cancel_job(job_id: UUID, body: CancelRequest, uow: WriteUow) -> JobOut:
    """Stop a job. A waiting one never starts; a running one stops at its next step.

    What it has finished by then stays, and it can be tried again.
    """
    return await actions.cancel_job(uow, job_id, body.reason)


@router.post(
    "/{job_id}/try-again",
    status_code=202,
    response_model=JobAccepted,
    responses=problems(JobNotFound, actions.JobNotOver, actions.JobSuperseded),
)
async def try_job_again(job_id: UUID, uow: WriteUow) -> JobAccepted:
    """Queue the work of a failed or cancelled job again; the answer names the new job."""
    return JobAccepted(job_id=await actions.try_job_again(uow, job_id))
