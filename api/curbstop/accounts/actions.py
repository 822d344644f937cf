"""Opening, correcting, closing and reopening accounts."""

from uuid import UUID

from sqlmodel import col, or_, select

from curbstop.accounts.agreements.actions import open_account as locked_open_account
from curbstop.accounts.customers.actions import EmailNeeded
from curbstop.accounts.customers.queries import CustomerNotFound
from curbstop.accounts.kinds import AccountStatus, Delivery
from curbstop.accounts.models import Account, Agreement, Customer
from curbstop.accounts.queries import AccountNotFound
from curbstop.accounts.schemas import AccountChange, AccountRequest, CloseRequest, ReopenRequest
from curbstop.audit import actions as audit
from curbstop.kernel.errors import Conflict
from curbstop.kernel.ids import account_number
from curbstop.parcels.changes import apply_change, plain, require_same
from curbstop.platform.http import require_version
from curbstop.platform.uow import Uow


class AccountStillServed(Conflict):
    title = "The account still takes a service"


class ClosingRefused(Conflict):
    title = "The account cannot be closed on that day"


class AccountNotClosed(Conflict):
    title = "The account is open"


async def open_account(uow: Uow, request: AccountRequest) -> Account:
    """Open an account under the next number.

    Raises CustomerNotFound, EmailNeeded, IdempotencyConflict (same id, other content).
    """
    if earlier := await uow.session.get(Account, request.id):
        require_same(earlier, request)
        return earlier
    await _require_reachable(uow, request.customer_id, request.delivery)
    serial = await uow.sql.fetchval("SELECT nextval('account_serials')")
    account = Account(
        **request.model_dump(),
        number=account_number(serial),
        status=AccountStatus.OPEN,
        created_at=uow.now,
    )
    uow.session.add(account)
    after = plain(request) | {"number": account.number}
    audit.record(uow, "accounts.opened", account.id, after=after)
    await uow.session.flush()
    return account


async def _require_reachable(uow: Uow, customer_id: UUID, delivery: Delivery) -> None:
    # Locked, so that the address cannot be taken away between this look and the commit.
    customer = await uow.session.get(Customer, customer_id, with_for_update=True)
    if customer is None:
        raise CustomerNotFound(str(customer_id))
    if delivery is not Delivery.PAPER and not customer.email:
        raise EmailNeeded(customer.name)


async def change_account(uow: Uow, account_id: UUID, change: AccountChange, seen: str) -> Account:
    """Correct class, mailing, delivery, language or notes.

    Raises AccountNotFound, StaleVersion, EmailNeeded.
    """
    account = await _locked(uow, account_id)
    require_version(seen, account.version)
    before, after = apply_change(account, change)
    if not after:
        return account
    if "delivery" in after:
        await _require_reachable(uow, account.customer_id, account.delivery)
    account.version += 1
    audit.record(uow, "accounts.changed", account.id, before=before, after=after)
    await uow.session.flush()
    return account


async def close_account(uow: Uow, account_id: UUID, request: CloseRequest) -> Account:
    """Close an account whose services have all ended; what it owes stays.

    Raises AccountNotFound, AccountClosed (on another day), AccountStillServed, ClosingRefused.
    """
    account = await _locked(uow, account_id)
    if account.status is AccountStatus.CLOSED and account.closed_on == request.on:
        return account
    account = await locked_open_account(uow, account_id)
    if request.on < account.opened_on:
        raise ClosingRefused(f"it opened on {account.opened_on}, after {request.on}")
    served = select(Agreement).where(
        Agreement.account_id == account_id,
        or_(col(Agreement.to_on).is_(None), col(Agreement.to_on) > request.on),
    )
    if agreement := (await uow.session.exec(served)).first():
        until = agreement.to_on or "further notice"
        raise AccountStillServed(f"{agreement.service.value} until {until}")
    account.status, account.closed_on = AccountStatus.CLOSED, request.on
    account.version += 1
    audit.record(
        uow,
        "accounts.closed",
        account.id,
        reason=request.reason,
        after={"closed_on": request.on.isoformat()},
    )
    await uow.session.flush()
    return account


async def reopen_account(uow: Uow, account_id: UUID, request: ReopenRequest) -> Account:
    """Take a closing back. Raises AccountNotFound, AccountNotClosed."""
    account = await _locked(uow, account_id)
    if account.status is AccountStatus.OPEN:
        raise AccountNotClosed(account.number)
    closed_on = account.closed_on
    account.status, account.closed_on = AccountStatus.OPEN, None
    account.version += 1
    audit.record(
        uow,
        "accounts.reopened",
        account.id,
        reason=request.reason,
        before={"closed_on": closed_on.isoformat() if closed_on else None},
    )
    await uow.session.flush()
    return account


async def _locked(uow: Uow, account_id: UUID) -> Account:
    account = await uow.session.get(Account, account_id, with_for_update=True)
    if account is None:
        raise AccountNotFound(str(account_id))
    return account
