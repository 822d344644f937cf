"""Prepare a bill run: of a cycle's period, or of named accounts outside the calendar."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from curbstop.audit import actions as audit
from curbstop.billing import terms
from curbstop.billing.cycles.actions import require_accounts
from curbstop.billing.cycles.models import CyclePeriod
from curbstop.billing.runs import queries
from curbstop.billing.runs.models import BillRun, RunKind, RunState
from curbstop.billing.runs.problems import CyclePeriodNotFound, PeriodHasRun, RunNeedsAccounts
from curbstop.billing.runs.schemas import RunOut, RunRequest
from curbstop.kernel.errors import BadInput, FieldError, IdempotencyConflict
from curbstop.platform.uow import Uow


async def prepare_run(uow: Uow, request: RunRequest) -> RunOut:
    """Set up a run of a cycle's period, or of named accounts.

    Raises CyclePeriodNotFound, PeriodHasRun, RunNeedsAccounts, AccountsUnknown, BadInput (dates),
    IdempotencyConflict (same id, other content).
    """
    run = await _new_run(uow, request)
    if earlier := await uow.session.get(BillRun, request.id):
        asked = ["name", "cycle_period_id", "account_ids", "reason"]
        asked += ["period_from", "period_to", "bill_on"]
        if request.due_on is not None:  # else it follows from a policy, which may have changed
            asked.append("due_on")
        if any(getattr(earlier, name) != getattr(run, name) for name in asked):
            raise IdempotencyConflict(str(request.id))
        return await queries.find_run(uow.sql, request.id)
    if run.cycle_period_id is not None:
        standing = select(BillRun).where(
            BillRun.cycle_period_id == run.cycle_period_id,
            col(BillRun.state).not_in([RunState.REVERSED, RunState.DISCARDED]),
        )
        if other := (await uow.session.exec(standing)).first():
            raise PeriodHasRun(f"run {other.number}, {other.name}, is {other.state}")
    uow.session.add(run)
    audit.record(uow, "bill_run.prepared", run.id, after=request.model_dump(mode="json"))
    await uow.session.flush()
    return await queries.find_run(uow.sql, run.id)


async def _new_run(uow: Uow, request: RunRequest) -> BillRun:
    if (request.cycle_period_id is None) != bool(request.account_ids):
        raise RunNeedsAccounts
    if request.cycle_period_id is not None:
        days = await _cycle_days(uow, request.cycle_period_id)
    else:
        await require_accounts(uow, request.account_ids)
        days = await _own_days(uow, request)
    return BillRun(
        id=request.id,
        kind=RunKind.OFF_CYCLE if request.cycle_period_id is None else RunKind.REGULAR,
        name=request.name,
        cycle_period_id=request.cycle_period_id,
        account_ids=list(dict.fromkeys(request.account_ids)),
        reason=request.reason,
        prepared_by=uow.actor.id,
        prepared_at=uow.now,
        **days,
    )


async def _cycle_days(uow: Uow, cycle_period_id: UUID) -> dict[str, Any]:
    period = await uow.session.get(CyclePeriod, cycle_period_id)
    if period is None:
        raise CyclePeriodNotFound(str(cycle_period_id))
    return {
        "period_from": period.period_from,
        "period_to": period.period_to,
        "through_on": period.read_to,
        "bill_on": period.bill_on,
        "due_on": period.due_on,
    }


async def _own_days(uow: Uow, request: RunRequest) -> dict[str, Any]:
    start, end, bill_on = request.period_from, request.period_to, request.bill_on
    needed = ("period_from", "period_to", "bill_on", "reason")
    missing = [name for name in needed if not getattr(request, name)]
    if start is None or end is None or bill_on is None or not request.reason:
        raise BadInput(*_wrong(dict.fromkeys(missing, "an off-cycle run needs it")))
    if end <= start:
        raise BadInput(*_wrong({"period_to": "must lie after period_from"}))
    due_on = request.due_on or bill_on + timedelta(days=await terms.due_days(uow.sql, bill_on))
    if due_on <= bill_on:
        raise BadInput(*_wrong({"due_on": "must lie after bill_on"}))
    return {
        "period_from": start,
        "period_to": end,
        "through_on": end,
        "bill_on": bill_on,
        "due_on": due_on,
    }


def _wrong(fields: dict[str, str]) -> tuple[Any, ...]:
    text = "; ".join(f"{name}: {why}" for name, why in fields.items())
    return (text, *(FieldError(f"/{name}", why) for name, why in fields.items()))
