"""Post an approved run: journal, open items and statement balances, chunk by chunk.

A chunk is posted once, whatever dies when: its row is locked, changes state in the transaction
that posts it, and the journal takes a bill as its source only once.
"""

import asyncio
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

import asyncpg

from curbstop.audit import actions as audit
from curbstop.billing.events import BillsPosted, RunPosted
from curbstop.billing.runs.ids import derived_ids
from curbstop.billing.runs.models import ChunkState, RunState
from curbstop.billing.runs.problems import RunNotFound, WrongState
from curbstop.billing.runs.work import work_chunks
from curbstop.billing.statements.balances import add_statements
from curbstop.ledger.allocation.actions import apply_credits
from curbstop.ledger.allocation.queries import accounts_in_credit
from curbstop.ledger.chart import Chart, load_chart
from curbstop.ledger.entries import Entry
from curbstop.ledger.posting import lock_accounts, post_many
from curbstop.ledger.recipes import BilledAmount, bill_issued
from curbstop.platform.queue import JobContext
from curbstop.platform.uow import Uow

POST = (ChunkState.CALCULATED, ChunkState.POSTED)

_BILLS = """
SELECT b.id, b.number, b.account_id, b.due_on, b.current_cents,
       l.charge_group, l.gl, sum(l.amount_cents)::bigint AS cents
FROM bills b LEFT JOIN bill_lines l ON l.bill_id = b.id
WHERE b.run_id = $1 AND b.chunk = $2
GROUP BY b.id, l.charge_group, l.gl
ORDER BY b.ordinal, min(l.line)
"""


class BillToPost(NamedTuple):
    """What posting needs of a bill."""

    id: UUID
    number: str
    account_id: UUID
    due_on: date
    cents: int
    amounts: tuple[BilledAmount, ...]


async def post(context: JobContext, run_id: UUID, watched_job: UUID, *, lead: bool) -> None:
    """Post what is not posted yet. The leading job also closes the run.

    Raises RunNotFound, WrongState, UnknownChargeGroup.
    """
    async with context.read() as reader:
        run = await reader.sql.fetchrow(
            "SELECT state, posted_on FROM bill_runs WHERE id = $1", run_id
        )
        chart = await load_chart(reader.sql)
    if run is None:
        raise RunNotFound(str(run_id))
    if run["state"] not in (RunState.APPROVED, RunState.POSTED) or run["posted_on"] is None:
        raise WrongState(f"the run is {run['state']}")
    posted_on = run["posted_on"]

    async def one(uow: Uow, chunk: asyncpg.Record) -> None:
        await _post_chunk(uow, chart, posted_on, chunk)

    await work_chunks(context, run_id, POST, one, watched_job, wait_for_others=lead)
    if lead:
        async with context.write() as uow:
            await _close(uow, run_id)


async def _post_chunk(uow: Uow, chart: Chart, posted_on: date, chunk: asyncpg.Record) -> None:
    run_id, number = chunk["run_id"], chunk["number"]
    bills = gathered(await uow.sql.fetch(_BILLS, run_id, number))
    account_ids = [bill.account_id for bill in bills]
    await lock_accounts(uow.sql, account_ids)
    in_credit = await accounts_in_credit(uow.sql, account_ids)
    await add_statements(uow, bills)
    entries = await asyncio.to_thread(_entries, chart, bills)
    await post_many(uow.sql, entries, posted_on, uow.now)
    await apply_credits(uow, in_credit)
    await uow.sql.execute(
        "UPDATE run_chunks SET state = 'posted' WHERE run_id = $1 AND number = $2",
        *(run_id, number),
    )
    after = {"chunk": number, "bills": len(bills), "cents": sum(bill.cents for bill in bills)}
    audit.record(uow, "bill_run.chunk_posted", run_id, after=after)
    due_on = bills[0].due_on if bills else posted_on
    uow.emit(
        BillsPosted(run_id, posted_on, due_on, tuple(bill.id for bill in bills), tuple(account_ids))
    )


def gathered(rows: Sequence[asyncpg.Record]) -> list[BillToPost]:
    """Rows by bill, charge group and GL account as bills, in their order."""
    bills = []
    for _, group in groupby(rows, key=lambda row: row["id"]):
        of_bill = list(group)
        head = of_bill[0]
        amounts = tuple(
            BilledAmount(row["charge_group"], row["gl"], row["cents"])
            for row in of_bill
            if row["charge_group"] is not None
        )
        bill = BillToPost(
            *(head["id"], head["number"], head["account_id"], head["due_on"]),
            *(head["current_cents"], amounts),
        )
        if sum(amount.cents for amount in amounts) != bill.cents:
            raise AssertionError(f"bill {bill.number}: its lines are not its total")
        bills.append(bill)
    return bills


def bill_entry(chart: Chart, bill: BillToPost) -> Entry | None:
    """The bill's journal entry with ids that derive from the bill's; None when it is of nothing."""
    memo = f"Bill {bill.number}"
    ids = derived_ids(bill.id, 1 + len(bill.amounts))
    return bill_issued(chart, bill.id, bill.account_id, bill.amounts, bill.due_on, memo, ids)


def _entries(chart: Chart, bills: Sequence[BillToPost]) -> list[Entry]:
    return [entry for bill in bills if (entry := bill_entry(chart, bill))]


async def _close(uow: Uow, run_id: UUID) -> None:
    row = await uow.sql.fetchrow(
        "UPDATE bill_runs SET state = 'posted', posted_at = $2"
        " WHERE id = $1 AND state = 'approved' RETURNING billed, current_cents",
        *(run_id, uow.now),
    )
    if row is None:
        return
    audit.record(uow, "bill_run.posted", run_id, after=dict(row))
    await uow.defer("ledger.seal", lock="ledger.seal")
    uow.emit(RunPosted(run_id, row["billed"], row["current_cents"]))
