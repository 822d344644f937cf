"""A bill explains itself, and what makes it higher than another sums to the cent."""

import pytest

from curbstop.billing.bills.verify import bills_are_postings
from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from tests.billing.running import Office
from tests.factories.billing import a_district, named_id, used_in


@pytest.fixture
async def office(uow, as_actor, run_jobs):
    district = await a_district(uow.sql, 10)
    await uow.session.commit()
    office = Office(
        district, as_actor(Role.TECHNICIAN), as_actor(Role.SUPERVISOR), run_jobs, uow.sql
    )
    may = await office.calculated((await office.prepared(district.may_id))["id"])
    await office.posted(may["id"])
    june = await office.calculated((await office.prepared(district.june_id))["id"])
    office.may, office.june = may, june
    return office


async def bill_of(office, run, number: int) -> dict:
    found = await office.clerk.get(
        "/bills", params={"run_id": run["id"], "account_id": str(named_id("account", number))}
    )
    return (await office.clerk.get(f"/bills/{found.json()['items'][0]['id']}")).json()


async def test_every_line_says_where_it_comes_from(office):
    bill = await bill_of(office, office.may, 2)
    assert (bill["state"], bill["total_due_cents"]) == ("posted", bill["current_cents"])
    water = next(s for s in bill["segments"] if s["service"] == "water")
    used = used_in(2, 5)
    assert water["quantity"] == str(used)
    read = water["reads"][0]
    assert (read["from_value"], read["to_value"]) == ("1000", str(1000 + used))
    assert (read["from_on"], read["to_on"]) == ("2026-05-01", "2026-06-01")
    lines = [line for segment in bill["segments"] for line in segment["lines"]]
    assert sum(line["amount_cents"] for line in lines) == bill["current_cents"]
    assert all("Resolution 2020-0" in line["explanation"] for line in lines)
    tier = next(line for line in lines if line["component"] == "use")
    assert tier["explanation"].startswith("10 HCF × $3.00 = $30.00")
    assert tier["label"] == "Water use, tier 1"
    assert {p["key"] for p in bill["policies"]} == {"billing.due_days", "billing.gallons_per_hcf"}


async def test_the_explanation_speaks_spanish(office):
    bill = await bill_of(office, office.may, 2)
    spoken = (await office.clerk.get(f"/bills/{bill['id']}", params={"language": "es"})).json()
    labels = [line["label"] for s in spoken["segments"] for line in s["lines"]]
    assert "Cargo por servicio" in labels


async def test_why_it_is_high_sums_to_the_difference(office):
    for number in range(10):
        bill = await bill_of(office, office.june, number)
        other = await bill_of(office, office.may, number)
        found = (await office.clerk.get(f"/bills/{bill['id']}/comparison?with=previous")).json()
        parts = [found[f"{name}_cents"] for name in ("days", "use", "price", "other")]
        assert sum(parts) == found["difference_cents"]
        assert found["difference_cents"] == bill["current_cents"] - other["current_cents"]
        assert found["other_cents"] == found["price_cents"] == 0  # rates and facts stood still
        assert (found["days"], found["other_days"]) == (30, 31)


async def test_a_first_bill_has_nothing_to_compare_with(office):
    bill = await bill_of(office, office.may, 1)
    refused = await office.clerk.get(f"/bills/{bill['id']}/comparison?with=last_year")
    assert refused.json()["type"] == "/problems/nothing-to-compare-with"
    assert (await office.clerk.get(f"/bills/{uuid7()}")).status_code == 404


async def test_lists_find_zero_credit_first_and_final_bills(office):
    async def total(**filters) -> int:
        return (await office.clerk.get("/bills", params=filters)).json()["total"]

    assert await total(run_id=office.june["id"], zero=False) == 10
    assert await total(run_id=office.june["id"], credit=True) == 0
    assert await total(run_id=office.may["id"], kind="first") == 10
    assert await total(run_id=office.june["id"], kind="final") == 0
    assert await total(state="draft") == 10
    assert await total(state="posted") == 10
    assert await total(q="Person 3", state="posted") == 1
    of_run = await office.clerk.get(f"/bill-runs/{office.may['id']}/bills?kind=first&limit=1")
    assert (of_run.json()["total"], len(of_run.json()["items"])) == (10, 1)


async def test_the_proof_names_a_bill_that_is_not_in_the_books(office):
    assert await bills_are_postings(office.sql) is None
    # As only a superuser could: past the guards, a bill changes after it was posted.
    for table, guard in (("bills", "guard_change"),):
        await office.sql.execute(f"ALTER TABLE {table} DISABLE TRIGGER {guard}")
    bill = await bill_of(office, office.may, 4)
    await office.sql.execute(
        "UPDATE bills SET current_cents = current_cents + 1 WHERE id = $1", bill["id"]
    )
    finding = await bills_are_postings(office.sql)
    assert finding.row == f"bill {bill['number']}"
    assert f"bill {bill['current_cents'] + 1}, lines {bill['current_cents']}" in finding.detail
