"""HTTP for the subjects of the audit trail."""

from uuid import UUID

from fastapi import APIRouter

from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.platform.http import problems
from curbstop.platform.uow import ReadUow
from curbstop.reports.subjects import queries
from curbstop.reports.subjects.schemas import AuditSubject

router = APIRouter(prefix="/audit-subjects", tags=["audit"])


@router.get(
    "/{subject_id}",
    response_model=AuditSubject,
    dependencies=[requires(Perm.AUDIT_READ)],
    responses=problems(queries.AuditSubjectUnknown),
)
async def get_audit_subject(subject_id: UUID, reader: ReadUow) -> AuditSubject:
    """The name of what an act was done to, and where its page is."""
    return await queries.find_subject(reader.sql, subject_id)
