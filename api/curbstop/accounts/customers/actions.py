"""Keeping the record of customers."""

from typing import Any
from uuid import UUID

from sqlmodel import col, select

from curbstop.accounts.customers.queries import CustomerNotFound
from curbstop.accounts.customers.schemas import CustomerChange, CustomerRequest
from curbstop.accounts.kinds import AccountStatus, Delivery
from curbstop.accounts.models import Account, Customer
from curbstop.accounts.phones import normal_phone
from curbstop.audit import actions as audit
from curbstop.kernel.errors import Conflict, IdempotencyConflict
from curbstop.parcels.changes import apply_change, plain, require_same
from curbstop.platform.http import require_version
from curbstop.platform.uow import Uow

_PHONE = frozenset({"phone"})


class EmailNeeded(Conflict):
    title = "Statements by e-mail need the customer's address"


async def add_customer(uow: Uow, request: CustomerRequest) -> Customer:
    """Put a customer on record. Raises IdempotencyConflict (same id, other content)."""
    if earlier := await uow.session.get(Customer, request.id):
        require_same(earlier, request, derived=_PHONE)
        if earlier.phone_raw != request.phone:
            raise IdempotencyConflict(f"{request.id}: phone differs")
        return earlier
    customer = Customer(
        **request.model_dump(exclude=set(_PHONE)),
        phone=normal_phone(request.phone),
        phone_raw=request.phone,
        created_at=uow.now,
    )
    uow.session.add(customer)
    audit.record(uow, "customers.added", customer.id, after=plain(request))
    await uow.session.flush()
    return customer


async def change_customer(
    uow: Uow, customer_id: UUID, change: CustomerChange, seen: str
) -> Customer:
    """Correct what is known of a customer.

    Raises CustomerNotFound, StaleVersion, EmailNeeded (an account of theirs is billed by e-mail).
    """
    customer = await uow.session.get(Customer, customer_id, with_for_update=True)
    if customer is None:
        raise CustomerNotFound(str(customer_id))
    require_version(seen, customer.version)
    before, after = _apply(customer, change)
    if not after:
        return customer
    if "email" in after and not customer.email:
        await _require_paper(uow, customer_id)
    customer.version += 1
    audit.record(uow, "customers.changed", customer.id, before=before, after=after)
    await uow.session.flush()
    return customer


def _apply(customer: Customer, change: CustomerChange) -> tuple[dict[str, Any], dict[str, Any]]:
    """As `apply_change`, with the telephone number set both as said and by its digits."""
    others = change.model_fields_set - _PHONE
    rest = CustomerChange.model_validate({name: getattr(change, name) for name in others})
    before, after = apply_change(customer, rest)
    if "phone" in change.model_fields_set and change.phone != customer.phone_raw:
        before["phone"], after["phone"] = customer.phone_raw, change.phone
        customer.phone, customer.phone_raw = normal_phone(change.phone), change.phone
    return before, after


async def _require_paper(uow: Uow, customer_id: UUID) -> None:
    query = select(Account.number).where(
        Account.customer_id == customer_id,
        Account.status == AccountStatus.OPEN,
        col(Account.delivery) != Delivery.PAPER,
    )
    with uow.session.no_autoflush:
        if number := (await uow.session.exec(query)).first():
            raise EmailNeeded(f"account {number} is billed by e-mail")
