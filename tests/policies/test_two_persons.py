"""Values that move money wait for a second person; the preview says what they would change."""

from dataclasses import replace
from datetime import date

import asyncpg
import pytest

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from curbstop.platform.uow import Actor
from curbstop.policies import actions, queries
from curbstop.policies.registry import registry
from curbstop.policies.schemas import PolicyRequest, ValueState
from tests.factories.policies import a_policy

JULY = date(2026, 7, 1)
DUE = "billing.due_days"


async def waiting(uow, key=DUE, value=25):
    fields = {"value": value, "from_on": JULY, "decided_by": "Board, Res. 2026-14"}
    return await actions.set_policy(uow, key, PolicyRequest(id=uuid7(), **fields))


def second(uow):
    return replace(uow, actor=Actor(uuid7(), "Second Person"))


async def due_days(uow):
    return (await queries.value(uow.sql, DUE, JULY)).value


async def test_a_value_on_money_waits_and_then_applies(uow):
    entered = await waiting(uow)
    assert (entered.state, await due_days(uow)) == (ValueState.WAITING, 30)
    assert (await queries.list_policies(uow.sql, JULY, DUE))[0].waiting == 1
    approved = await actions.approve_value(second(uow), DUE, entered.id)
    assert (approved.state, approved.answered_by_name) == (ValueState.APPROVED, "Second Person")
    assert await due_days(uow) == 25
    assert (await queries.list_policies(uow.sql, JULY, DUE))[0].waiting == 0


async def test_words_on_papers_apply_at_once(uow):
    entered = await waiting(uow, "district.phone", "(530) 555-0100")
    assert entered.state is ValueState.ENTERED
    assert (await queries.value(uow.sql, "district.phone", JULY)).value == "(530) 555-0100"
    with pytest.raises(actions.PolicyValueNotWaiting):
        await actions.approve_value(second(uow), "district.phone", entered.id)


async def test_who_entered_it_may_take_it_back_but_not_approve_it(uow):
    entered = await waiting(uow)
    with pytest.raises(actions.PolicyApproverIsAuthor):
        await actions.approve_value(uow, DUE, entered.id)
    returned = await actions.return_value(uow, DUE, entered.id, "Typed the wrong number")
    assert (returned.state, returned.answer_reason) == (
        ValueState.RETURNED,
        "Typed the wrong number",
    )
    assert await due_days(uow) == 30
    with pytest.raises(actions.PolicyValueNotWaiting):
        await actions.approve_value(second(uow), DUE, entered.id)


async def test_a_later_approval_of_the_same_day_holds(uow):
    first, other = await waiting(uow, value=20), await waiting(uow, value=21)
    now = uow.now
    await actions.approve_value(replace(second(uow), now=now.replace(hour=18)), DUE, other.id)
    await actions.approve_value(replace(second(uow), now=now.replace(hour=19)), DUE, first.id)
    assert await due_days(uow) == 20


async def test_the_database_wants_two_persons(uow):
    entered = await waiting(uow)
    with pytest.raises(asyncpg.CheckViolationError, match="four_eyes"):
        await uow.sql.execute(
            "INSERT INTO policy_answers VALUES ($1, $2, 'approved', '', $2, 'x', now())",
            *(entered.id, entered.entered_by),
        )


async def test_the_database_knows_who_entered_it(uow):
    entered = await waiting(uow)
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await uow.sql.execute(
            "INSERT INTO policy_answers VALUES ($1, $2, 'approved', '', $3, 'x', now())",
            *(entered.id, uuid7(), entered.entered_by),
        )


@pytest.mark.parametrize("key", sorted(registry()))
async def test_code_and_database_agree_on_which_need_two(uow, key):
    insert = (
        "INSERT INTO policy_values VALUES ($1, $2, '1', $3, '', 'x', '', NULL, false, $1, 'x',"
        " now())"
    )
    if registry()[key].needs_second:
        with pytest.raises(asyncpg.CheckViolationError, match="money_needs_second"):
            await uow.sql.execute(insert, uuid7(), key, JULY)
    else:
        await uow.sql.execute(insert, uuid7(), key, JULY)


async def test_a_preview_says_what_changes_and_enters_nothing(as_actor, uow):
    await a_policy(uow, "late.basic_percent", "9", from_on=date(2026, 12, 1))
    await uow.session.commit()
    clerk = as_actor(Role.CASHIER)
    asked = {"value": "12", "from_on": "2026-07-01"}
    seen = (await clerk.post("/policies/late.basic_percent/preview", json=asked)).json()
    assert (seen["before"], seen["after"], seen["until_on"]) == ("10", "12", "2026-12-01")
    assert seen["days_back"] == 14
    assert "above the ceiling of 10 %" in seen["warning"]
    assert seen["example"] == {"base_cents": 10000, "before_cents": 1000, "after_cents": 1200}
    assert seen["needs_second"] is True
    one = (await clerk.get("/policies/late.basic_percent?on=2026-07-15")).json()
    assert (one["value"], len(one["history"])) == ("10", 1)


async def test_who_may_approve(as_actor, uow):
    entered = await waiting(uow)
    await uow.session.commit()
    path = f"/policies/{DUE}/values/{entered.id}/approve"
    assert (await as_actor(Role.TECHNICIAN).post(path)).status_code == 403
    assert (await as_actor(Role.SUPERVISOR).post(path)).status_code == 200
    assert (await as_actor(Role.SUPERVISOR).post(path)).status_code == 409
    missing = f"/policies/{DUE}/values/{uuid7()}/approve"
    assert (await as_actor(Role.SUPERVISOR).post(missing)).status_code == 404
