"""Deciding and reading policies on the real database, and over HTTP."""

import json
from datetime import date, timedelta
from decimal import Decimal

import asyncpg
import pytest

from curbstop.identity.permissions import Role
from curbstop.kernel.errors import BadInput, IdempotencyConflict
from curbstop.kernel.ids import uuid7
from curbstop.policies import queries
from curbstop.policies.actions import PolicyNotFound, PolicyOutsideStatute, set_policy
from curbstop.policies.district import late_terms, letterhead, remit_to, statement_texts
from curbstop.policies.schemas import PolicyRequest
from tests.factories.policies import a_policy

JULY = date(2026, 7, 1)
BASIC = "late.basic_percent"


def decision(value, **changes) -> PolicyRequest:
    fields = {"id": uuid7(), "value": value, "from_on": JULY, "decided_by": "Board, Res. 2026-14"}
    return PolicyRequest(**(fields | changes))


async def test_a_default_runs_until_someone_decides(uow):
    applied = await queries.value(uow.sql, "billing.due_days", JULY)
    assert (applied.value, applied.from_on, applied.value_id) == (30, None, None)


async def test_a_decision_applies_from_its_day(uow):
    await a_policy(uow, "billing.due_days", 25, citation="Rules 4.2")
    before = await queries.value(uow.sql, "billing.due_days", JULY - timedelta(1))
    on = await queries.value(uow.sql, "billing.due_days", JULY)
    assert before.value == 30
    assert (on.value, on.from_on, on.citation) == (25, JULY, "Rules 4.2")


async def test_the_latest_beginning_holds_then_the_latest_entry(uow):
    await a_policy(uow, "billing.due_days", 20, from_on=date(2026, 9, 1))
    await a_policy(uow, "billing.due_days", 25)
    assert (await queries.value(uow.sql, "billing.due_days", date(2026, 9, 1))).value == 20
    uow.now += timedelta(minutes=1)
    await a_policy(uow, "billing.due_days", 21, from_on=date(2026, 9, 1))
    assert (await queries.value(uow.sql, "billing.due_days", date(2026, 9, 1))).value == 21
    assert (await queries.value(uow.sql, "billing.due_days", date(2026, 8, 31))).value == 25


async def test_decimals_and_lists_come_back_exactly(uow):
    await a_policy(uow, "late.recurring_percent", "0.250")
    await a_policy(uow, "office.closures", ["2026-12-24"])
    await a_policy(uow, "adjustments.limits_by_type", {"leak": 0})
    policies = await queries.values(uow.sql, JULY)
    assert str(policies.decimal("late.recurring_percent")) == "0.250"
    assert policies.dates("office.closures") == (date(2026, 12, 24),)
    assert policies.cents_by_code("adjustments.limits_by_type") == {"leak": 0}


async def test_all_policies_are_one_query(uow, monkeypatch):
    asked = []
    real = uow.sql.fetch

    async def counting(query, *args):
        asked.append(query)
        return await real(query, *args)

    monkeypatch.setattr(uow.sql, "fetch", counting)
    policies = await queries.values(uow.sql, JULY)
    assert late_terms(policies).basic_percent == 10
    assert len(asked) == 1


async def test_above_the_ceiling_needs_acknowledgement_and_reason(uow):
    with pytest.raises(PolicyOutsideStatute, match=r"12 % is above the ceiling of 10 %.*54348"):
        await set_policy(uow, BASIC, decision("12"))
    with pytest.raises(BadInput, match="reason"):
        await set_policy(uow, BASIC, decision("12", acknowledge_warning=True, reason="because"))
    entered = await a_policy(
        uow, BASIC, "12", acknowledge_warning=True, reason="Counsel's letter of June 3"
    )
    assert "above the ceiling" in (entered.warning or "")
    listed = (await queries.list_policies(uow.sql, JULY, BASIC))[0]
    assert listed.warning == entered.warning
    assert listed.history == [entered]


async def test_at_the_ceiling_there_is_no_warning(uow):
    assert (await set_policy(uow, BASIC, decision("10"))).warning is None


async def test_the_regime_moves_defaults_and_ceilings(uow):
    await a_policy(uow, "district.regime", "csd")
    terms = late_terms(await queries.values(uow.sql, JULY))
    assert (terms.basic_percent, terms.recurring_percent) == (10, 1)
    assert terms.recurring_on_basic
    assert "61115" in terms.citation
    assert (await set_policy(uow, "late.recurring_percent", decision("1"))).warning is None
    with pytest.raises(PolicyOutsideStatute, match="61115"):
        await a_policy(uow, "late.recurring_percent", "1.01")
    earlier = await queries.values(uow.sql, JULY - timedelta(1))
    assert late_terms(earlier).recurring_percent == Decimal("0.5")


async def test_below_a_floor_warns_too(uow):
    await a_policy(uow, "district.regime", "water_storage")
    with pytest.raises(PolicyOutsideStatute, match="below the floor of 30 days"):
        await set_policy(uow, "late.grace_days", decision(15))


async def test_the_same_id_is_the_same_decision_or_a_conflict(uow):
    request = decision("9")
    first = await set_policy(uow, BASIC, request)
    assert await set_policy(uow, BASIC, request) == first
    with pytest.raises(IdempotencyConflict):
        await set_policy(uow, BASIC, request.model_copy(update={"value": "8"}))
    with pytest.raises(IdempotencyConflict):
        await set_policy(uow, "late.recurring_percent", request.model_copy(update={"value": "0"}))


