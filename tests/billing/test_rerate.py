"""The past under other rates: one bill at once, a whole period with its distribution."""

from decimal import Decimal

import pytest

from curbstop.billing.explain.tally import LARGEST_KEPT, RatedBill, Tally, band_of
from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from curbstop.rates.engine.distribution import Change
from tests.billing.running import Office
from tests.factories.billing import WATER, a_district, add_tariff, named_id


@pytest.fixture
async def office(uow, as_actor, run_jobs):
    district = await a_district(uow.sql, 10)
    # The board's proposal: a version that takes effect after the billed period.
    await uow.sql.execute(
        "INSERT INTO tariff_versions SELECT (jsonb_populate_record(v, jsonb_build_object("
        " 'id', $2::text, 'effective_on', '2026-09-01', 'state', 'draft', 'proposed_at', NULL,"
        " 'approved_by', NULL, 'approved_by_name', NULL, 'approved_at', NULL, 'sha256', 'draft',"
        " 'body', replace(v.body::text, '40.00', '43.50')::jsonb))).*"
        " FROM tariff_versions v WHERE v.id = $1",
        *(named_id("version", "S-TEST", "2020-01-01"), str(named_id("draft"))),
    )
    await uow.session.commit()
    clerk, chief = as_actor(Role.TECHNICIAN), as_actor(Role.SUPERVISOR)
    office = Office(district, clerk, chief, run_jobs, uow.sql)
    office.may = await office.calculated((await office.prepared(district.may_id))["id"])
    await office.posted(office.may["id"])
    return office


async def test_a_whole_period_under_a_draft_gives_the_distribution(office):
    body = {
        "version_ids": [str(named_id("draft"))],
        "from_on": "2026-05-01",
        "to_on": "2026-06-30",
    }
    accepted = await office.clerk.post("/re-rates", json=body)
    assert accepted.status_code == 202, accepted.text
    await office.run_jobs()
    job = (await office.clerk.get(f"/jobs/{accepted.json()['job_id']}")).json()
    assert job["state"] == "done", job["error"]
    found = job["result"]["distribution"]
    assert (found["bills"], found["losers"], found["winners"]) == (10, 10, 0)
    assert found["after_cents"] - found["before_cents"] == 10 * 3_50
    assert found["before_cents"] == office.may["current_cents"]
    assert job["result"]["refused"] == 0
    stored = (await office.clerk.get(f"/re-rates/{job['id']}")).json()
    assert (stored["state"], stored["version_ids"]) == ("done", [str(named_id("draft"))])
    result = stored["result"]
    assert [(g["name"], g["bills"]) for g in result["by_class"]] == [("residential", 10)]
    assert [(g["name"], g["median_cents"]) for g in result["by_band"]] == [("not metered", 3_50)]
    assert [big["change_cents"] for big in result["largest"]] == [3_50] * 10
    numbers = {big["account_number"] for big in result["largest"]}
    listed = await office.clerk.get("/accounts", params={"limit": 50})
    assert numbers == {row["number"] for row in listed.json()["items"]}


def test_an_edge_of_a_band_belongs_to_the_band_below_it():
    said = [band_of(Decimal(use))[1] for use in ("0", "0.1", "5", "5.001", "80", "80.01")]
    assert said == ["0", "up to 5", "up to 5", "5 to 10", "40 to 80", "over 80"]
    assert band_of(None)[1] == "not metered"


def test_only_the_largest_increases_are_kept_and_they_lead():
    tally = Tally()
    for cents in range(200):
        bill_id = named_id("bill", str(cents))
        change = Change(10_00, 10_00 + cents)
        tally.add(RatedBill(bill_id, bill_id, "1", "residential", Decimal(cents), change))
    result = tally.result()
    assert [one.change_cents for one in result.largest] == list(range(199, 199 - LARGEST_KEPT, -1))
    assert sum(group.bills for group in result.by_band) == 200


async def test_an_unknown_re_rating_is_not_found(office):
    assert (await office.clerk.get(f"/re-rates/{uuid7()}")).status_code == 404


async def test_one_bill_under_any_version(office):
    bill = (await office.clerk.get("/bills", params={"limit": 1})).json()["items"][0]
    priced = await office.clerk.get(
        f"/bills/{bill['id']}/price", params={"version_id": str(named_id("draft"))}
    )
    assert (priced.json()["before_cents"], priced.json()["after_cents"]) == (40_00, 43_50)
    same = await office.clerk.get(
        f"/bills/{bill['id']}/price",
        params={"version_id": str(named_id("version", "W-TEST", "2020-01-01"))},
    )
    assert same.json()["before_cents"] == same.json()["after_cents"]


async def test_versions_that_do_not_fit_are_refused(office, uow):
    unknown = {"version_ids": [str(uuid7())], "from_on": "2026-05-01", "to_on": "2026-06-30"}
    assert (await office.clerk.post("/re-rates", json=unknown)).status_code == 404
    draft, standing = named_id("draft"), named_id("version", "S-TEST", "2020-01-01")
    both = {**unknown, "version_ids": [str(draft), str(standing)]}
    assert (await office.clerk.post("/re-rates", json=both)).status_code == 422
    backward = {**unknown, "from_on": "2026-07-01"}
    assert (await office.clerk.post("/re-rates", json=backward)).status_code == 422
    other = WATER.replace("W-TEST", "W-OTHER")
    [version_id] = await add_tariff(uow.sql, other)
    await uow.session.commit()
    bill = (await office.clerk.get("/bills", params={"limit": 1})).json()["items"][0]
    refused = await office.clerk.get(
        f"/bills/{bill['id']}/price", params={"version_id": str(version_id)}
    )
    assert refused.status_code == 422
