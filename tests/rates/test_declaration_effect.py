"""What a declaration would switch on, told from the schedules in force before it is declared."""

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from tests.factories.billing import a_district
from tests.rates.tariffs_of import TIERS, version
from tests.rates.test_versions import approved, tariff_file

SURCHARGES = """
- key: drought
  model: uniform
  label: Drought surcharge
  group: water_drought
  when: {all: [{attribute: size, present: true}, {declared: stage-2}]}
  price: {declared: {stage-2: 0.50, stage-3: 1.00}, otherwise: 0}
"""


async def test_codes_are_told_with_what_they_switch_and_for_how_many(as_actor, uow):
    await a_district(uow.sql, 4)  # its agreements of W-TEST and S-TEST
    await approved(as_actor, tariff_file(version(TIERS + SURCHARGES), code="W-OTHER"))
    await uow.sql.execute("UPDATE agreements SET rate_code = 'W-OTHER' WHERE service = 'water'")
    await uow.session.commit()
    client = as_actor(Role.SUPERVISOR)
    found = {one["code"]: one for one in (await client.get("/declaration-codes")).json()}
    assert set(found) == {"stage-2", "stage-3"}
    assert found["stage-2"]["agreements"] == 4
    assert [s["title_en"] for s in found["stage-3"]["switches"]] == ["Drought surcharge"]
    assert not found["stage-2"]["is_declared"]
    declared = {"id": str(uuid7()), "code": "stage-2", "from_on": "2026-07-01"}
    await client.post("/declarations", json=declared | {"document": "Resolution 2026-30"})
    again = {one["code"]: one for one in (await client.get("/declaration-codes")).json()}
    assert again["stage-2"]["is_declared"]
    assert (await client.get("/declaration-codes?on=2019-01-01")).json() == []


async def test_zones_are_listed_with_the_reach_of_their_months(as_actor):
    client = as_actor()
    months = [{"month": f"2026-0{n}-01", "inches": "6.0"} for n in (5, 6, 7)]
    await client.put("/evapotranspiration/CIMIS-44", json={"months": months})
    assert (await client.get("/evapotranspiration")).json() == [
        {"zone": "CIMIS-44", "months": 3, "first_month": "2026-05-01", "last_month": "2026-07-01"}
    ]
