"""Estimate a read that nobody could take."""

from datetime import date
from uuid import UUID

from curbstop.audit import actions as audit
from curbstop.kernel.errors import Conflict
from curbstop.kernel.ids import uuid7
from curbstop.platform.uow import Uow
from curbstop.readings.actions import NewRead, add_revision, answer_exceptions
from curbstop.readings.estimation.methods import Estimate, EstimateInputs, estimate
from curbstop.readings.estimation.queries import estimate_inputs
from curbstop.readings.kinds import ReadMethod
from curbstop.readings.models import EstimateRecord
from curbstop.readings.queries import get_placed_register
from curbstop.readings.reviews.judging import judge_one


class NothingToEstimateFrom(Conflict):
    title = "Nothing is known to estimate from"


async def estimate_read(uow: Uow, register_id: UUID, read_on: date, reason: str) -> Estimate:
    """Put an estimated read in the place of a missing or wrong one; the method is kept with it.

    The next actual read takes the remainder; when it shows less, the consumption is blocked with
    cancel-and-rebill. Raises: RegisterNotFound, NothingToEstimateFrom.
    """
    placed = await get_placed_register(uow.sql, register_id, read_on)
    inputs = await estimate_inputs(uow.sql, placed.facts, placed.service_point_id, read_on)
    made = estimate(placed.facts, inputs) if inputs else None
    if inputs is None or made is None:
        raise NothingToEstimateFrom(f"meter {placed.serial} on {read_on}")
    read = NewRead(register_id, read_on, made.value, ReadMethod.ESTIMATED, rollovers=made.rollovers)
    await add_revision(uow, read, value=made.value)
    record = EstimateRecord(
        id=uuid7(),
        register_id=register_id,
        read_on=read_on,
        method=made.method,
        used=made.used,
        value=made.value,
        explanation=made.explanation,
        inputs=_plain(inputs),
        made_by=uow.actor.id,
        made_at=uow.now,
    )
    uow.session.add(record)
    after = {"value": str(made.value), "method": made.method.value, "how": made.explanation}
    audit.record(uow, "read.estimated", register_id, after=after, reason=reason)
    await answer_exceptions(uow, register_id, read_on, "estimated")
    await judge_one(uow, register_id, placed.service_point_id, read_on)
    return made


def _plain(inputs: EstimateInputs) -> dict[str, str | None]:
    names = EstimateInputs.__dataclass_fields__
    values = {name: getattr(inputs, name) for name in names}
    return {name: None if value is None else str(value) for name, value in values.items()}
