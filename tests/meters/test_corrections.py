"""A register is set right by a correction that is kept; nothing else may change how it counts."""

from datetime import date
from decimal import Decimal

import asyncpg
import pytest
from tests.factories.meters import a_meter
from tests.readings.plant import register_of

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7

TRUTH = {"dials": 6, "decimals": 0, "multiplier": "10", "unit": "CF", "billing_step": "100"}


@pytest.fixture
async def register(uow):
    meter = await a_meter(uow)
    await uow.session.commit()
    return await register_of(uow, meter)


def correction(**changes):
    facts = {"id": str(uuid7()), "wrong_since_on": "2026-03-01", "reason": "seen on the dial plate"}
    return facts | TRUTH | changes


async def test_the_record_follows_and_what_it_said_is_kept(as_actor, uow, register):
    clerk = as_actor(Role.TECHNICIAN)
    body = correction()
    path = f"/registers/{register.id}/corrections"
    made = await clerk.post(path, json=body)
    assert (made.status_code, made.json()) == (201, {"id": body["id"]})
    assert (await clerk.post(path, json=body)).json() == made.json()
    page = (await clerk.get(f"/meters/{register.meter_id}")).json()
    assert page["registers"][0]["multiplier"] == "10.000000"
    (kept,) = (await clerk.get(f"/meters/{register.meter_id}/corrections")).json()
    assert (kept["was_multiplier"], kept["multiplier"]) == ("1.000000", "10.000000")
    assert (kept["wrong_since_on"], kept["reason"]) == ("2026-03-01", body["reason"])
    said = await uow.sql.fetchrow("SELECT * FROM audit_events WHERE action = 'registers.corrected'")
    assert (said["before"]["multiplier"], said["reason"]) == ("1.000000", body["reason"])


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"multiplier": "1"}, "nothing-to-correct"),
        ({"wrong_since_on": "2026-07-16"}, "correction-ahead"),
        ({"decimals": 7}, "bad-input"),
        ({"multiplier": "0"}, "bad-input"),
    ],
)
async def test_what_is_no_correction_is_refused(as_actor, register, changes, problem):
    clerk = as_actor(Role.TECHNICIAN)
    path = f"/registers/{register.id}/corrections"
    refused = await clerk.post(path, json=correction(**changes))
    assert refused.json()["type"].endswith(problem), refused.text


async def test_an_id_is_one_correction_and_a_register_must_be_there(as_actor, register):
    clerk = as_actor(Role.TECHNICIAN)
    body = correction()
    await clerk.post(f"/registers/{register.id}/corrections", json=body)
    path = f"/registers/{register.id}/corrections"
    other = await clerk.post(path, json=body | {"multiplier": "100"})
    assert other.json()["type"] == "/problems/idempotency-conflict"
    elsewhere = await clerk.post(f"/registers/{uuid7()}/corrections", json=body)
    assert elsewhere.json()["type"] == "/problems/idempotency-conflict"
    nowhere = await clerk.post(f"/registers/{uuid7()}/corrections", json=correction())
    assert nowhere.json()["type"] == "/problems/no-such-register"


async def test_the_database_refuses_a_silent_change_and_a_changed_history(as_actor, uow, register):
    with pytest.raises(asyncpg.CheckViolationError, match="by a correction only"):
        async with uow.sql.connection.transaction():
            await uow.sql.execute("UPDATE registers SET multiplier = 10 WHERE id = $1", register.id)
    clerk = as_actor(Role.TECHNICIAN)
    await clerk.post(f"/registers/{register.id}/corrections", json=correction())
    for statement in (
        "UPDATE register_corrections SET multiplier = 5",
        "DELETE FROM register_corrections",
    ):
        with pytest.raises(asyncpg.PostgresError):
            async with uow.sql.connection.transaction():
                await uow.sql.execute(statement)
    standing = await uow.sql.fetchval("SELECT multiplier FROM registers WHERE id = $1", register.id)
    assert (standing, date(2026, 3, 1)) == (Decimal(10), date(2026, 3, 1))
