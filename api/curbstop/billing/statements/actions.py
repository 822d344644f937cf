"""Keep statements as they are first shown or printed, and log every time they leave."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson

from curbstop.audit import actions as audit
from curbstop.billing.bills.problems import BillNotFound, BillNotPosted
from curbstop.billing.statements.assemble import statement_data
from curbstop.billing.statements.gather import statement_facts
from curbstop.documents.statements import StatementData, from_snapshot, to_snapshot
from curbstop.kernel.ids import uuid7
from curbstop.platform.uow import Uow

LANGUAGES = ("en", "es")


def frozen(by_language: dict[str, StatementData]) -> bytes:
    """A statement in its languages as canonical JSON: equal data, equal bytes."""
    parts = {name: orjson.Fragment(to_snapshot(data)) for name, data in by_language.items()}
    return orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)


def thawed(snapshot: bytes, language: str) -> StatementData:
    """The statement of a language from what was kept; English where it has no other."""
    kept: dict[str, Any] = orjson.loads(snapshot)
    return from_snapshot(orjson.dumps(kept.get(language) or kept["en"]))


async def freeze(uow: Uow, bill_ids: Sequence[UUID]) -> None:
    """Keep the snapshots of posted bills that have none yet; what is kept never changes."""
    rows = await uow.sql.fetch(
        "SELECT bill_id FROM statements WHERE bill_id = ANY($1) AND snapshot IS NULL"
        " ORDER BY bill_id FOR UPDATE",
        list(bill_ids),
    )
    facts = await statement_facts(uow.sql, [row["bill_id"] for row in rows])
    kept = {
        bill_id: frozen({name: statement_data(found, name) for name in LANGUAGES})
        for bill_id, found in facts.items()
    }
    if kept:
        await uow.sql.execute(
            "UPDATE statements s SET snapshot = k.snapshot"
            " FROM unnest($1::uuid[], $2::bytea[]) AS k (bill_id, snapshot)"
            " WHERE s.bill_id = k.bill_id AND s.snapshot IS NULL",
            *(list(kept), list(kept.values())),
        )


async def statement_of(uow: Uow, bill_id: UUID, language: str | None) -> tuple[StatementData, str]:
    """The kept statement of a bill and its language, the customer's own by default.

    Raises BillNotFound, BillNotPosted.
    """
    await freeze(uow, [bill_id])
    row = await uow.sql.fetchrow(
        "SELECT s.snapshot, a.language FROM bills b JOIN accounts a ON a.id = b.account_id"
        " LEFT JOIN statements s ON s.bill_id = b.id WHERE b.id = $1",
        bill_id,
    )
    if row is None:
        raise BillNotFound(str(bill_id))
    if row["snapshot"] is None:
        raise BillNotPosted
    # A plain text: the JSON that the template reads takes no enum for a key.
    chosen = str(language or row["language"])
    return thawed(row["snapshot"], chosen), chosen


async def log_reprint(uow: Uow, bill_id: UUID, data: StatementData, language: str) -> None:
    """Say who took a single statement out, and in which language."""
    await uow.sql.execute(
        "INSERT INTO statement_prints (id, bill_id, statements, pages, total_due_cents, language,"
        " printed_by, printed_at, totals) VALUES ($1, $2, 1, 0, $3, $4, $5, $6, '{}')",
        *(uuid7(), bill_id, data.total_due_cents, language, uow.actor.id, uow.now),
    )
    audit.record(uow, "statement.printed", bill_id, after={"language": language})
