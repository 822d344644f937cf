"""Reverse a posted run: each bill's entry is mirrored, chunk by chunk, in the open month."""

from collections import defaultdict
from uuid import UUID

import asyncpg

from curbstop.audit import actions as audit
from curbstop.billing.events import BillsReversed
from curbstop.billing.runs.models import ChunkState, RunState
from curbstop.billing.runs.problems import RunNotFound, WrongState
from curbstop.billing.runs.work import work_chunks
from curbstop.ledger.allocation.actions import apply_credits
from curbstop.ledger.allocation.queries import accounts_in_credit
from curbstop.ledger.entries import Entry, EntryKind, ItemKind, NewItem, Transfer
from curbstop.ledger.posting import lock_accounts, post_many
from curbstop.ledger.recipes import LiveApplication, reversal
from curbstop.platform.db import Sql
from curbstop.platform.queue import JobContext
from curbstop.platform.uow import Uow

REVERSE = (ChunkState.POSTED, ChunkState.REVERSED)

_ENTRIES = """
SELECT id, source_id, account_id, memo FROM journal_entries
WHERE source_type = 'bill' AND source_id = ANY($1) ORDER BY seq
"""
_LINES = """
SELECT entry_id, debit, credit, cents, item_id FROM journal_lines
WHERE entry_id = ANY($1) ORDER BY entry_id, line
"""
_ITEMS = """
SELECT entry_id, id, kind, charge_group, fund, due_on, cents FROM open_items
WHERE entry_id = ANY($1) ORDER BY entry_id, id
"""
# What was applied to or from the items and still stands.
_LIVE = """
SELECT i.entry_id, a.id, a.credit_id, a.item_id, a.cents
FROM open_items i JOIN applications a
  ON a.account_id = i.account_id AND (a.item_id = i.id OR a.credit_id = i.id)
WHERE i.entry_id = ANY($1) AND a.cents > 0
  AND NOT EXISTS (SELECT 1 FROM applications r WHERE r.reverses_id = a.id)
ORDER BY a.id
"""


async def reverse(context: JobContext, run_id: UUID, reason: str) -> None:
    """Take back what is still posted of the run. Raises RunNotFound, WrongState."""
    async with context.read() as reader:
        run = await reader.sql.fetchrow("SELECT state FROM bill_runs WHERE id = $1", run_id)
    if run is None:
        raise RunNotFound(str(run_id))
    if run["state"] not in (RunState.POSTED, RunState.REVERSED):
        raise WrongState(f"the run is {run['state']}")

    async def one(uow: Uow, chunk: asyncpg.Record) -> None:
        await _reverse_chunk(uow, chunk, reason)

    await work_chunks(context, run_id, REVERSE, one, context.job_id, wait_for_others=True)
    async with context.write() as uow:
        changed = await uow.sql.fetchval(
            "UPDATE bill_runs SET state = 'reversed', reversed_by = $2, reversed_at = $3,"
            " reversal_reason = $4 WHERE id = $1 AND state = 'posted' RETURNING billed",
            *(run_id, uow.actor.id, uow.now, reason),
        )
        if changed is not None:
            audit.record(uow, "bill_run.reversed", run_id, reason=reason, after={"bills": changed})
            await uow.defer("ledger.seal", lock="ledger.seal")


async def _reverse_chunk(uow: Uow, chunk: asyncpg.Record, reason: str) -> None:
    run_id, number = chunk["run_id"], chunk["number"]
    bills = await uow.sql.fetch(
        "SELECT id, account_id FROM bills WHERE run_id = $1 AND chunk = $2"
        " AND reversed_at IS NULL ORDER BY ordinal",
        *(run_id, number),
    )
    bill_ids = [bill["id"] for bill in bills]
    account_ids = [bill["account_id"] for bill in bills]
    await lock_accounts(uow.sql, account_ids)
    originals = await posted_entries(uow.sql, bill_ids)
    live = await _live(uow.sql, [entry.id for entry in originals])
    memo = f"Bill run reversed: {reason}"
    entries = [
        reversal(entry, live[entry.id], "bill_reversal", entry.source_id, memo)
        for entry in originals
    ]
    await post_many(uow.sql, entries, uow.today, uow.now)
    await apply_credits(uow, await accounts_in_credit(uow.sql, account_ids))
    await uow.sql.execute("UPDATE bills SET reversed_at = $2 WHERE id = ANY($1)", bill_ids, uow.now)
    await uow.sql.execute(
        "UPDATE bill_segments SET live = false WHERE bill_id = ANY($1) AND live", bill_ids
    )
    await uow.sql.execute(
        "UPDATE run_chunks SET state = 'reversed' WHERE run_id = $1 AND number = $2",
        *(run_id, number),
    )
    uow.emit(BillsReversed(run_id, tuple(bill_ids), tuple(account_ids)))


async def posted_entries(sql: Sql, bill_ids: list[UUID]) -> list[Entry]:
    """The journal entries of bills as the values that recipes take; a bill of nothing has none."""
    heads = await sql.fetch(_ENTRIES, bill_ids)
    ids = [head["id"] for head in heads]
    items: defaultdict[UUID, list[NewItem]] = defaultdict(list)
    for entry_id, item_id, kind, *rest in await sql.fetch(_ITEMS, ids):
        items[entry_id].append(NewItem(item_id, ItemKind(kind), *rest))
    place = {item.id: n for of_entry in items.values() for n, item in enumerate(of_entry)}
    lines: defaultdict[UUID, list[Transfer]] = defaultdict(list)
    for entry_id, debit, credit, cents, item_id in await sql.fetch(_LINES, ids):
        item = None if item_id is None else place[item_id]
        lines[entry_id].append(Transfer(debit, credit, cents, item))
    return [
        Entry(
            *(head["id"], EntryKind.BILL, "bill", head["source_id"], head["account_id"]),
            *(head["memo"], tuple(lines[head["id"]]), tuple(items[head["id"]])),
        )
        for head in heads
    ]


async def _live(sql: Sql, entry_ids: list[UUID]) -> defaultdict[UUID, list[LiveApplication]]:
    found: defaultdict[UUID, list[LiveApplication]] = defaultdict(list)
    for entry_id, *row in await sql.fetch(_LIVE, entry_ids):
        found[entry_id].append(LiveApplication(*row))
    return found
