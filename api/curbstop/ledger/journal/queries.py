"""Reading entries, an account's ledger, its open items and their age."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import asyncpg

from curbstop.accounts.queries import AccountNotFound
from curbstop.kernel.errors import BadInput, FieldError, NotFound
from curbstop.ledger.entries import Entry, EntryKind, ItemKind, NewItem, Transfer
from curbstop.ledger.journal.schemas import (
    AccountLedger,
    Aging,
    EntryOut,
    GlAccountOut,
    LedgerLine,
    LineOut,
    OpenItemOut,
)
from curbstop.ledger.recipes import LiveApplication
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec
from curbstop.platform.pagination import CursorPage

GL_ACCOUNTS = ListSpec(
    row=GlAccountOut,
    source="gl_accounts",
    columns={name: name for name in GlAccountOut.model_fields},
    sort="code",
    tiebreak="code",
    filters={"kind": "kind = {}", "fund": "fund = {}"},
    search="code ILIKE {} OR name ILIKE {}",
)
_ENTRIES = """
SELECT id, seq, kind, posted_on, posted_at, source_type, source_id, account_id, memo, reverses_id
FROM journal_entries
WHERE seq < $1 AND ($3::text IS NULL OR kind = $3) AND ($4::uuid IS NULL OR account_id = $4)
  AND ($5::date IS NULL OR posted_on >= date_trunc('month', $5)
    AND posted_on < date_trunc('month', $5) + interval '1 month')
ORDER BY seq DESC LIMIT $2
"""
_ENTRY = """
SELECT id, seq, kind, posted_on, posted_at, source_type, source_id, account_id, memo, reverses_id
FROM journal_entries WHERE id = $1
"""


class EntryNotFound(NotFound):
    title = "No such journal entry"


async def require_account(sql: Sql, account_id: UUID) -> None:
    """Raises AccountNotFound."""
    if await sql.fetchval("SELECT 1 FROM accounts WHERE id = $1", account_id) is None:
        raise AccountNotFound(str(account_id))


def _before(cursor: str | None) -> int:
    if cursor is None:
        return 2**62
    if not (cursor.isascii() and cursor.isdigit() and int(cursor) < 2**62):
        raise BadInput("unknown cursor", FieldError("/cursor", "take it from next_cursor"))
    return int(cursor)


async def _with_lines(sql: Sql, rows: Sequence[asyncpg.Record]) -> list[EntryOut]:
    lines = await sql.fetch(
        "SELECT entry_id, line, debit, credit, cents, account_id, item_id FROM journal_lines"
        " WHERE entry_id = ANY($1::uuid[]) ORDER BY entry_id, line",
        [row["id"] for row in rows],
    )
    by_entry: dict[UUID, list[LineOut]] = {}
    for line in lines:
        by_entry.setdefault(line["entry_id"], []).append(LineOut.model_validate(dict(line)))
    return [EntryOut(**dict(row), lines=by_entry.get(row["id"], [])) for row in rows]


async def list_entries(
    sql: Sql,
    limit: int,
    cursor: str | None,
    kind: str | None = None,
    account_id: UUID | None = None,
    month: date | None = None,
) -> CursorPage[EntryOut]:
    """Entries newest first, `limit` a page; `month` is any day of it.

    Raises BadInput for a cursor that is not ours.
    """
    rows = await sql.fetch(_ENTRIES, _before(cursor), limit + 1, kind, account_id, month)
    items = await _with_lines(sql, rows[:limit])
    return CursorPage(items=items, next_cursor=str(items[-1].seq) if len(rows) > limit else None)


async def find_entry(sql: Sql, entry_id: UUID) -> EntryOut:
    """One entry with its lines. Raises EntryNotFound."""
    rows = await sql.fetch(_ENTRY, entry_id)
    if not rows:
        raise EntryNotFound(str(entry_id))
    return (await _with_lines(sql, rows))[0]


async def posted_entry(sql: Sql, entry_id: UUID) -> Entry:
    """An entry as the value that recipes take, to reverse or mirror it. Raises EntryNotFound."""
    found = await find_entry(sql, entry_id)
    rows = await sql.fetch(
        "SELECT id, kind, charge_group, fund, due_on, cents FROM open_items WHERE entry_id = $1"
        " ORDER BY id",
        entry_id,
    )
    items = [NewItem(row["id"], ItemKind(row["kind"]), *list(row)[2:]) for row in rows]
    place = {item.id: number for number, item in enumerate(items)}
    return Entry(
        found.id,
        EntryKind(found.kind),
        found.source_type,
        found.source_id,
        found.account_id,
        found.memo,
        tuple(_transfer(line, place) for line in found.lines),
        tuple(items),
        reverses_id=found.reverses_id,
    )


def _transfer(line: LineOut, place: Mapping[UUID, int]) -> Transfer:
    item = None if line.item_id is None else place[line.item_id]
    return Transfer(line.debit, line.credit, line.cents, item)


async def live_applications(sql: Sql, entry: Entry) -> list[LiveApplication]:
    """What was applied to or from the entry's items and still stands."""
    rows = await sql.fetch(
        "SELECT a.id, a.credit_id, a.item_id, a.cents FROM applications a"
        " WHERE a.account_id = $1 AND a.cents > 0"
        " AND (a.item_id = ANY($2::uuid[]) OR a.credit_id = ANY($2::uuid[]))"
        " AND NOT EXISTS (SELECT 1 FROM applications r WHERE r.reverses_id = a.id) ORDER BY a.id",
        entry.account_id,
        [item.id for item in entry.items],
    )
    return [LiveApplication(*row) for row in rows]


