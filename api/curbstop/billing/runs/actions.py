"""Calculate, review, return, approve, post, reverse or discard a bill run."""

from uuid import UUID

from curbstop.audit import actions as audit
from curbstop.billing.runs import queries
from curbstop.billing.runs.expected import expected_accounts
from curbstop.billing.runs.models import RunState
from curbstop.billing.runs.problems import (
    LaterBillsStand,
    NothingExpected,
    PreparerMayNotApprove,
    RunBusy,
    RunIncomplete,
    WrongState,
)
from curbstop.billing.runs.schemas import RunOut
from curbstop.billing.runs.write import clear_bills
from curbstop.ledger.chart import UnknownChargeGroup
from curbstop.platform.uow import Uow

CHUNK_ACCOUNTS = 2_500
"""Accounts in a chunk: large enough that a COPY pays, small enough that memory stays flat."""

SHARERS_MAX = 7
"""Jobs that idle workers may take up to share a run; one that finds nothing ends at once."""


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
