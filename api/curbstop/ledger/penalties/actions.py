"""Starting a penalty run and posting it account by account."""

from dataclasses import asdict
from itertools import groupby
from uuid import UUID, uuid5

from pydantic import TypeAdapter

from curbstop.audit import actions as audit
from curbstop.kernel.errors import BadInput, Conflict, FieldError, IdempotencyConflict
from curbstop.kernel.ids import uuid7
from curbstop.kernel.money import format_cents
from curbstop.ledger import recipes
from curbstop.ledger.chart import load_chart
from curbstop.ledger.events import PenaltiesPosted
from curbstop.ledger.penalties import queries
from curbstop.ledger.penalties.calculate import PenaltyDue, ceiling_warnings
from curbstop.ledger.penalties.schemas import PenaltyRunIn, PenaltyRunOut
from curbstop.ledger.posting import lock_accounts, post_many
from curbstop.ledger.recipes import Penalty
from curbstop.platform.uow import Uow
from curbstop.policies.district import LateTerms, late_terms
from curbstop.policies.queries import values as policies_on

RUN_JOB = "ledger.post_penalties"
_TERMS = TypeAdapter(LateTerms)
_CHARGE_COLUMNS = (
    *("item_id", "run_id", "account_id", "bill_entry_id", "kind", "month"),
    *("base_cents", "percent", "cents"),
)


class PenaltyAboveCeiling(Conflict):
    title = "The penalty policy exceeds the law's ceiling"


class PenaltyRunInFuture(BadInput):
    title = "A penalty run cannot look beyond today"


async def start_run(uow: Uow, request: PenaltyRunIn) -> PenaltyRunOut:
    """Queue a run. The job works out anew what is due, so a payment made meanwhile counts.

    Raises PenaltyRunInFuture, PenaltyAboveCeiling (not acknowledged), IdempotencyConflict.
    """
    earlier = await uow.sql.fetchrow("SELECT as_of_on FROM penalty_runs WHERE id = $1", request.id)
    if earlier is not None:
        if earlier["as_of_on"] != request.as_of_on:
            raise IdempotencyConflict(str(request.id))
        return await queries.find_run(uow.sql, request.id)
    if request.as_of_on > uow.today:
        raise PenaltyRunInFuture("", FieldError("/as_of_on", f"today is {uow.today}"))
    policies = await policies_on(uow.sql, request.as_of_on)
    terms = late_terms(policies)
    due = await queries.due_now(uow.sql, terms, request.as_of_on)
    warnings = ceiling_warnings(terms, queries.ceilings(policies), due)
    if warnings and not request.acknowledge_warnings:
        raise PenaltyAboveCeiling("; ".join(warnings))
    job_id = await uow.defer(
        RUN_JOB, subject_id=request.id, lock="ledger.penalties", run_id=str(request.id)
    )
    snapshot = {**asdict(terms), "warnings": warnings}
    await uow.sql.execute(
        "INSERT INTO penalty_runs (id, as_of_on, policy, state, charge_count, cents, created_by,"
        " created_at, job_id) VALUES ($1, $2, $3, 'queued', 0, 0, $4, $5, $6)",
        *(request.id, request.as_of_on, snapshot, uow.actor.id, uow.now, job_id),
    )
    after = {"as_of_on": request.as_of_on.isoformat(), "warnings": warnings}
    audit.record(uow, "penalty_run.started", request.id, after=after)
    return await queries.find_run(uow.sql, request.id)


async def post_accounts(uow: Uow, run_id: UUID, account_ids: list[UUID]) -> int:
    """Charge these accounts what they owe under the run; returns how many penalties.

    By the terms that the run recorded, whatever a policy says by now: those were acknowledged. One
    transaction: read behind the accounts' locks, one COPY per table. What was charged before is not
    charged again, so a job that was killed resumes.
    """
    run = await queries.find_run(uow.sql, run_id)
    await lock_accounts(uow.sql, account_ids)
    recorded = {name: value for name, value in run.policy.items() if name != "warnings"}
    terms = _TERMS.validate_python(recorded)
    due = await queries.due_now(uow.sql, terms, run.as_of_on, account_ids)
    chart = await load_chart(uow.sql)
    entries, charges = [], []
    for account_id, group in groupby(due, key=lambda each: each.bill.account_id):
        made = [(uuid7(), each) for each in group]
        # Named after what it charges: a repetition meets the journal's "a source is posted once".
        charged = ",".join(f"{d.bill.entry_id}{d.kind}{d.month}" for _, d in made)
        source = uuid5(run_id, charged)
        entries.append(
            recipes.penalty(
                chart,
                source,
                account_id,
                [Penalty(item_id, each.cents) for item_id, each in made],
                uow.today,
                _memo(run.as_of_on.isoformat(), [each for _, each in made]),
            )
        )
        charges += [
            (
                *(item_id, run_id, account_id, each.bill.entry_id, each.kind.value, each.month),
                *(each.base_cents, each.percent, each.cents),
            )
            for item_id, each in made
        ]
    await post_many(uow.sql, entries, uow.today, uow.now)
    if charges:
        await uow.sql.copy("penalty_charges", _CHARGE_COLUMNS, charges)
    return len(charges)


def _memo(as_of: str, due: list[PenaltyDue]) -> str:
    parts = ", ".join(f"{each.percent:f} % of {format_cents(each.base_cents)}" for each in due[:3])
    return f"Late penalty as of {as_of}: {parts}" + (" and more" if len(due) > 3 else "")


async def finish_run(uow: Uow, run_id: UUID) -> PenaltyRunOut:
    """Record what the run charged, and tell."""
    await uow.sql.execute(
        "UPDATE penalty_runs r SET state = 'posted', posted_at = $2, charge_count = c.n,"
        " cents = c.cents FROM (SELECT count(*) AS n, COALESCE(sum(cents), 0) AS cents"
        " FROM penalty_charges WHERE run_id = $1) c WHERE r.id = $1",
        *(run_id, uow.now),
    )
    run = await queries.find_run(uow.sql, run_id)
    accounts = await uow.sql.fetchval(
        "SELECT count(DISTINCT account_id) FROM penalty_charges WHERE run_id = $1", run_id
    )
    after = {"charges": run.charge_count, "cents": run.cents}
    audit.record(uow, "penalty_run.posted", run_id, after=after)
    uow.emit(PenaltiesPosted(run_id, accounts, run.cents))
    return run