async def aging(sql: Sql, account_id: UUID, as_of_on: date) -> Aging:
    """An account's balance by days past due on a day; due up to 30 days ago counts as current."""
    row = await sql.fetchrow(
        "SELECT COALESCE(sum(open_cents) FILTER (WHERE open_cents > 0 AND $2 - due_on <= 30), 0),"
        " COALESCE(sum(open_cents) FILTER (WHERE open_cents > 0 AND $2 - due_on > 30"
        "  AND $2 - due_on <= 60), 0),"
        " COALESCE(sum(open_cents) FILTER (WHERE open_cents > 0 AND $2 - due_on > 60"
        "  AND $2 - due_on <= 90), 0),"
        " COALESCE(sum(open_cents) FILTER (WHERE open_cents > 0 AND $2 - due_on > 90), 0),"
        " COALESCE(-sum(open_cents) FILTER (WHERE open_cents < 0), 0)"
        " FROM item_balances WHERE account_id = $1",
        account_id,
        as_of_on,
    )
    assert row is not None
    current, over_30, over_60, over_90, unapplied = map(int, row)
    return Aging(
        as_of_on=as_of_on,
        current_cents=current,
        over_30_cents=over_30,
        over_60_cents=over_60,
        over_90_cents=over_90,
        unapplied_cents=unapplied,
        balance_cents=current + over_30 + over_60 + over_90 - unapplied,
    )


async def account_ledger(
    sql: Sql, account_id: UUID, today: date, limit: int, cursor: str | None
) -> AccountLedger:
    """An account's acts, newest first, each with the balance after it. Raises BadInput."""
    rows = await sql.fetch(
        "SELECT * FROM (SELECT e.id AS entry_id, e.seq, e.kind, e.posted_on, e.source_type,"
        " e.source_id, e.memo, e.reverses_id, i.cents,"
        " sum(i.cents) OVER (ORDER BY e.seq)::bigint AS balance_cents"
        " FROM journal_entries e CROSS JOIN LATERAL (SELECT COALESCE(sum(o.cents), 0)::bigint"
        "  AS cents FROM open_items o WHERE o.entry_id = e.id) i WHERE e.account_id = $1) l"
        " WHERE seq < $2 ORDER BY seq DESC LIMIT $3",
        account_id,
        _before(cursor),
        limit + 1,
    )
    items = [LedgerLine.model_validate(dict(row)) for row in rows[:limit]]
    return AccountLedger(
        aging=await aging(sql, account_id, today),
        items=items,
        next_cursor=str(items[-1].seq) if len(rows) > limit else None,
    )


async def open_items(sql: Sql, account_id: UUID, today: date) -> list[OpenItemOut]:
    """What is not settled on an account: charges by due date, then credits."""
    rows = await sql.fetch(
        "SELECT id, entry_id, kind, charge_group, fund, due_on, posted_on, cents, open_cents,"
        " $2::date - due_on AS days_past_due FROM item_balances"
        " WHERE account_id = $1 AND open_cents <> 0 ORDER BY open_cents < 0, due_on, id",
        account_id,
        today,
    )
    return [OpenItemOut.model_validate(dict(row)) for row in rows]
