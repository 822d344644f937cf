"""Starting and ending agreements."""

from decimal import Decimal
from uuid import UUID

from sqlmodel import col, or_, select

from curbstop.accounts.agreements.queries import AgreementNotFound
from curbstop.accounts.agreements.schemas import AgreementEnd, AgreementRequest
from curbstop.accounts.events import AgreementEnded, AgreementStarted
from curbstop.accounts.kinds import AccountStatus
from curbstop.accounts.models import Account, Agreement, RatingAttribute
from curbstop.accounts.queries import AccountNotFound
from curbstop.audit import actions as audit
from curbstop.kernel.errors import Conflict, IdempotencyConflict
from curbstop.kernel.ids import uuid7
from curbstop.meters.service_points.actions import usable_service_point
from curbstop.parcels.changes import plain, require_same
from curbstop.platform.uow import Uow

_DERIVED = frozenset({"attributes"})
_WHOLE = Decimal(100)


class AccountClosed(Conflict):
    title = "The account is closed"


class AgreementBeforeAccount(Conflict):
    title = "The agreement would begin before the account"


class AgreementStands(Conflict):
    title = "The account takes this service there already"


class ShareTaken(Conflict):
    title = "The shares of the service point would come to more than 100 %"


class AgreementEndRefused(Conflict):
    title = "The agreement does not allow this end"


async def open_account(uow: Uow, account_id: UUID) -> Account:
    """The account, locked, when it may take a service. Raises AccountNotFound, AccountClosed."""
    account = await uow.session.get(Account, account_id, with_for_update=True)
    if account is None:
        raise AccountNotFound(str(account_id))
    if account.status is AccountStatus.CLOSED:
        raise AccountClosed(f"{account.number} since {account.closed_on}")
    return account


async def start_agreement(uow: Uow, account_id: UUID, request: AgreementRequest) -> Agreement:
    """The account takes a service from a day on; that day is theirs.

    Whoever took it before must have ended by then, on the same day at the latest, or share.
    Raises AccountNotFound, AccountClosed, AgreementBeforeAccount, ServicePointNotFound,
    ServicePointGone, AgreementStands, ShareTaken, IdempotencyConflict.
    """
    if earlier := await uow.session.get(Agreement, request.id):
        return await _repeated(uow, earlier, account_id, request)
    account = await open_account(uow, account_id)
    if request.from_on < account.opened_on:
        raise AgreementBeforeAccount(f"{account.number} opened on {account.opened_on}")
    await usable_service_point(uow, request.service_point_id)
    await _require_room(uow, account_id, request)
    agreement = Agreement(
        **request.model_dump(exclude=set(_DERIVED)), account_id=account_id, created_at=uow.now
    )
    uow.session.add(agreement)
    await uow.session.flush()
    for name, value in request.attributes.items():
        uow.session.add(
            RatingAttribute(
                id=uuid7(),
                agreement_id=agreement.id,
                name=name,
                value=value,
                from_on=request.from_on,
            )
        )
    audit.record(uow, "agreements.started", account_id, after=plain(request))
    await uow.session.flush()
    uow.emit(
        AgreementStarted(
            *(agreement.id, account_id, agreement.service_point_id),
            *(agreement.service, agreement.from_on),
        )
    )
    return agreement


async def _repeated(
    uow: Uow, earlier: Agreement, account_id: UUID, request: AgreementRequest
) -> Agreement:
    require_same(earlier, request, derived=_DERIVED)
    query = select(RatingAttribute.name, RatingAttribute.value).where(
        RatingAttribute.agreement_id == earlier.id, RatingAttribute.from_on == earlier.from_on
    )
    first = dict((await uow.session.exec(query)).all())
    if earlier.account_id != account_id or first != dict(request.attributes):
        raise IdempotencyConflict(f"{request.id}: account or attributes differ")
    return earlier


async def _require_room(uow: Uow, account_id: UUID, request: AgreementRequest) -> None:
    """The constraints say the same; this says it in words. The point is locked."""
    query = select(Agreement, Account.number).where(
        Agreement.account_id == Account.id,
        Agreement.service_point_id == request.service_point_id,
        Agreement.service == request.service,
        or_(col(Agreement.to_on).is_(None), col(Agreement.to_on) > request.from_on),
        or_(col(Agreement.to_on).is_(None), col(Agreement.to_on) > col(Agreement.from_on)),
    )
    standing = (await uow.session.exec(query)).all()
    for agreement, number in standing:
        if agreement.account_id == account_id:
            raise AgreementStands(f"{number} since {agreement.from_on}")
    days = {request.from_on} | {a.from_on for a, _ in standing if a.from_on > request.from_on}
    for day in sorted(days):
        held = [
            (agreement, number)
            for agreement, number in standing
            if agreement.from_on <= day and (agreement.to_on is None or agreement.to_on > day)
        ]
        if sum((a.share_percent for a, _ in held), request.share_percent) > _WHOLE:
            holders = ", ".join(f"{number} has {a.share_percent} %" for a, number in held)
            raise ShareTaken(f"on {day} {holders}")


async def end_agreement(uow: Uow, agreement_id: UUID, request: AgreementEnd) -> Agreement:
    """The account no longer takes the service from a day on; that day is the next party's.

    An agreement that ends on the day it began had no day and gets no charge. Raises
    AgreementNotFound, AgreementEndRefused (ended otherwise, or before it began).
    """
    agreement = await locked_agreement(uow, agreement_id)
    if agreement.to_on == request.on:
        return agreement
    if agreement.to_on is not None:
        raise AgreementEndRefused(f"it ended on {agreement.to_on}")
    if request.on < agreement.from_on:
        raise AgreementEndRefused(f"it began on {agreement.from_on}, after {request.on}")
    agreement.to_on = request.on
    audit.record(
        uow,
        "agreements.ended",
        agreement.account_id,
        reason=request.note or None,
        before={"agreement_id": str(agreement.id), "to_on": None},
        after={"to_on": request.on.isoformat()},
    )
    await uow.session.flush()
    uow.emit(
        AgreementEnded(
            *(agreement.id, agreement.account_id, agreement.service_point_id),
            *(agreement.service, request.on),
        )
    )
    return agreement


async def locked_agreement(uow: Uow, agreement_id: UUID) -> Agreement:
    """The agreement, others waiting for this unit of work. Raises AgreementNotFound."""
    agreement = await uow.session.get(Agreement, agreement_id, with_for_update=True)
    if agreement is None:
        raise AgreementNotFound(str(agreement_id))
    return agreement
