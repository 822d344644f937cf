"""Ask for an adjustment; post it at once up to the limit, by a second person above it."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import select

from curbstop.audit import actions as audit
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import Conflict, Forbidden, IdempotencyConflict
from curbstop.ledger import recipes
from curbstop.ledger.adjustments import queries
from curbstop.ledger.adjustments.models import (
    Adjustment,
    AdjustmentRequest,
    AdjustmentState,
    AdjustmentType,
)
from curbstop.ledger.adjustments.queries import AdjustmentAlreadyDecided
from curbstop.ledger.adjustments.schemas import AdjustmentOut
from curbstop.ledger.allocation import queries as allocation
from curbstop.ledger.allocation.actions import settled_by
from curbstop.ledger.chart import load_chart
from curbstop.ledger.events import AdjustmentPosted
from curbstop.ledger.posting import lock_account, post
from curbstop.platform.uow import Uow
from curbstop.policies.queries import values as policies_on


class ApproverIsRequester(Conflict):
    title = "A second person must approve this adjustment"


def _out(adjustment: Adjustment) -> AdjustmentOut:
    return AdjustmentOut.model_validate(adjustment, from_attributes=True)


async def request_adjustment(uow: Uow, request: AdjustmentRequest) -> AdjustmentOut:
    """Ask for a correction. Up to its type's limit it posts at once; above, nothing moves yet.

    Raises AccountNotFound, WrongAdjustment, IdempotencyConflict (same id, other content).
    """
    await lock_account(uow.sql, request.account_id)
    if earlier := await uow.session.get(Adjustment, request.id):
        asked = request.model_dump()
        if any(getattr(earlier, name) != value for name, value in asked.items()):
            raise IdempotencyConflict(str(request.id))
        return _out(earlier)
    policies = await policies_on(uow.sql, uow.today)
    kind = await queries.type_for(uow.sql, policies, request)
    adjustment = Adjustment(
        **request.model_dump(),
        limit_cents=kind.limit_cents,
        state=AdjustmentState.REQUESTED,
        requested_by=uow.actor.id,
        requested_by_name=uow.actor.name,
        requested_at=uow.now,
    )
    uow.session.add(adjustment)
    after = {"type": request.type_code, "cents": request.amount_cents}
    audit.record(uow, "adjustment.requested", request.id, reason=request.note, after=after)
    if abs(request.amount_cents) <= kind.limit_cents:
        await _post(uow, adjustment, "")
    await uow.session.flush()
    return _out(adjustment)


async def _post(uow: Uow, adjustment: Adjustment, note: str) -> None:
    """Book it; the caller holds the account's lock."""
    kind = await uow.session.get_one(AdjustmentType, adjustment.type_code)
    entry = recipes.adjustment(
        await load_chart(uow.sql),
        adjustment.id,
        adjustment.account_id,
        kind.gl,
        adjustment.amount_cents,
        kind.charge_group,
        uow.today + timedelta(days=kind.due_days),
        f"{kind.name}: {adjustment.note}",
    )
    order = await allocation.order_on(uow.sql, uow.today)
    open_now = await allocation.open_amounts(uow.sql, adjustment.account_id)
    await post(uow, settled_by(entry, open_now, order, uow.today))
    adjustment.entry_id = entry.id
    _decide(uow, adjustment, AdjustmentState.POSTED, note)
    cents = adjustment.amount_cents
    audit.record(uow, "adjustment.posted", adjustment.id, after={"entry_id": str(entry.id)})
    uow.emit(AdjustmentPosted(adjustment.id, adjustment.account_id, entry.id, cents))


def _decide(uow: Uow, adjustment: Adjustment, state: AdjustmentState, note: str) -> None:
    adjustment.state = state
    adjustment.decided_by, adjustment.decided_by_name = uow.actor.id, uow.actor.name
    adjustment.decided_at, adjustment.decision_note = uow.now, note or None


async def _undecided(uow: Uow, adjustment_id: UUID) -> Adjustment:
    """Lock account, then adjustment. Raises AdjustmentNotFound, AdjustmentAlreadyDecided."""
    found = await queries.find_adjustment(uow.sql, adjustment_id)
    await lock_account(uow.sql, found.account_id)
    query = select(Adjustment).where(Adjustment.id == adjustment_id).with_for_update()
    adjustment = (await uow.session.exec(query)).one()
    if adjustment.state is not AdjustmentState.REQUESTED:
        raise AdjustmentAlreadyDecided(f"{adjustment.state} by {adjustment.decided_by_name}")
    return adjustment


async def approve_adjustment(uow: Uow, adjustment_id: UUID, note: str = "") -> AdjustmentOut:
    """Post a requested adjustment; a second approval waits for the lock, then fails.

    Raises AdjustmentNotFound, AdjustmentAlreadyDecided, ApproverIsRequester.
    Source: two-person rule, also a CHECK on the table.
    """
    adjustment = await _undecided(uow, adjustment_id)
    if adjustment.requested_by == uow.actor.id:
        raise ApproverIsRequester(f"asked for by {adjustment.requested_by_name}")
    await _post(uow, adjustment, note)
    await uow.session.flush()
    return _out(adjustment)


async def reject_adjustment(uow: Uow, adjustment_id: UUID, note: str = "") -> AdjustmentOut:
    """Close a request without posting: its requester withdraws it, or an approver refuses it.

    Raises AdjustmentNotFound, AdjustmentAlreadyDecided, Forbidden.
    """
    adjustment = await _undecided(uow, adjustment_id)
    may_approve = Perm.ADJUSTMENT_APPROVE in uow.actor.permissions
    if adjustment.requested_by != uow.actor.id and not may_approve:
        raise Forbidden(f"this needs {Perm.ADJUSTMENT_APPROVE.value}")
    _decide(uow, adjustment, AdjustmentState.REJECTED, note)
    audit.record(uow, "adjustment.rejected", adjustment_id, reason=note or None)
    await uow.session.flush()
    return _out(adjustment)
