"""Raising and removing flags, and keeping their kinds."""

from datetime import date
from uuid import UUID

from sqlmodel import col, or_, select

from curbstop.accounts.flags.models import AccountFlag, FlagKind
from curbstop.accounts.flags.queries import FlagKindNotFound, FlagNotFound, find_flag
from curbstop.accounts.flags.schemas import (
    AccountFlagOut,
    AccountFlagRequest,
    FlagKindRequest,
    FlagRemoval,
)
from curbstop.accounts.models import Account
from curbstop.accounts.queries import AccountNotFound
from curbstop.audit import actions as audit
from curbstop.kernel.errors import BadInput, Conflict, FieldError, IdempotencyConflict
from curbstop.parcels.changes import apply_change, plain, require_same
from curbstop.platform.uow import Uow


class FlagStands(Conflict):
    title = "The account has a flag of that kind"


class FlagAlreadyRemoved(Conflict):
    title = "The flag was removed before"


class FlagKindRetired(Conflict):
    title = "That kind of flag is not offered any more"


async def raise_flag(uow: Uow, account_id: UUID, request: AccountFlagRequest) -> AccountFlagOut:
    """Flag an account from today on, until a day or until somebody removes the flag.

    Raises AccountNotFound, FlagKindNotFound, FlagKindRetired, FlagStands, BadInput (a day not after
    today), IdempotencyConflict (same id, other content).
    """
    if earlier := await uow.session.get(AccountFlag, request.id):
        require_same(earlier, request)
        if earlier.account_id != account_id:
            raise IdempotencyConflict(f"{request.id}: account_id differs")
        return await find_flag(uow.sql, request.id, uow.today)
    # Locked, so that of two of a kind at once the second hears of the first.
    if await uow.session.get(Account, account_id, with_for_update=True) is None:
        raise AccountNotFound(str(account_id))
    if request.to_on is not None and request.to_on <= uow.today:
        raise BadInput("it would never be shown", FieldError("/to_on", "must be after today"))
    await _require_offered(uow, request.kind)
    await _require_none_standing(uow, account_id, request.kind, request.to_on)
    flag = AccountFlag(
        **request.model_dump(),
        account_id=account_id,
        from_on=uow.today,
        raised_by=uow.actor.id,
        raised_by_name=uow.actor.name,
        raised_at=uow.now,
    )
    uow.session.add(flag)
    audit.record(uow, "accounts.flag_raised", account_id, after=plain(request))
    return await find_flag(uow.sql, flag.id, uow.today)


async def _require_offered(uow: Uow, code: str) -> None:
    kind = await uow.session.get(FlagKind, code)
    if kind is None:
        raise FlagKindNotFound(code)
    if not kind.is_offered:
        raise FlagKindRetired(kind.name)


async def _require_none_standing(uow: Uow, account_id: UUID, kind: str, to_on: date | None) -> None:
    standing = select(AccountFlag).where(
        AccountFlag.account_id == account_id,
        AccountFlag.kind == kind,
        col(AccountFlag.removed_at).is_(None),
        or_(col(AccountFlag.to_on).is_(None), col(AccountFlag.to_on) > uow.today),
    )
    if flag := (await uow.session.exec(standing)).first():
        raise FlagStands(f"since {flag.from_on}: {flag.reason}")


async def remove_flag(uow: Uow, flag_id: UUID, request: FlagRemoval) -> AccountFlagOut:
    """Take a flag down before its day; who and why stay with it.

    Raises FlagNotFound, FlagAlreadyRemoved (for another reason).
    """
    flag = await uow.session.get(AccountFlag, flag_id, with_for_update=True)
    if flag is None:
        raise FlagNotFound(str(flag_id))
    if flag.removed_at is not None:
        if flag.removal_reason != request.reason:
            raise FlagAlreadyRemoved(f"by {flag.removed_by_name}: {flag.removal_reason}")
        return await find_flag(uow.sql, flag_id, uow.today)
    flag.removed_by, flag.removed_by_name = uow.actor.id, uow.actor.name
    flag.removed_at, flag.removal_reason = uow.now, request.reason
    after = {"flag_id": str(flag.id), "kind": flag.kind}
    audit.record(uow, "accounts.flag_removed", flag.account_id, reason=request.reason, after=after)
    return await find_flag(uow.sql, flag_id, uow.today)


async def keep_kind(uow: Uow, code: str, request: FlagKindRequest) -> FlagKind:
    """Add a kind of flag, or change its words; flags that stand show the new words."""
    kind = await uow.session.get(FlagKind, code, with_for_update=True)
    if kind is None:
        kind = FlagKind(code=code, **request.model_dump())
        uow.session.add(kind)
        after = {"code": code} | plain(request)
        audit.record(uow, "accounts.flag_kind_added", after=after)
    else:
        before, after = apply_change(kind, request)
        if after:
            named = {"code": code}
            audit.record(
                uow, "accounts.flag_kind_changed", before=named | before, after=named | after
            )
    await uow.session.flush()
    return kind
