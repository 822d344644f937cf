"""Prepare, review, return, approve, post, reverse or discard a bill run."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from curbstop.audit import actions as audit
from curbstop.billing import terms
from curbstop.billing.cycles.actions import require_accounts
from curbstop.billing.cycles.models import CyclePeriod
from curbstop.billing.runs import queries
from curbstop.billing.runs.expected import expected_accounts
from curbstop.billing.runs.models import BillRun, RunKind, RunState
from curbstop.billing.runs.problems import (
    CyclePeriodNotFound,
    LaterBillsStand,
    NothingExpected,
    PeriodHasRun,
    PreparerMayNotApprove,
    RunBusy,
    RunIncomplete,
    RunNeedsAccounts,
    WrongState,
)
from curbstop.billing.runs.schemas import RunOut, RunRequest
from curbstop.billing.runs.write import clear_bills
from curbstop.kernel.errors import BadInput, FieldError, IdempotencyConflict
from curbstop.ledger.chart import UnknownChargeGroup
from curbstop.platform.uow import Uow

CHUNK_ACCOUNTS = 2_500
"""Accounts in a chunk: large enough that a COPY pays, small enough that memory stays flat."""

SHARERS_MAX = 7
"""Jobs that idle workers may take up to share a run; one that finds nothing ends at once."""


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


async def calculate_run(uow: Uow, run_id: UUID, chunk_accounts: int = CHUNK_ACCOUNTS) -> UUID:
    """Lay out the chunks anew and queue their calculation; returns the job to watch.

    Raises RunNotFound, WrongState, RunBusy, NothingExpected.
    """
    run = await queries.run_row(uow.sql, run_id, lock=True)
    if run["state"] not in (RunState.DRAFT, RunState.CALCULATED, RunState.REVIEWED):
        raise WrongState(f"a run that is {run['state']} is not calculated again")
    await _require_idle(uow, run_id)
    expected = await expected_accounts(uow.sql, run)
    if not expected:
        raise NothingExpected
    if run["state"] != RunState.DRAFT:
        await uow.sql.execute(
            "UPDATE bill_runs SET state = 'draft', reviewed_by = NULL, reviewed_at = NULL"
            " WHERE id = $1",
            run_id,
        )
    await _lay_out(uow, run_id, expected, chunk_accounts)
    chunks = -(-len(expected) // chunk_accounts)
    audit.record(uow, "bill_run.calculation_queued", run_id, after={"accounts": len(expected)})
    return await _defer(uow, "billing.calculate", run_id, chunks)


async def _lay_out(uow: Uow, run_id: UUID, expected: list[UUID], chunk_accounts: int) -> None:
    """Make the chunks pending; where they are the same as before, their old bills may wait."""
    starts = range(0, len(expected), chunk_accounts)
    wanted = [expected[start : start + chunk_accounts] for start in starts]
    rows = await uow.sql.fetch(
        "SELECT account_ids FROM run_chunks WHERE run_id = $1 ORDER BY number", run_id
    )
    if [row["account_ids"] for row in rows] == wanted:
        await uow.sql.execute(
            "UPDATE run_chunks SET state = 'pending', billed = 0, current_cents = 0"
            " WHERE run_id = $1 AND state = 'calculated'",
            run_id,
        )
        return
    # Accounts move between chunks: an old bill in one would collide with its new one in another.
    await clear_bills(uow.sql, run_id)
    await uow.sql.execute("DELETE FROM run_chunks WHERE run_id = $1", run_id)
    columns = ("run_id", "number", "first_place", "account_ids")
    chunks = [
        (run_id, number, number * chunk_accounts, accounts)
        for number, accounts in enumerate(wanted)
    ]
    await uow.sql.copy("run_chunks", columns, chunks)


async def review_run(uow: Uow, run_id: UUID) -> RunOut:
    """Say that someone has looked through the run. Raises RunNotFound, WrongState, RunBusy."""
    await _step(uow, run_id, RunState.CALCULATED, RunState.REVIEWED)
    return await queries.find_run(uow.sql, run_id)


async def approve_run(uow: Uow, run_id: UUID) -> RunOut:
    """Release a reviewed run for posting. The database holds the same two rules.

    Raises RunNotFound, WrongState, RunBusy, PreparerMayNotApprove, RunIncomplete,
    UnknownChargeGroup.
    """
    run = await queries.run_row(uow.sql, run_id, lock=True)
    if run["prepared_by"] == uow.actor.id:
        raise PreparerMayNotApprove
    if run["state"] == RunState.REVIEWED:
        proof = await queries.completeness(uow.sql, run_id)
        if not proof.complete:
            raise RunIncomplete(
                f"{proof.expected} expected, {proof.billed} billed, {proof.excused} excused, "
                f"{proof.unexpected} billed without being expected; calculate again or excuse"
            )
        if groups := await queries.unknown_groups(uow.sql, run_id):
            raise UnknownChargeGroup(f"{', '.join(groups)}: add to the charge groups first")
    await _step(uow, run_id, RunState.REVIEWED, RunState.APPROVED)
    return await queries.find_run(uow.sql, run_id)


async def post_run(uow: Uow, run_id: UUID) -> UUID:
    """Queue the posting of an approved run, dated today; returns the job to watch.

    Asking again after a failure goes on where it stopped, under the same day, unless the month of
    that day was closed meanwhile: then what is left posts today. Raises RunNotFound, WrongState,
    RunBusy.
    """
    run = await queries.run_row(uow.sql, run_id, lock=True)
    if run["state"] != RunState.APPROVED:
        raise WrongState(f"the run is {run['state']}, not approved")
    await _require_idle(uow, run_id)
    await uow.sql.execute(
        "UPDATE bill_runs SET posted_by = $2, posted_on = CASE WHEN posted_on >="
        " coalesce((SELECT max(month) + interval '1 month' FROM periods WHERE state = 'closed'),"
        " '-infinity') THEN posted_on ELSE $3 END WHERE id = $1",
        *(run_id, uow.actor.id, uow.today),
    )
    chunks = await uow.sql.fetchval("SELECT count(*) FROM run_chunks WHERE run_id = $1", run_id)
    audit.record(uow, "bill_run.posting_queued", run_id, after={"bills": run["billed"]})
    return await _defer(uow, "billing.post", run_id, chunks)


async def reverse_run(uow: Uow, run_id: UUID, reason: str) -> UUID:
    """Queue the reversal of a posted run; returns the job to watch.

    Billing goes on where the newest bill ended, so the days of a run that later ones stand on would
    never be billed again. Raises RunNotFound, WrongState, RunBusy, LaterBillsStand.
    """
    run = await queries.run_row(uow.sql, run_id, lock=True)
    if run["state"] != RunState.POSTED:
        raise WrongState(f"the run is {run['state']}, not posted")
    await _require_idle(uow, run_id)
    if later := await queries.later_runs(uow.sql, run_id):
        numbers = ", ".join(map(str, later))
        raise LaterBillsStand(f"reverse or discard first, newest first: {numbers}")
    audit.record(uow, "bill_run.reversal_queued", run_id, reason=reason)
    return await uow.defer(
        "billing.reverse", subject_id=run_id, lock=str(run_id), run_id=str(run_id), reason=reason
    )


async def discard_run(uow: Uow, run_id: UUID, reason: str) -> RunOut:
    """Give up a run that is not approved; its working bills go. Raises RunNotFound, WrongState,
    RunBusy.
    """
    run = await queries.run_row(uow.sql, run_id, lock=True)
    if run["state"] not in (RunState.DRAFT, RunState.CALCULATED, RunState.REVIEWED):
        raise WrongState(f"a run that is {run['state']} is not discarded; reverse it instead")
    await _require_idle(uow, run_id)
    await clear_bills(uow.sql, run_id)
    await uow.sql.execute("DELETE FROM run_chunks WHERE run_id = $1", run_id)
    await uow.sql.execute("UPDATE bill_runs SET state = 'discarded' WHERE id = $1", run_id)
    audit.record(uow, "bill_run.discarded", run_id, reason=reason)
    return await queries.find_run(uow.sql, run_id)


async def return_run(uow: Uow, run_id: UUID, reason: str) -> RunOut:
    """Give a reviewed run back to whoever prepared it; what it calculated stays.

    Raises RunNotFound, WrongState, RunBusy.
    """
    run = await queries.run_row(uow.sql, run_id, lock=True)
    if run["state"] != RunState.REVIEWED:
        raise WrongState(f"the run is {run['state']}, not reviewed")
    await _require_idle(uow, run_id)
    await uow.sql.execute(
        "UPDATE bill_runs SET state = 'calculated', reviewed_by = NULL, reviewed_at = NULL"
        " WHERE id = $1",
        run_id,
    )
    audit.record(uow, "bill_run.returned", run_id, reason=reason)
    return await queries.find_run(uow.sql, run_id)


_SIGNED = {
    RunState.REVIEWED: "UPDATE bill_runs SET state = 'reviewed', reviewed_by = $2, reviewed_at = $3"
    " WHERE id = $1",
    RunState.APPROVED: "UPDATE bill_runs SET state = 'approved', approved_by = $2, approved_at = $3"
    " WHERE id = $1",
}


async def _step(uow: Uow, run_id: UUID, start: RunState, end: RunState) -> None:
    run = await queries.run_row(uow.sql, run_id, lock=True)
    if run["state"] != start:
        raise WrongState(f"the run is {run['state']}, not {start}")
    await _require_idle(uow, run_id)
    await uow.sql.execute(_SIGNED[end], run_id, uow.actor.id, uow.now)
    after = {"bills": run["billed"], "cents": run["current_cents"]}
    audit.record(uow, f"bill_run.{end}", run_id, after=after)


async def _require_idle(uow: Uow, run_id: UUID) -> None:
    if job := await queries.working_job(uow.sql, run_id):
        raise RunBusy(f"job {job} is working on it")


async def _defer(uow: Uow, kind: str, run_id: UUID, chunks: int) -> UUID:
    job = await uow.defer(kind, subject_id=run_id, lock=str(run_id), run_id=str(run_id))
    for _ in range(min(chunks - 1, SHARERS_MAX)):
        await uow.defer(
            f"{kind}_share", subject_id=run_id, run_id=str(run_id), watched_job=str(job)
        )
    return job
