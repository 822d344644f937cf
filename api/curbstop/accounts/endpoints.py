"""HTTP for accounts."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from curbstop.accounts import actions, queries
from curbstop.accounts.agreements.actions import AccountClosed
from curbstop.accounts.customers.actions import EmailNeeded
from curbstop.accounts.customers.queries import CustomerNotFound
from curbstop.accounts.models import Account
from curbstop.accounts.queries import AccountNotFound
from curbstop.accounts.schemas import (
    AccountChange,
    AccountListParams,
    AccountOut,
    AccountPage,
    AccountRequest,
    AccountRow,
    CloseRequest,
    ReopenRequest,
)
from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import (
    BadInput,
    IdempotencyConflict,
    StaleVersion,
    VersionRequired,
)
from curbstop.platform.http import IfMatch, etag_of, problems
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow, WriteUow

router = APIRouter(prefix="/accounts", tags=["accounts"])
_READ = [requires(Perm.ACCOUNT_READ)]
_WRITE = [requires(Perm.ACCOUNT_WRITE)]


@router.get("", response_model=Page[AccountRow], dependencies=_READ)
async def list_accounts(
    params: Annotated[AccountListParams, Query()], reader: ReadUow, request: Request
) -> Page[AccountRow] | Response:
    """Accounts; `q` finds any scrap of number, name, telephone or service address."""
    return await list_rows(reader, queries.ACCOUNTS, params, request)


@router.post(
    "",
    status_code=201,
    response_model=AccountOut,
    dependencies=_WRITE,
    responses=problems(CustomerNotFound, EmailNeeded, IdempotencyConflict, BadInput),
)
async def open_account(body: AccountRequest, uow: WriteUow, response: Response) -> Account:
    """Open an account under the next number."""
    account = await actions.open_account(uow, body)
    response.headers["ETag"] = etag_of(account.version)
    return account


@router.get(
    "/{account_id}",
    response_model=AccountPage,
    dependencies=_READ,
    responses=problems(AccountNotFound),
)
async def get_account(account_id: UUID, reader: ReadUow, response: Response) -> AccountPage:
    """An account with its customer, services, points, meters and former occupants."""
    page = await queries.find_account(reader.sql, account_id)
    response.headers["ETag"] = etag_of(page.account.version)
    return page


@router.patch(
    "/{account_id}",
    response_model=AccountOut,
    dependencies=_WRITE,
    responses=problems(AccountNotFound, EmailNeeded, StaleVersion, VersionRequired, BadInput),
)
async def change_account(
    account_id: UUID, body: AccountChange, seen: IfMatch, uow: WriteUow, response: Response
) -> Account:
    """Correct class, mailing, delivery, language or notes."""
    account = await actions.change_account(uow, account_id, body, seen)
    response.headers["ETag"] = etag_of(account.version)
    return account


@router.post(
    "/{account_id}/close",
    response_model=AccountOut,
    dependencies=_WRITE,
    responses=problems(
        *(AccountNotFound, AccountClosed, actions.AccountStillServed, actions.ClosingRefused)
    ),
)
async def close_account(account_id: UUID, body: CloseRequest, uow: WriteUow) -> Account:
    """Close an account whose services have all ended."""
    return await actions.close_account(uow, account_id, body)


@router.post(
    "/{account_id}/reopen",
    response_model=AccountOut,
    dependencies=_WRITE,
    responses=problems(AccountNotFound, actions.AccountNotClosed),
)
async def reopen_account(account_id: UUID, body: ReopenRequest, uow: WriteUow) -> Account:
    """Take a closing back."""
    return await actions.reopen_account(uow, account_id, body)
