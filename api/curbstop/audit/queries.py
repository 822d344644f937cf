"""Reading the audit trail."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.kernel.dates import Moment
from curbstop.platform.lists import ListParams, ListSpec


class AuditRow(BaseModel):
    """One act as it was recorded."""

    seq: int
    at: datetime
    actor_id: UUID
    actor_name: str
    action: str = Field(examples=["adjustment.approved"])
    subject_id: UUID | None
    reason: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class AuditListParams(ListParams):
    """Filters of the audit trail."""

    subject_id: UUID | None = None
    actor_id: UUID | None = None
    action: str | None = Field(None, max_length=80)
    since: Moment | None = None
    until: Moment | None = None


AUDIT = ListSpec(
    row=AuditRow,
    source="audit_events",
    columns={name: name for name in AuditRow.model_fields},
    sort="-seq",
    tiebreak="seq",
    filters={
        "subject_id": "subject_id = {}",
        "actor_id": "actor_id = {}",
        "action": "action = {}",
        "since": "at >= {}",
        "until": "at < {}",
    },
    search="action ILIKE {} OR actor_name ILIKE {} OR reason ILIKE {}",
)
