"""Setting the thresholds of the rules."""

from curbstop.audit import actions as audit
from curbstop.kernel.errors import BadInput, FieldError, IdempotencyConflict
from curbstop.platform.uow import Uow
from curbstop.readings.reviews.models import RuleParameter
from curbstop.readings.reviews.schemas import ParameterOut, ParameterRequest
from curbstop.readings.validation.facts import PARAMETER_NAMES


async def set_parameter(uow: Uow, request: ParameterRequest) -> ParameterOut:
    """Set a threshold from a day on; earlier ones stay on record.

    Raises: BadInput (no such threshold), IdempotencyConflict (same id, other content).
    """
    if request.name not in PARAMETER_NAMES:
        reason = f"one of: {', '.join(PARAMETER_NAMES)}"
        raise BadInput(f"no threshold {request.name!r}", FieldError("/name", reason))
    if earlier := await uow.session.get(RuleParameter, request.id):
        same = ParameterRequest.model_validate(earlier, from_attributes=True)
        if same != request:
            raise IdempotencyConflict(str(request.id))
        return ParameterOut.model_validate(earlier, from_attributes=True)
    row = RuleParameter(**request.model_dump(), decided_by=uow.actor.id, decided_at=uow.now)
    uow.session.add(row)
    after = {**request.model_dump(mode="json", exclude={"id", "reason"})}
    audit.record(uow, "read_rule.set", request.id, after=after, reason=request.reason)
    await uow.session.flush()
    return ParameterOut.model_validate(row, from_attributes=True)
