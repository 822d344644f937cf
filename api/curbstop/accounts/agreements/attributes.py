"""Facts that a rate asks for, each true from a day on."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import select

from curbstop.accounts.agreements.actions import locked_agreement
from curbstop.accounts.agreements.schemas import AttributeOut, AttributeRequest
from curbstop.accounts.models import RatingAttribute
from curbstop.audit import actions as audit
from curbstop.kernel.errors import Conflict
from curbstop.kernel.ids import uuid7
from curbstop.platform.uow import Uow


class AttributeOutsideAgreement(Conflict):
    title = "The agreement is not in force on that day"


@dataclass(frozen=True, slots=True)
class _Values:
    """The values of one attribute, oldest first, and the one in force on a day."""

    rows: list[RatingAttribute]

    def on(self, day: date) -> RatingAttribute | None:
        for row in self.rows:
            if row.from_on <= day and (row.to_on is None or row.to_on > day):
                return row
        return None

    def next_after(self, day: date) -> date | None:
        return min((row.from_on for row in self.rows if row.from_on > day), default=None)


async def set_attribute(
    uow: Uow, agreement_id: UUID, request: AttributeRequest
) -> list[AttributeOut]:
    """From a day on the attribute has this value, until the next one on record; null: none.

    What was said of that very day is replaced, with before and after in the trail. Repeating it
    changes nothing. Returns all values of the name, oldest first. Raises AgreementNotFound,
    AttributeOutsideAgreement.
    """
    agreement = await locked_agreement(uow, agreement_id)
    ended = agreement.to_on is not None and request.from_on >= agreement.to_on
    if request.from_on < agreement.from_on or ended:
        raise AttributeOutsideAgreement(
            f"it runs from {agreement.from_on} to {agreement.to_on or 'further notice'}"
        )
    values = await _values(uow, agreement_id, request.name)
    standing = values.on(request.from_on)
    if (standing.value if standing else None) != request.value:
        await _replace(uow, agreement_id, request, values, standing)
        audit.record(
            uow,
            "agreements.attribute_set",
            agreement.account_id,
            reason=request.reason,
            before={request.name: standing.value if standing else None},
            after={
                request.name: request.value,
                "from_on": request.from_on.isoformat(),
                "agreement_id": str(agreement_id),
            },
        )
        values = await _values(uow, agreement_id, request.name)
    return [AttributeOut.model_validate(row, from_attributes=True) for row in values.rows]


async def _values(uow: Uow, agreement_id: UUID, name: str) -> _Values:
    query = select(RatingAttribute).where(
        RatingAttribute.agreement_id == agreement_id, RatingAttribute.name == name
    )
    rows = (await uow.session.exec(query.order_by("from_on"))).all()
    return _Values(list(rows))


async def _replace(
    uow: Uow,
    agreement_id: UUID,
    request: AttributeRequest,
    values: _Values,
    standing: RatingAttribute | None,
) -> None:
    to_on = standing.to_on if standing else values.next_after(request.from_on)
    if standing is not None and standing.from_on == request.from_on:
        await uow.session.delete(standing)
    elif standing is not None:
        standing.to_on = request.from_on
    await uow.session.flush()  # the old value leaves its days before the new one takes them
    if request.value is not None:
        uow.session.add(
            RatingAttribute(
                id=uuid7(),
                agreement_id=agreement_id,
                name=request.name,
                value=request.value,
                from_on=request.from_on,
                to_on=to_on,
            )
        )
        await uow.session.flush()
