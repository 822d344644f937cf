"""Policies for tests, decided as a district decides them: by two persons where money moves."""

from dataclasses import replace
from datetime import date
from typing import Any

from curbstop.kernel.ids import uuid7
from curbstop.platform.uow import Actor, Uow
from curbstop.policies.actions import approve_value, set_policy
from curbstop.policies.schemas import PolicyRequest, PolicyValueOut, ValueState


async def a_policy(uow: Uow, key: str, value: Any, **changes: Any) -> PolicyValueOut:
    """A value that applies from 2026-07-01 on, or from `from_on`."""
    facts = {"id": uuid7(), "value": value, "from_on": date(2026, 7, 1), "decided_by": "Board"}
    entered = await set_policy(uow, key, PolicyRequest(**(facts | changes)))
    if entered.state is not ValueState.WAITING:
        return entered
    other = Actor(uuid7(), "Second Person")
    return await approve_value(replace(uow, actor=other), key, entered.id)
