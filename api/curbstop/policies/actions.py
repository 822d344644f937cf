"""Entering decisions, and the second person's answer to them."""

from typing import Any
from uuid import UUID

from curbstop.audit import actions as audit
from curbstop.kernel.errors import BadInput, Conflict, FieldError, IdempotencyConflict, NotFound
from curbstop.platform.uow import Uow
from curbstop.policies import queries
from curbstop.policies.kinds import WrongValue, to_json
from curbstop.policies.models import Answer, PolicyAnswer, PolicyValue
from curbstop.policies.policy import Policy
from curbstop.policies.registry import UnknownPolicy, parse_value, policy
from curbstop.policies.schemas import PolicyRequest, PolicyValueOut, ValueState

_REASON_MIN = 10


class PolicyNotFound(NotFound):
    title = "No such policy"


class PolicyValueNotFound(NotFound):
    title = "The policy has no such decision"


class PolicyOutsideStatute(Conflict):
    title = "The value lies outside what the law allows"


class PolicyValueNotWaiting(Conflict):
    title = "The decision does not wait for an answer"


class PolicyApproverIsAuthor(Conflict):
    title = "Whoever entered a policy's value may not approve it"


def find_policy(key: str) -> Policy:
    """The policy a client names. Raises PolicyNotFound."""
    try:
        return policy(key)
    except UnknownPolicy:
        raise PolicyNotFound(key) from None


async def set_policy(uow: Uow, key: str, request: PolicyRequest) -> PolicyValueOut:
    """Enter a decision. Outside the law's bounds it needs an acknowledgement and a reason.

    Where money moves it waits for a second person. Raises PolicyNotFound, BadInput (kind, reason),
    PolicyOutsideStatute (not acknowledged), IdempotencyConflict (same id, other content).
    """
    entry = find_policy(key)
    value = parse_request(entry, request.value)
    if earlier := await uow.session.get(PolicyValue, request.id):
        return await _same(uow, earlier, key, value, request)
    policies = await queries.values(uow.sql, request.from_on)
    before = policies.applied(key)
    warning = policies.limits(entry).warning(entry, value)
    if warning is not None:
        _require_acknowledgement(warning, request)
    row = PolicyValue(
        **request.model_dump(exclude={"value", "acknowledge_warning"}),
        key=key,
        value=to_json(value),
        warning=warning,
        needs_second=entry.needs_second,
        entered_by=uow.actor.id,
        entered_by_name=uow.actor.name,
        entered_at=uow.now,
    )
    uow.session.add(row)
    audit.record(
        uow,
        "policy.entered" if entry.needs_second else "policy.set",
        request.id,
        reason=request.reason or None,
        before={"key": key, "value": to_json(before.value)},
        after={
            "key": key,
            "value": row.value,
            "from_on": request.from_on.isoformat(),
            "decided_by": request.decided_by,
            "warning": warning,
        },
    )
    await uow.session.flush()
    return await get_value(uow, key, request.id)


async def approve_value(uow: Uow, key: str, value_id: UUID) -> PolicyValueOut:
    """Let another's decision apply from its day on.

    Raises PolicyNotFound, PolicyValueNotFound, PolicyValueNotWaiting, PolicyApproverIsAuthor.
    """
    waiting = await _waiting(uow, key, value_id)
    if waiting.entered_by == uow.actor.id:
        raise PolicyApproverIsAuthor(f"you entered it on {waiting.entered_at:%Y-%m-%d}")
    return await _answer(uow, waiting, Answer.APPROVED, "")


async def return_value(uow: Uow, key: str, value_id: UUID, reason: str) -> PolicyValueOut:
    """Say no to a decision, or take one's own back; it never applies.

    Raises PolicyNotFound, PolicyValueNotFound, PolicyValueNotWaiting.
    """
    return await _answer(uow, await _waiting(uow, key, value_id), Answer.RETURNED, reason)


async def get_value(uow: Uow, key: str, value_id: UUID) -> PolicyValueOut:
    """A decision as it stands. Raises PolicyNotFound, PolicyValueNotFound."""
    find_policy(key)
    found = await queries.find_value(uow.sql, key, value_id)
    if found is None:
        raise PolicyValueNotFound(str(value_id))
    return found


def parse_request(entry: Policy, raw: object) -> Any:
    """The typed value that a client sent. Raises BadInput."""
    try:
        return parse_value(entry, raw)
    except WrongValue as error:
        raise BadInput(f"{entry.key} takes {error}", FieldError("/value", str(error))) from None


async def _waiting(uow: Uow, key: str, value_id: UUID) -> PolicyValueOut:
    # The lock makes a second answer wait, then find the first.
    await uow.sql.execute("SELECT FROM policy_values WHERE id = $1 FOR UPDATE", value_id)
    found = await get_value(uow, key, value_id)
    if found.state is not ValueState.WAITING:
        raise PolicyValueNotWaiting(f"it is {found.state}")
    return found


async def _answer(uow: Uow, waiting: PolicyValueOut, answer: Answer, reason: str) -> PolicyValueOut:
    uow.session.add(
        PolicyAnswer(
            value_id=waiting.id,
            entered_by=waiting.entered_by,
            answer=answer,
            reason=reason,
            answered_by=uow.actor.id,
            answered_by_name=uow.actor.name,
            answered_at=uow.now,
        )
    )
    after = {"key": waiting.key, "value": waiting.value, "from_on": waiting.from_on.isoformat()}
    audit.record(uow, f"policy.{answer}", waiting.id, after=after, reason=reason or None)
    await uow.session.flush()
    return await get_value(uow, waiting.key, waiting.id)


def _require_acknowledgement(warning: str, request: PolicyRequest) -> None:
    if not request.acknowledge_warning:
        raise PolicyOutsideStatute(warning, FieldError("/acknowledge_warning", warning))
    if len(request.reason) < _REASON_MIN:
        detail = f"a reason of {_REASON_MIN} characters or more"
        raise BadInput(f"a value outside the law needs {detail}", FieldError("/reason", detail))


async def _same(
    uow: Uow, earlier: PolicyValue, key: str, value: object, request: PolicyRequest
) -> PolicyValueOut:
    asked = request.model_dump(exclude={"acknowledge_warning"})
    asked |= {"key": key, "value": to_json(value)}
    if any(getattr(earlier, name) != content for name, content in asked.items()):
        raise IdempotencyConflict(str(request.id))
    return await get_value(uow, key, request.id)
