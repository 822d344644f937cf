"""What a correction of a register would change: unbilled water both ways, and posted bills."""

from decimal import Decimal

import pytest

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from tests.billing.running import Office
from tests.factories.billing import a_district, named_id, used_in

NUMBER = 2


@pytest.fixture
async def office(uow, as_actor, run_jobs):
    """May is billed and posted, June is read."""
    district = await a_district(uow.sql, 4)
    await uow.session.commit()
    office = Office(
        district, as_actor(Role.TECHNICIAN), as_actor(Role.SUPERVISOR), run_jobs, uow.sql
    )
    may = await office.calculated((await office.prepared(district.may_id))["id"])
    await office.posted(may["id"])
    return office


async def truth_of(office) -> tuple[str, dict]:
    """The register of one account, and its facts with ten times the multiplier."""
    row = await office.sql.fetchrow(
        "SELECT r.* FROM registers r JOIN installations i ON i.meter_id = r.meter_id"
        " JOIN agreements g ON g.service_point_id = i.service_point_id AND g.service = 'water'"
        " WHERE g.account_id = $1",
        named_id("account", NUMBER),
    )
    facts = {name: row[name] for name in ("dials", "decimals", "unit")}
    facts |= {"billing_step": str(row["billing_step"]), "multiplier": str(row["multiplier"] * 10)}
    return str(row["id"]), facts | {"wrong_since_on": "2026-05-10"}


async def test_unbilled_water_is_shown_both_ways_and_posted_bills_are_listed(office):
    register, truth = await truth_of(office)
    path = f"/registers/{register}/corrections"
    effect = (await office.clerk.post(f"{path}/preview", json=truth)).json()
    (change,) = effect["unbilled"]
    used = used_in(NUMBER)
    assert (Decimal(change["quantity"]), change["from_on"]) == (used, "2026-06-01")
    assert Decimal(change["corrected_quantity"]) == 10 * used
    (bill,) = effect["needs_rebill"]
    assert (bill["period_from"], bill["period_to"]) == ("2026-05-01", "2026-06-01")
    assert bill["account_id"] == str(named_id("account", NUMBER))

    later = truth | {"wrong_since_on": "2026-06-01"}
    effect = (await office.clerk.post(f"{path}/preview", json=later)).json()
    assert (len(effect["unbilled"]), effect["needs_rebill"]) == (1, [])


async def test_the_preview_tells_what_the_correction_then_does(office):
    register, truth = await truth_of(office)
    path = f"/registers/{register}/corrections"
    before = (await office.clerk.post(f"{path}/preview", json=truth)).json()["unbilled"][0]
    body = truth | {"id": str(uuid7()), "reason": "the plate says x10"}
    assert (await office.clerk.post(path, json=body)).status_code == 201
    asked = {"service_point_id": before["service_point_id"], "through_on": "2026-07-15"}
    used = (await office.clerk.get("/consumption", params=asked)).json()
    assert Decimal(used["quantity"]) == Decimal(before["corrected_quantity"])


async def test_a_register_that_nobody_knows_has_no_effect(office):
    _, truth = await truth_of(office)
    missing = await office.clerk.post(f"/registers/{uuid7()}/corrections/preview", json=truth)
    assert missing.json()["type"] == "/problems/register-not-found"
