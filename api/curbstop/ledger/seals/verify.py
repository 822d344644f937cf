"""The whole proof: chain, receivable, entries, settlements, sources, and what rooms above add."""

from collections.abc import Awaitable, Callable, Mapping

from curbstop.ledger.seals import chain, proofs
from curbstop.ledger.seals.schemas import CheckResult, Finding, Head
from curbstop.platform.database import Database
from curbstop.platform.db import Sql
from curbstop.platform.uow import Actor

# A check of a room above (bills = postings) takes the reader and names the first bad row.
Check = Callable[[Sql], Awaitable[Finding | None]]

CHECKS: Mapping[str, Check] = {
    "hash chain": chain.replay,
    "receivable by account": proofs.receivable_by_account,
    "control account": proofs.control_account,
    "entries are whole": proofs.entries_whole,
    "settled within amounts": proofs.settled_within_amounts,
    "every source posted once": proofs.sources_once,
    "adjustments = postings": proofs.adjustments_posted,
    "penalties = postings": proofs.penalties_posted,
}


async def verify(
    sql: Sql, more: Mapping[str, Check] | None = None, exported: Head | None = None
) -> list[CheckResult]:
    """Run every check on one snapshot (the caller's transaction); findings name the first bad row.

    `more` are the checks of rooms above. `exported` is a head kept elsewhere: with it a chain whose
    tail was cut off together with its entries is found too.
    """
    checks = {**CHECKS, **(more or {})}
    results = [CheckResult(name, await check(sql)) for name, check in checks.items()]
    if exported is not None:
        results.append(CheckResult("exported head", await chain.reaches(sql, exported)))
    return results


async def prove(
    database: Database,
    actor: Actor,
    more: Mapping[str, Check],
    exported: Head | None = None,
) -> tuple[list[CheckResult], Head | None]:
    """Every check on one snapshot, however long it takes, and the head of the chain now."""
    async with (
        database.read(actor) as reader,
        # One snapshot for all checks: the office goes on working meanwhile.
        reader.sql.connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        await reader.sql.execute("SET LOCAL statement_timeout = 0")
        return await verify(reader.sql, more, exported), await chain.head(reader.sql)


def first_finding(results: list[CheckResult]) -> Finding | None:
    """The first bad row, None when everything holds."""
    return next((result.finding for result in results if result.finding), None)
