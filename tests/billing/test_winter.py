"""Winter averages: everyone's from the bills of the winter, one by hand, and what they price."""

from decimal import Decimal

import pytest

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from tests.billing.running import Office
from tests.factories.billing import a_district, add_tariff

WINTER_SEWER = """
code: S-WINTER
name: {en: Sewer, es: Alcantarillado}
service: sewer
unit: HCF
versions:
  - effective_on: 2020-01-01
    resolution: Resolution 2020-01
    winter_average: {method: months, months: [5], round: {places: 0}}
    components:
      - key: sewer
        model: uniform
        label: {en: Sewer, es: Alcantarillado}
        group: sewer
        price: 5.00
        basis: {of: winter_average}
"""


@pytest.fixture
async def office(uow, as_actor, run_jobs):
    """May is billed; the sewer agreements of all ten accounts are priced by May's use."""
    district = await a_district(uow.sql, 10)
    await add_tariff(uow.sql, WINTER_SEWER)
    await uow.session.commit()
    clerk, chief = as_actor(Role.TECHNICIAN), as_actor(Role.SUPERVISOR)
    office = Office(district, clerk, chief, run_jobs, uow.sql)
    may = await office.calculated((await office.prepared(district.may_id))["id"])
    await office.posted(may["id"])
    await uow.sql.execute("UPDATE agreements SET rate_code = 'S-WINTER' WHERE service = 'sewer'")
    await uow.session.commit()
    return office


async def compute(office, rate_code="S-WINTER"):
    body = {"rate_code": rate_code, "as_of_on": "2026-06-01", "from_on": "2026-06-01"}
    return await office.clerk.post("/winter-averages/computations", json=body)


async def test_everyones_average_is_the_use_of_the_winter_that_was_billed(office):
    accepted = await compute(office)
    assert accepted.status_code == 202, accepted.text
    await office.run_jobs()
    job = (await office.clerk.get(f"/jobs/{accepted.json()['job_id']}")).json()
    assert (job["state"], job["result"]["refused"]) == ("done", 0), job
    listed = (await office.clerk.get("/winter-averages", params={"limit": 50})).json()["items"]
    assert len(listed) == job["result"]["kept"] > 0
    used = await office.sql.fetch(
        "SELECT g.account_id, s.quantity FROM bill_segments s"
        " JOIN agreements g ON g.id = s.agreement_id WHERE s.service = 'water'"
    )
    by_account = {str(row["account_id"]): row["quantity"] for row in used}
    for row in listed:
        assert Decimal(row["quantity"]) == by_account[row["account_id"]]


async def test_a_rate_without_the_rule_is_refused(office):
    refused = await compute(office, "W-TEST")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/no-winter-rule")


async def test_one_average_is_set_by_hand_with_its_reason(office):
    agreement = await office.sql.fetchval(
        "SELECT id FROM agreements WHERE service = 'sewer' ORDER BY id LIMIT 1"
    )
    entry = {
        "agreement_id": str(agreement),
        "quantity": "6.5",
        "from_on": "2026-06-01",
        "reason": "New home: class average",
    }
    assert (await office.clerk.put("/winter-averages", json=entry)).status_code == 204
    assert (await office.clerk.put("/winter-averages", json=entry)).status_code == 204
    (row,) = (await office.clerk.get("/winter-averages")).json()["items"]
    assert (row["agreement_id"], Decimal(row["quantity"])) == (str(agreement), Decimal("6.5"))
    assert row["source"] == "by hand: New home: class average"
    stranger = await office.clerk.put(
        "/winter-averages", json=entry | {"agreement_id": str(uuid7())}
    )
    assert stranger.status_code == 404
