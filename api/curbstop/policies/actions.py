"""Entering decisions."""

from curbstop.audit import actions as audit
from curbstop.kernel.errors import BadInput, Conflict, FieldError, IdempotencyConflict, NotFound
from curbstop.platform.uow import Uow
from curbstop.policies import queries
from curbstop.policies.kinds import WrongValue, to_json
from curbstop.policies.models import PolicyValue
from curbstop.policies.policy import Policy
from curbstop.policies.registry import UnknownPolicy, parse_value, policy
from curbstop.policies.schemas import PolicyRequest, PolicyValueOut

_REASON_MIN = 10


class PolicyNotFound(NotFound):
    title = "No such policy"


class PolicyOutsideStatute(Conflict):
    title = "The value lies outside what the law allows"


def find_policy(key: str) -> Policy:
    """The policy a client names. Raises PolicyNotFound."""
    try:
        return policy(key)
    except UnknownPolicy:
        raise PolicyNotFound(key) from None


async def set_policy(uow: Uow, key: str, request: PolicyRequest) -> PolicyValueOut:
    """Enter a decision. Outside the law's bounds it needs an acknowledgement and a reason.

    Raises PolicyNotFound, BadInput (kind, scope, reason), PolicyOutsideStatute (not
    acknowledged), IdempotencyConflict (same id, other content).
    """
    entry = find_policy(key)
    value = _checked(entry, request)
    if earlier := await uow.session.get(PolicyValue, request.id):
        return _same(earlier, key, value, request)
    policies = await queries.values(uow.sql, request.from_on)
    before = policies.applied(key, request.scope)
    warning = policies.limits(entry).warning(entry, value)
    if warning is not None:
        _require_acknowledgement(warning, request)
    row = PolicyValue(
        id=request.id,
        key=key,
        scope=request.scope,
        value=to_json(value),
        from_on=request.from_on,
        citation=request.citation,
        decided_by=request.decided_by,
        reason=request.reason,
        warning=warning,
        approved_by=uow.actor.id,
        approved_by_name=uow.actor.name,
        approved_at=uow.now,
    )
    uow.session.add(row)
    audit.record(
        uow,
        "policy.set",
        request.id,
        reason=request.reason or None,
        before={"key": key, "scope": before.scope, "value": to_json(before.value)},
        after={
            "key": key,
            "scope": request.scope,
            "value": row.value,
            "from_on": request.from_on.isoformat(),
            "decided_by": request.decided_by,
            "warning": warning,
        },
    )
    await uow.session.flush()
    return PolicyValueOut.model_validate(row, from_attributes=True)


def _checked(entry: Policy, request: PolicyRequest) -> object:
    if request.scope and not entry.scoped:
        raise BadInput(
            f"{entry.key} has one value for everybody", FieldError("/scope", "leave it empty")
        )
    try:
        return parse_value(entry, request.value)
    except WrongValue as error:
        raise BadInput(f"{entry.key} takes {error}", FieldError("/value", str(error))) from None


def _require_acknowledgement(warning: str, request: PolicyRequest) -> None:
    if not request.acknowledge_warning:
        raise PolicyOutsideStatute(warning, FieldError("/acknowledge_warning", warning))
    if len(request.reason) < _REASON_MIN:
        detail = f"a reason of {_REASON_MIN} characters or more"
        raise BadInput(f"a value outside the law needs {detail}", FieldError("/reason", detail))


def _same(earlier: PolicyValue, key: str, value: object, request: PolicyRequest) -> PolicyValueOut:
    entered = PolicyValueOut.model_validate(earlier, from_attributes=True)
    asked = {
        "key": key,
        "scope": request.scope,
        "value": to_json(value),
        "from_on": request.from_on,
        "citation": request.citation,
        "decided_by": request.decided_by,
        "reason": request.reason,
    }
    if any(getattr(entered, name) != content for name, content in asked.items()):
        raise IdempotencyConflict(str(request.id))
    return entered
