"""Writing the audit trail."""

from typing import Any
from uuid import UUID

from curbstop.audit.models import AuditEvent
from curbstop.platform.uow import Uow


def record(
    uow: Uow,
    action: str,
    subject_id: UUID | None = None,
    *,
    reason: str | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Record an act in the caller's transaction. `action` reads `room.acted`.

    `before` and `after` hold only what changed, as plain JSON values; never a secret.
    """
    uow.session.add(
        AuditEvent(
            at=uow.now,
            actor_id=uow.actor.id,
            actor_name=uow.actor.name,
            action=action,
            subject_id=subject_id,
            reason=reason,
            before=before,
            after=after,
        )
    )
