"""Setting the thresholds of the rules."""

from curbstop.audit import actions as audit
from curbstop.kernel.errors import BadInput, FieldError, IdempotencyConflict
from curbstop.platform.uow import Uow
from curbstop.readings.reviews.models import RuleParameter
from curbstop.readings.reviews.schemas import ParameterOut, ParameterRequest
from curbstop.readings.validation.thresholds import THRESHOLDS


async def set_parameter(uow: Uow, request: ParameterRequest) -> ParameterOut:
    """Set a threshold from a day on; earlier ones stay on record.

    Raises: BadInput (no such threshold, or a value that it cannot take), IdempotencyConflict (same
    id, other content).
    """
    _require_meaning(request)
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


def _require_meaning(request: ParameterRequest) -> None:
    threshold = next((one for one in THRESHOLDS if one.name == request.name), None)
    if threshold is None:
        reason = f"one of: {', '.join(one.name for one in THRESHOLDS)}"
        raise BadInput(f"no threshold {request.name!r}", FieldError("/name", reason))
    if threshold.whole and request.value != int(request.value):
        raise BadInput("not a whole number", FieldError("/value", "must be a whole number"))
    if not threshold.by_class:
        for field in ("account_class", "season"):
            if getattr(request, field) is not None:
                reason = "it is the same for every class and season"
                raise BadInput(reason, FieldError(f"/{field}", "must be null"))
