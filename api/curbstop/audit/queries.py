"""Reading the audit trail."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.kernel.dates import Moment
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListParams, ListSpec


class AuditRow(BaseModel):
    """One act as it was recorded."""

    seq: int
    at: datetime
    actor_id: UUID
    actor_name: str
    action: str = Field(examples=["adjustment.approved"])
    subject_id: UUID | None
    # What was changed may be a customer's name or telephone number, and so may the words about it.
    reason: str | None = Field(json_schema_extra={"confidential": True})
    before: dict[str, Any] | None = Field(json_schema_extra={"confidential": True})
    after: dict[str, Any] | None = Field(json_schema_extra={"confidential": True})


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


class AuditPerson(BaseModel):
    """Somebody, or another system, that ever acted; by the name of their last act."""

    id: UUID
    name: str


class AuditChoices(BaseModel):
    """What the trail can be narrowed to."""

    people: list[AuditPerson]
    actions: list[str]


# Each next one is found by the index: the trail is long, and those who act are few.
_PEOPLE = """
WITH RECURSIVE people AS (
  (SELECT actor_id FROM audit_events ORDER BY actor_id LIMIT 1)
  UNION ALL
  SELECT (SELECT e.actor_id FROM audit_events e WHERE e.actor_id > p.actor_id
          ORDER BY e.actor_id LIMIT 1)
  FROM people p WHERE p.actor_id IS NOT NULL
)
SELECT p.actor_id AS id, (SELECT e.actor_name FROM audit_events e WHERE e.actor_id = p.actor_id
                          ORDER BY e.seq DESC LIMIT 1) AS name
FROM people p WHERE p.actor_id IS NOT NULL ORDER BY name, id
"""
_ACTIONS = """
WITH RECURSIVE actions AS (
  (SELECT action FROM audit_events ORDER BY action LIMIT 1)
  UNION ALL
  SELECT (SELECT e.action FROM audit_events e WHERE e.action > a.action ORDER BY e.action LIMIT 1)
  FROM actions a WHERE a.action IS NOT NULL
)
SELECT action FROM actions WHERE action IS NOT NULL ORDER BY action
"""


async def audit_choices(sql: Sql) -> AuditChoices:
    """Everybody who ever acted, and every kind of act."""
    people = [AuditPerson(**dict(row)) for row in await sql.fetch(_PEOPLE)]
    actions = [row["action"] for row in await sql.fetch(_ACTIONS)]
    return AuditChoices(people=people, actions=actions)
