"""The days of a period are moved with their effect told, and stay once a run has used them."""

import pytest

from curbstop.identity.permissions import Role
from tests.billing.running import Office
from tests.factories.billing import a_district


@pytest.fixture
async def office(uow, as_actor, run_jobs):
    district = await a_district(uow.sql, 3)
    await uow.session.commit()
    return Office(district, as_actor(Role.TECHNICIAN), as_actor(Role.SUPERVISOR), run_jobs, uow.sql)


def moved(**days) -> dict:
    wanted = {"read_from": "2026-05-29", "read_to": "2026-06-04", "bill_on": "2026-06-09"}
    return wanted | {"due_on": "2026-07-07"} | days


def path(office) -> str:
    return f"/cycles/{office.district.cycle_id}/periods/{office.district.may_id}"


async def test_a_period_and_its_draft_run_move_together(office):
    run = await office.prepared(office.district.may_id)
    preview = (await office.clerk.post(f"{path(office)}/preview", json=moved())).json()
    assert (preview["allowed"], preview["refusals"], preview["accounts"]) == (True, [], 3)
    assert (preview["days_to_pay"], preview["run_id"]) == (28, run["id"])

    change = moved() | {"reason": "The reader was ill"}
    done = await office.clerk.put(path(office), json=change)
    assert done.status_code == 204, done.text
    run = (await office.clerk.get(f"/bill-runs/{run['id']}")).json()
    assert (run["through_on"], run["bill_on"], run["due_on"]) == (
        "2026-06-04",
        "2026-06-09",
        "2026-07-07",
    )
    told = await office.sql.fetchrow(
        "SELECT before, after, reason FROM audit_events WHERE action = 'cycle.period_moved'"
    )
    assert told["after"]["bill_on"] == "2026-06-09"
    assert told["before"]["bill_on"] != told["after"]["bill_on"]
    assert told["reason"] == "The reader was ill"


async def test_what_is_unusual_is_told_and_what_is_wrong_refused(office):
    odd = moved(bill_on="2026-06-13", due_on="2026-06-15", read_to="2026-05-30")
    preview = (await office.clerk.post(f"{path(office)}/preview", json=odd)).json()
    assert preview["allowed"]
    assert [text.split(" ")[0:3] for text in preview["warnings"]] == [
        ["the", "bill", "date"],
        ["customers", "have", "2"],
        ["reading", "does", "not"],
    ]
    wrong = moved(due_on="2026-06-09", read_to="2026-05-01") | {"reason": "A slip of the key"}
    refused = await office.clerk.put(path(office), json=wrong)
    assert refused.json()["type"] == "/problems/period-stays"


async def test_a_calculated_run_holds_its_period(office):
    await office.calculated((await office.prepared(office.district.may_id))["id"])
    refused = await office.clerk.put(path(office), json=moved() | {"reason": "Too late for this"})
    assert refused.json()["type"] == "/problems/period-stays"
    assert "calculated" in refused.json()["detail"]


async def test_the_accounts_of_a_cycle_are_listed_and_searched(office):
    members = f"/cycles/{office.district.cycle_id}/accounts"
    page = (await office.clerk.get(members)).json()
    assert (page["total"], page["items"][0]["customer_name"]) == (3, "Person 0")
    found = (await office.clerk.get(members, params={"q": "Person 2"})).json()
    assert [row["customer_name"] for row in found["items"]] == ["Person 2"]
