"""The only door into the journal.

Lock order, the same for every act: the rows of `accounts` (ascending id), then the journal's
shared advisory lock (taken by trigger), then the rows of `account_balances` (ascending id, by
trigger). An act on one account calls `lock_account` first; a bulk act that applies credits locks
its accounts first; one that only adds charges needs no lock of its own.
"""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from curbstop.accounts.queries import AccountNotFound
from curbstop.ledger import rows
from curbstop.ledger.entries import Entry
from curbstop.platform.binary_copy import stream
from curbstop.platform.db import Sql
from curbstop.platform.uow import Uow

FEW = 64  # below this, INSERTs from arrays cost less than COPY's preparation

_ENTRY_TYPES = "uuid text date timestamptz text uuid uuid text uuid"
_ITEM_TYPES = "uuid uuid uuid text text text date date bigint"
_LINE_TYPES = "uuid smallint text text bigint uuid uuid"
_APPLICATION_COLUMNS = (
    *("account_id", "id", "credit_id", "item_id", "cents", "applied_on", "entry_id"),
    "reverses_id",
)
_APPLICATION_TYPES = "uuid uuid uuid uuid bigint date uuid uuid"


async def lock_account(sql: Sql, account_id: UUID) -> None:
    """Make other acts on the account wait until this one has committed. Raises AccountNotFound."""
    found = await sql.fetchval("SELECT 1 FROM accounts WHERE id = $1 FOR NO KEY UPDATE", account_id)
    if found is None:
        raise AccountNotFound(str(account_id))


async def lock_accounts(sql: Sql, account_ids: Sequence[UUID]) -> None:
    """`lock_account` for many, in the one order that cannot deadlock."""
    await sql.execute(
        "SELECT 1 FROM accounts WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE",
        account_ids,
    )


async def post(uow: Uow, entry: Entry) -> Entry:
    """Post one entry today; returns it. The books refuse a closed month and a source posted twice.

    Raises UniqueViolationError (409 at the edge) for a source that was posted before.
    """
    await post_many(uow.sql, [entry], uow.today, uow.now)
    return entry


async def post_many(
    sql: Sql, entries: Sequence[Entry], posted_on: date, posted_at: datetime
) -> None:
    """Post entries, all or none: one COPY per table, in the order that the guards expect."""
    if not entries:
        return
    add = _copy_all if len(entries) > FEW else _insert_all
    await add(sql, entries, posted_on, posted_at)


async def _insert_all(
    sql: Sql, entries: Sequence[Entry], posted_on: date, posted_at: datetime
) -> None:
    for table, columns, types, values in (
        (
            *("journal_entries", rows.ENTRY_COLUMNS, _ENTRY_TYPES),
            _entry_rows(entries, posted_on, posted_at),
        ),
        ("open_items", rows.ITEM_COLUMNS, _ITEM_TYPES, _item_rows(entries, posted_on)),
        ("journal_lines", rows.LINE_COLUMNS, _LINE_TYPES, _line_rows(entries)),
        (
            *("applications", _APPLICATION_COLUMNS, _APPLICATION_TYPES),
            _application_rows(entries, posted_on),
        ),
    ):
        await _insert(sql, table, columns, types, values)


async def _copy_all(
    sql: Sql, entries: Sequence[Entry], posted_on: date, posted_at: datetime
) -> None:
    for table, columns, encoded in (
        ("journal_entries", rows.ENTRY_COLUMNS, rows.entries(entries, posted_on, posted_at)),
        ("open_items", rows.ITEM_COLUMNS, rows.items(entries, posted_on)),
        ("journal_lines", rows.LINE_COLUMNS, rows.lines(entries)),
    ):
        # Encoding is pure computing: off the event loop, like the rating before it.
        await sql.copy_encoded(table, columns, await asyncio.to_thread(stream, encoded))
    if applications := _application_rows(entries, posted_on):
        await sql.copy("applications", _APPLICATION_COLUMNS, applications)


def _entry_rows(
    entries: Sequence[Entry], posted_on: date, posted_at: datetime
) -> list[tuple[object, ...]]:
    return [
        (
            *(e.id, e.kind, posted_on, posted_at, e.source_type, e.source_id, e.account_id),
            *(e.memo, e.reverses_id),
        )
        for e in entries
    ]


def _item_rows(entries: Sequence[Entry], posted_on: date) -> list[tuple[object, ...]]:
    return [
        (
            *(e.account_id, i.id, e.id, i.kind, i.charge_group, i.fund, i.due_on, posted_on),
            i.cents,
        )
        for e in entries
        for i in e.items
    ]


def _line_rows(entries: Sequence[Entry]) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for e in entries:
        for number, (debit, credit, cents, item) in enumerate(e.transfers, 1):
            if item is None:
                found.append((e.id, number, debit, credit, cents, None, None))
            else:
                found.append((e.id, number, debit, credit, cents, e.account_id, e.items[item].id))
    return found


def _application_rows(entries: Sequence[Entry], applied_on: date) -> list[tuple[object, ...]]:
    return [
        (e.account_id, a.id, a.credit_id, a.item_id, a.cents, applied_on, e.id, a.reverses_id)
        for e in entries
        for a in e.applications
    ]


async def _insert(
    sql: Sql, table: str, columns: Sequence[str], types: str, values: list[tuple[object, ...]]
) -> None:
    if not values:
        return
    arrays = ", ".join(f"${place}::{kind}[]" for place, kind in enumerate(types.split(), 1))
    await sql.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT * FROM unnest({arrays})",  # noqa: S608
        *zip(*values, strict=True),
    )
