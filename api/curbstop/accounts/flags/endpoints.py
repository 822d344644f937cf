"""HTTP for flags and their kinds."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path

from curbstop.accounts.flags import actions, queries
from curbstop.accounts.flags.models import FlagKind
from curbstop.accounts.flags.schemas import (
    AccountFlagOut,
    AccountFlagRequest,
    FlagKindOut,
    FlagKindRequest,
    FlagRemoval,
)
from curbstop.accounts.queries import AccountNotFound
from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import BadInput, IdempotencyConflict
from curbstop.platform.http import problems
from curbstop.platform.uow import ReadUow, WriteUow

router = APIRouter(tags=["accounts"])
_READ = [requires(Perm.ACCOUNT_READ)]
_WRITE = [requires(Perm.NOTE_WRITE)]
KindCode = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{1,39}$", examples=["dog"])]


@router.get("/flag-kinds", response_model=list[FlagKindOut], dependencies=_READ)
async def list_flag_kinds(reader: ReadUow) -> list[FlagKindOut]:
    """The kinds of flag that the office knows, those no longer offered too."""
    return await queries.list_kinds(reader.sql)


@router.put(
    "/flag-kinds/{code}",
    response_model=FlagKindOut,
    dependencies=[requires(Perm.POLICY_WRITE)],
    responses=problems(BadInput),
)
async def keep_flag_kind(code: KindCode, body: FlagKindRequest, uow: WriteUow) -> FlagKind:
    """Add a kind of flag, or change its words."""
    return await actions.keep_kind(uow, code, body)


@router.get("/accounts/{account_id}/flags", response_model=list[AccountFlagOut], dependencies=_READ)
async def list_account_flags(account_id: UUID, reader: ReadUow) -> list[AccountFlagOut]:
    """Every flag of an account: those in force first, the loudest before the others."""
    return await queries.flags_of(reader.sql, account_id, reader.today)


@router.post(
    "/accounts/{account_id}/flags",
    status_code=201,
    response_model=AccountFlagOut,
    dependencies=_WRITE,
    responses=problems(
        *(AccountNotFound, queries.FlagKindNotFound, actions.FlagKindRetired),
        *(actions.FlagStands, IdempotencyConflict, BadInput),
    ),
)
async def raise_account_flag(
    account_id: UUID, body: AccountFlagRequest, uow: WriteUow
) -> AccountFlagOut:
    """Flag an account, until a day or until removed."""
    return await actions.raise_flag(uow, account_id, body)


@router.post(
    "/account-flags/{flag_id}/remove",
    response_model=AccountFlagOut,
    dependencies=_WRITE,
    responses=problems(queries.FlagNotFound, actions.FlagAlreadyRemoved),
)
async def remove_account_flag(flag_id: UUID, body: FlagRemoval, uow: WriteUow) -> AccountFlagOut:
    """Take a flag down before its day."""
    return await actions.remove_flag(uow, flag_id, body)