async def test_unknown_and_malformed_are_refused(uow):
    with pytest.raises(PolicyNotFound):
        await a_policy(uow, "late.everything", "1")
    with pytest.raises(BadInput, match="takes a decimal as a string"):
        await set_policy(uow, BASIC, decision(0.5))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE policy_values SET value = '1'",
        "DELETE FROM policy_values",
        "TRUNCATE policy_values, policy_answers",
    ],
)
async def test_a_decision_is_never_changed(uow, statement):
    await set_policy(uow, BASIC, decision("9"))
    with pytest.raises(asyncpg.CheckViolationError, match="refused"):
        await uow.sql.execute(statement)


async def test_the_database_wants_the_reason_too(uow):
    with pytest.raises(asyncpg.CheckViolationError, match="warned_has_reason"):
        await uow.sql.execute(
            "INSERT INTO policy_values VALUES ($1, $2, '12', $3, '', 'x', 'short', 'warned', true,"
            " $1, 'x', now())",
            *(uuid7(), BASIC, JULY),
        )


async def test_every_decision_is_audited_with_before_and_after(uow):
    entered = await set_policy(uow, BASIC, decision("9"))
    row = await uow.sql.fetchrow("SELECT * FROM audit_events WHERE subject_id = $1", entered.id)
    assert row is not None
    assert row["before"]["value"] == "10"
    assert row["after"]["value"] == "9"


async def test_closed_days_follow_the_policies(uow):
    await a_policy(uow, "office.closures", ["2026-12-24"])
    closed = await queries.closed_days(uow.sql, date(2026, 12, 20), date(2026, 12, 26))
    assert closed == {date(2026, 12, 24), date(2026, 12, 25)}
    await a_policy(uow, "office.judicial_holidays", value=False)
    closed = await queries.closed_days(uow.sql, date(2026, 12, 20), date(2026, 12, 26))
    assert closed == {date(2026, 12, 24)}


async def test_papers_take_the_district_from_policies(uow):
    await a_policy(uow, "district.name", "Quail Hollow Water District")
    await a_policy(uow, "district.address", ["410 Reservoir Road", "CA 95999"])
    await a_policy(uow, "statement.messages_en", ["Hearing on January 14."])
    policies = await queries.values(uow.sql, JULY)
    assert letterhead(policies).name == "Quail Hollow Water District"
    assert remit_to(policies) == (
        "Quail Hollow Water District",
        ("410 Reservoir Road", "CA 95999"),
    )
    assert statement_texts(policies, "es") == (("Hearing on January 14.",), "")


# --- over HTTP ----------------------------------------------------------------------------------


def wire(value, **changes) -> dict:
    return decision(value, **changes).model_dump(mode="json")


async def test_list_get_and_set_over_http(as_actor):
    supervisor = as_actor(Role.SUPERVISOR, name="Sam Supervisor")
    refused = await supervisor.post(f"/policies/{BASIC}/values", json=wire("12"))
    assert refused.status_code == 409
    assert refused.json()["type"] == "/problems/policy-outside-statute"
    assert refused.json()["errors"][0]["pointer"] == "/acknowledge_warning"
    entered = await supervisor.post(f"/policies/{BASIC}/values", json=wire("8"))
    assert entered.status_code == 201
    assert (entered.json()["state"], entered.json()["entered_by_name"]) == (
        "waiting",
        "Sam Supervisor",
    )
    path = f"/policies/{BASIC}/values/{entered.json()['id']}"
    own = await supervisor.post(f"{path}/approve")
    assert own.json()["type"] == "/problems/policy-approver-is-author"
    approved = await as_actor(Role.ACCOUNTANT, name="Ann Accountant").post(f"{path}/approve")
    assert (approved.json()["state"], approved.json()["answered_by_name"]) == (
        "approved",
        "Ann Accountant",
    )
    one = (await as_actor(Role.CASHIER).get(f"/policies/{BASIC}?on=2026-07-01")).json()
    assert (one["value"], one["ceiling"], one["is_default"]) == ("8", "10", False)
    assert [entry["value"] for entry in one["history"]] == ["8"]
    listed = (await as_actor(Role.CASHIER).get("/policies?on=2026-06-30")).json()
    item = next(item for item in listed["items"] if item["key"] == BASIC)
    assert (item["value"], item["is_default"]) == ("10", True)
    assert listed["regime"] == "County water district"


async def test_holidays_over_http(as_actor):
    answer = (await as_actor(Role.TECHNICIAN).get("/policies/holidays?year=2026")).json()
    assert {"on": "2026-07-03", "name": "Independence Day"} in answer["items"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/policies/no.such.key/values", {}, 404),
        (f"/policies/{BASIC}/values", {"value": 0.5}, 422),
        (f"/policies/{BASIC}/values", {"from_on": "tomorrow"}, 422),
        (f"/policies/{BASIC}/values", {"decided_by": ""}, 422),
        (f"/policies/{BASIC}/values", {"value": {"a": [None] * 100}}, 422),
        (f"/policies/{BASIC}/values", {"extra": 1}, 422),
    ],
)
async def test_bad_input_over_http(as_actor, path, body, status):
    answer = await as_actor(Role.SUPERVISOR).post(path, json=wire("5") | body)
    assert answer.status_code == status


@pytest.mark.parametrize(
    "body",
    [{"value": "lone \ud800"}, {"value": "a\0b"}, {"decided_by": "Board\0"}, {"value": 10**400}],
)
async def test_what_cannot_be_stored_is_refused(as_actor, body):
    answer = await as_actor(Role.SUPERVISOR).post(
        "/policies/district.name/values",
        content=json.dumps(wire("Name") | body),
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 422


async def test_who_may_set_a_policy(as_actor):
    answer = await as_actor(Role.TECHNICIAN).post(f"/policies/{BASIC}/values", json=wire("5"))
    assert answer.status_code == 403
