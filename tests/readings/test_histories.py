"""A register's history: every revision, who brought it, how it was estimated and who decided."""

from datetime import date

from tests.readings.test_imports import a_file, receive
from tests.readings.test_reviews import WHY, a_point

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from curbstop.readings.reviews import actions
from curbstop.readings.reviews.schemas import Act


async def test_a_day_tells_its_revisions_estimate_and_decision(as_actor, uow):
    _, meter, register = await a_point(uow, *range(0, 121, 10))
    await receive(uow, a_file(f"{meter.serial},2026-07-01,300"))
    review = await uow.sql.fetchval("SELECT id FROM read_reviews")
    await actions.act_on(uow, [review], Act.ESTIMATE, WHY)
    await uow.session.commit()
    client = as_actor(Role.TECHNICIAN)
    told = (await client.get(f"/registers/{register.id}/history")).json()
    assert told["meter_serial"] == meter.serial
    day, before = told["days"][:2]
    assert (day["read_on"], before["read_on"]) == ("2026-07-01", "2026-06-01")
    assert [r["value"] for r in day["revisions"]] == ["130", "300"]
    assert (day["used"], day["days"]) == ("10", 30)
    assert day["estimate"].endswith("x 30 days = 10")
    assert (before["estimate"], before["decisions"]) == (None, [])
    (decision,) = day["decisions"]
    assert (decision["rule"], decision["state"], decision["decision_reason"]) == (
        "high",
        "estimated",
        WHY,
    )
    only = await client.get(f"/registers/{register.id}/history", params={"first_on": "2026-07-01"})
    assert [d["read_on"] for d in only.json()["days"]] == [date(2026, 7, 1).isoformat()]


async def test_a_register_nobody_knows_has_no_history(as_actor):
    client = as_actor(Role.TECHNICIAN)
    missing = await client.get(f"/registers/{uuid7()}/history")
    assert missing.json()["type"] == "/problems/register-not-found"
