"""HTTP for the chart, the journal, and an account's ledger."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from curbstop.accounts.queries import AccountNotFound
from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.dates import Day
from curbstop.kernel.errors import BadInput
from curbstop.ledger.entries import EntryKind
from curbstop.ledger.journal import queries
from curbstop.ledger.journal.schemas import (
    AccountLedger,
    EntryOut,
    GlAccountListParams,
    GlAccountOut,
    OpenItemOut,
)
from curbstop.platform.http import problems
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import CursorPage, Page
from curbstop.platform.uow import ReadUow

router = APIRouter(tags=["ledger"], dependencies=[requires(Perm.LEDGER_READ)])
Limit = Annotated[int, Query(ge=1, le=500, description="Rows on a page.")]
Cursor = Annotated[str | None, Query(max_length=20, description="`next_cursor` of a page.")]


@router.get("/gl-accounts", response_model=Page[GlAccountOut], responses=problems(BadInput))
async def list_gl_accounts(
    params: Annotated[GlAccountListParams, Query()], reader: ReadUow, request: Request
) -> Page[GlAccountOut] | Response:
    """The chart of accounts."""
    return await list_rows(reader, queries.GL_ACCOUNTS, params, request)


@router.get("/journal-entries", response_model=CursorPage[EntryOut], responses=problems(BadInput))
async def list_journal_entries(
    reader: ReadUow,
    limit: Limit = 50,
    cursor: Cursor = None,
    kind: EntryKind | None = None,
    account_id: UUID | None = None,
    month: Annotated[Day | None, Query(description="Any day of the month.")] = None,
) -> CursorPage[EntryOut]:
    """Posted entries with their lines, newest first."""
    return await queries.list_entries(reader.sql, limit, cursor, kind, account_id, month)


@router.get(
    "/journal-entries/{entry_id}",
    response_model=EntryOut,
    responses=problems(queries.EntryNotFound),
)
async def get_journal_entry(entry_id: UUID, reader: ReadUow) -> EntryOut:
    """One entry with its lines."""
    return await queries.find_entry(reader.sql, entry_id)


@router.get(
    "/accounts/{account_id}/ledger",
    response_model=AccountLedger,
    responses=problems(AccountNotFound, BadInput),
)
async def get_account_ledger(
    account_id: UUID, reader: ReadUow, limit: Limit = 50, cursor: Cursor = None
) -> AccountLedger:
    """An account's acts with running balance, newest first, and its balance by age."""
    await queries.require_account(reader.sql, account_id)
    return await queries.account_ledger(reader.sql, account_id, reader.today, limit, cursor)


@router.get(
    "/accounts/{account_id}/open-items",
    response_model=list[OpenItemOut],
    responses=problems(AccountNotFound),
)
async def list_open_items(account_id: UUID, reader: ReadUow) -> list[OpenItemOut]:
    """What an account owes item by item, and the credits that it has not used."""
    await queries.require_account(reader.sql, account_id)
    return await queries.open_items(reader.sql, account_id, reader.today)
