"""HTTP for the health page."""

from fastapi import APIRouter, Request

from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.ledger.seals.actions import ask_for_proof
from curbstop.platform.progress import JobAccepted
from curbstop.platform.uow import ReadUow, WriteUow
from curbstop.reports.health import queries
from curbstop.reports.health.schemas import HealthReport

router = APIRouter(prefix="/health-report", tags=["reports"])


@router.get("", response_model=HealthReport, dependencies=[requires(Perm.JOB_READ)])
async def get_health_report(reader: ReadUow, request: Request) -> HealthReport:
    """Database, workers, queue, disk, backup, proof of the ledger, and what ran by the clock."""
    state = request.app.state
    return await queries.health(reader, state.database.settings, state.timetable)


@router.post(
    "/verify",
    status_code=202,
    response_model=JobAccepted,
    dependencies=[requires(Perm.JOB_WRITE)],
)
async def verify_ledger(uow: WriteUow) -> JobAccepted:
    """Prove the ledger now, as `curbstop verify` does; the job fails when a row differs.

    While a proof is on its way the answer names that one.
    """
    return JobAccepted(job_id=await ask_for_proof(uow))
