"""Long work of the ledger."""

from typing import Any
from uuid import UUID

from curbstop.ledger.penalties import actions, queries
from curbstop.ledger.seals.actions import seal
from curbstop.platform.queue import JobContext, JobFunction

ACCOUNTS_PER_CHUNK = 2_000


async def seal_journal(context: JobContext) -> dict[str, Any]:
    """Seal what was posted since the last seal; the result holds the head to keep elsewhere."""
    async with context.write() as uow:
        head = await seal(uow)
    return {"head": str(head) if head else None}


async def post_penalties(context: JobContext, run_id: str) -> dict[str, Any]:
    """Charge a penalty run in chunks of accounts, each its own transaction; resumes when killed."""
    run = UUID(run_id)
    async with context.read() as reader:
        as_of_on = (await queries.find_run(reader.sql, run)).as_of_on
        bills = await queries.delinquent_bills(reader.sql, as_of_on)
    accounts = sorted({bill.account_id for bill in bills})
    for start in range(0, len(accounts), ACCOUNTS_PER_CHUNK):
        chunk = accounts[start : start + ACCOUNTS_PER_CHUNK]
        async with context.write() as uow:
            await actions.post_accounts(uow, run, chunk)
        await context.progress(start + len(chunk), len(accounts), "accounts charged")
    async with context.write() as uow:
        finished = await actions.finish_run(uow, run)
    return {"charges": finished.charge_count, "cents": finished.cents}


JOBS: dict[str, JobFunction] = {
    "ledger.seal": seal_journal,
    actions.RUN_JOB: post_penalties,
}
