"""Taking payments and taking them back.

Everything about one account happens behind the lock of its row, taken first. Of many identical
requests one posts and the others, when their turn comes, find it and answer the same.
"""

from uuid import UUID

from curbstop.audit import actions as audit
from curbstop.kernel.errors import BadInput, Conflict, FieldError, IdempotencyConflict
from curbstop.kernel.money import format_cents
from curbstop.ledger import recipes
from curbstop.ledger.allocation import queries as allocation
from curbstop.ledger.allocation.actions import settled_by
from curbstop.ledger.allocation.allocate import OpenAmount
from curbstop.ledger.chart import load_chart
from curbstop.ledger.entries import Entry
from curbstop.ledger.journal.actions import reverse_entry
from curbstop.ledger.posting import lock_account, post
from curbstop.payments import queries
from curbstop.payments.cards import refuse_card_numbers
from curbstop.payments.events import PaymentPosted, PaymentReversed
from curbstop.payments.models import PaymentRequest, PaymentReversal, Tender
from curbstop.payments.schemas import Paid, PaymentOut, ReversalIn
from curbstop.platform.uow import Uow


class ReferenceMissing(BadInput):
    title = "A check needs its number, a card the processor's reference"


class ReceivedLater(BadInput):
    title = "A payment cannot be received after today"


class PaymentAlreadyReversed(Conflict):
    title = "The payment was taken back before"


_COLUMNS = (
    *PaymentRequest.model_fields,
    "entry_id",
    "posted_at",
    "received_by",
    "received_by_name",
)
_INSERT = (
    f"INSERT INTO payments ({', '.join(_COLUMNS)})"  # noqa: S608
    f" VALUES ({', '.join(f'${place}' for place in range(1, len(_COLUMNS) + 1))})"
)


def _check(uow: Uow, request: PaymentRequest) -> None:
    refuse_card_numbers(reference=request.reference, note=request.note)
    if request.tender is not Tender.CASH and not request.reference.strip():
        raise ReferenceMissing("", FieldError("/reference", f"needed with {request.tender}"))
    if request.received_on > uow.today:
        raise ReceivedLater("", FieldError("/received_on", f"today is {uow.today}"))


async def take_payment(uow: Uow, request: PaymentRequest) -> PaymentOut:
    """Post a payment: allocate it, book it, tell the rooms above, all or nothing.

    Raises CardNumberRefused, ReferenceMissing, ReceivedLater, AccountNotFound,
    IdempotencyConflict (same id, other content).
    """
    _check(uow, request)
    await lock_account(uow.sql, request.account_id)
    earlier = await uow.sql.fetchrow("SELECT * FROM payments WHERE id = $1", request.id)
    if earlier is not None:
        if any(earlier[name] != value for name, value in request.model_dump().items()):
            raise IdempotencyConflict(str(request.id))
        return await queries.find_payment(uow.sql, request.id)
    open_now = await allocation.open_amounts(uow.sql, request.account_id)
    entry = recipes.payment(
        await load_chart(uow.sql),
        request.id,
        request.account_id,
        f"tender_{request.tender.value}",
        request.cents,
        uow.today,
        f"Payment, {request.tender.value} {request.reference}".rstrip(),
    )
    order = await allocation.order_on(uow.sql, uow.today)
    entry = await post(uow, settled_by(entry, open_now, order, uow.today))
    values = (getattr(request, name) for name in PaymentRequest.model_fields)
    await uow.sql.execute(_INSERT, *values, entry.id, uow.now, uow.actor.id, uow.actor.name)
    after = {
        "account_id": str(request.account_id),
        "cents": request.cents,
        "tender": request.tender,
    }
    audit.record(uow, "payment.posted", request.id, after=after)
    uow.emit(
        PaymentPosted(request.id, request.account_id, entry.id, request.cents, request.received_on)
    )
    return _posted(uow, request, entry, open_now)


def _posted(
    uow: Uow, request: PaymentRequest, entry: Entry, open_now: list[OpenAmount]
) -> PaymentOut:
    """The answer, from memory: the same as `find_payment` reads, without reading."""
    items = {amount.id: amount for amount in open_now}
    paid = [
        Paid(
            item_id=each.item_id,
            charge_group=items[each.item_id].charge_group,
            due_on=items[each.item_id].due_on,
            cents=each.cents,
        )
        for each in entry.applications
    ]
    paid.sort(key=lambda each: (each.due_on, each.item_id.bytes))
    return PaymentOut(
        **request.model_dump(),
        entry_id=entry.id,
        posted_at=uow.now,
        received_by=uow.actor.id,
        received_by_name=uow.actor.name,
        paid=paid,
        unapplied_cents=request.cents - sum(each.cents for each in paid),
        reversed_at=None,
        reversal_reason=None,
    )


async def reverse_payment(uow: Uow, payment_id: UUID, request: ReversalIn) -> PaymentOut:
    """Take a payment back: what it paid is open again, with its own due dates, not as a new debt.

    Raises CardNumberRefused, PaymentNotFound, PaymentAlreadyReversed, IdempotencyConflict.
    """
    refuse_card_numbers(note=request.note)
    payment = await queries.find_payment(uow.sql, payment_id)
    await lock_account(uow.sql, payment.account_id)
    earlier = await uow.sql.fetchrow(
        "SELECT * FROM payment_reversals WHERE payment_id = $1 OR id = $2", payment_id, request.id
    )
    if earlier is not None:
        same = (earlier["payment_id"], earlier["reason"], earlier["note"]) == (
            *(payment_id, request.reason),
            request.note,
        )
        if earlier["id"] == request.id and same:
            return await queries.find_payment(uow.sql, payment_id)
        if earlier["id"] == request.id:
            raise IdempotencyConflict(str(request.id))
        raise PaymentAlreadyReversed(f"on {earlier['reversed_at']:%Y-%m-%d}: {earlier['reason']}")
    memo = f"Payment of {format_cents(payment.cents)} taken back: {request.reason.value}"
    entry = await reverse_entry(uow, payment.entry_id, "payment_reversal", request.id, memo)
    uow.session.add(
        PaymentReversal(
            id=request.id,
            payment_id=payment_id,
            reason=request.reason,
            note=request.note,
            entry_id=entry.id,
            reversed_at=uow.now,
            reversed_by=uow.actor.id,
            reversed_by_name=uow.actor.name,
        )
    )
    after = {"reason": request.reason, "cents": payment.cents}
    audit.record(uow, "payment.reversed", payment_id, reason=request.note or None, after=after)
    uow.emit(
        PaymentReversed(payment_id, payment.account_id, entry.id, payment.cents, request.reason)
    )
    return await queries.find_payment(uow.sql, payment_id)
