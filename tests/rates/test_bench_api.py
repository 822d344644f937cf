"""The test bench and declarations over HTTP."""

from datetime import date
from decimal import Decimal

import pytest

from curbstop.identity.permissions import Role
from curbstop.kernel.dates import Period
from curbstop.kernel.ids import uuid7
from curbstop.rates.declarations.queries import inches_in, monthly_inches
from curbstop.rates.engine import RatingInput, rate, total_cents
from curbstop.rates.tariffs.queries import catalog
from tests.rates.tariffs_of import JULY, TIERS, version
from tests.rates.test_versions import approved, imported, tariff_file

USAGE = {"from_on": "2026-07-01", "to_on": "2026-08-01", "facts": {"size": "3/4"}}
DROUGHT = """
- {key: d, model: uniform, label: D, group: water_drought, price: 1, when: {declared: stage-2}}
"""


async def test_a_draft_prices_typed_usage_with_its_formulas(as_actor):
    client = as_actor()
    [row] = await imported(client, tariff_file())
    answer = await client.post(
        f"/tariff-versions/{row['id']}/price", json=USAGE | {"quantity": "12.5"}
    )
    priced = answer.json()
    assert priced["total_cents"] == 3000 + 3000 + 1250
    assert priced["lines"][2]["explanation_en"] == (
        "2.5 HCF × $5.00 = $12.50 · tier 2, over 10 HCF · R 2026-01-01"
    )
    assert priced["lines"][2]["explanation_es"].startswith(
        "2.5 HCF × $5.00 = $12.50 · nivel 2, más"
    )
    assert priced["lines"][2]["label_es"] == "Agua, nivel 2"


async def test_a_missing_fact_is_a_plain_refusal(as_actor):
    client = as_actor()
    [row] = await imported(client, tariff_file())
    path = f"/tariff-versions/{row['id']}/price"
    refused = await client.post(path, json=USAGE | {"facts": {"size": "9"}})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/rating-error")
    assert refused.json()["detail"] == "size 9 has no value in component 'service'"
    backward = await client.post(path, json=USAGE | {"to_on": "2026-06-01"})
    assert (backward.status_code, backward.json()["errors"][0]["pointer"]) == (422, "/to_on")
    missing = await client.post(f"/tariff-versions/{uuid7()}/price", json=USAGE)
    assert missing.status_code == 404


async def test_two_versions_are_compared(as_actor):
    client = as_actor()
    [old] = await imported(client, tariff_file())
    [new] = await imported(client, tariff_file(version(TIERS.replace("price: 5", "price: 6"))))
    answer = await client.post(
        f"/tariff-versions/{new['id']}/compare",
        json=USAGE | {"other_id": old["id"], "quantities": ["0", "10", "14"]},
    )
    assert [item["change_cents"] for item in answer.json()["items"]] == [0, 0, 400]


async def test_a_version_reads_like_its_resolution(as_actor):
    [row] = await imported(as_actor(), tariff_file())
    service, use = row["sections"]
    assert service["columns"] == ["Size", "Price, $"]
    assert service["rows"] == [["3/4", "30"], ["1", "50"]]
    assert use["columns"] == ["Tier", "Units", "Price, $"]
    assert use["rows"] == [["1", "10", "3"], ["2", "", "5"]]
    assert "Fixed charges: by days of the cycle's period" in row["policy"]


async def test_declarations_switch_surcharges_for_bills_of_their_days(as_actor, uow):
    await approved(as_actor, tariff_file(version(TIERS + DROUGHT)))
    supervisor = as_actor(Role.SUPERVISOR)
    body = {"code": "stage-2", "from_on": "2026-07-22", "document": "Resolution 2026-30"}
    declared = await supervisor.post("/declarations", json={"id": str(uuid7())} | body)
    assert declared.status_code == 201
    wanted = RatingInput("W-TEST", JULY, Decimal(31), attributes={"size": "3/4"})
    assert total_cents(rate(await catalog(uow.sql, ["W-TEST"], JULY), wanted)) == 16_500 + 1_000
    lifted = await supervisor.post(
        f"/declarations/{declared.json()['id']}/lift",
        json={"to_on": "2026-07-27", "reason": "Reservoirs filled"},
        headers={"If-Match": declared.headers["ETag"]},
    )
    assert lifted.json()["to_on"] == "2026-07-27"
    assert total_cents(rate(await catalog(uow.sql, ["W-TEST"], JULY), wanted)) == 16_500 + 500


async def test_declarations_do_not_overlap_and_repeat_safely(as_actor):
    supervisor = as_actor(Role.SUPERVISOR)
    body = {"code": "stage-2", "from_on": "2026-07-22", "document": "Resolution 2026-30"}
    first = {"id": str(uuid7())} | body
    assert (await supervisor.post("/declarations", json=first)).status_code == 201
    assert (await supervisor.post("/declarations", json=first)).status_code == 201
    again = await supervisor.post("/declarations", json={"id": str(uuid7())} | body)
    assert again.json()["type"] == "/problems/declaration-overlaps"
    changed = await supervisor.post("/declarations", json=first | {"from_on": "2026-01-01"})
    assert changed.json()["type"] == "/problems/idempotency-conflict"
    on = await supervisor.get("/declarations?on=2026-07-01")
    assert on.json()["total"] == 0


async def test_evapotranspiration_is_entered_by_month_and_read_by_days(as_actor, uow):
    client = as_actor()
    months = [{"month": "2026-06-01", "inches": "6.0"}, {"month": "2026-07-01", "inches": "6.2"}]
    answer = await client.put("/evapotranspiration/CIMIS-44", json={"months": months})
    assert [m["inches"] for m in answer.json()["months"]] == ["6.000", "6.200"]
    period = Period(date(2026, 6, 16), date(2026, 7, 11))
    known = (await monthly_inches(uow.sql, period))["CIMIS-44"]
    assert inches_in(known, period) == Decimal(5)  # 15 days of 0.2 and 10 of 0.2
    assert inches_in(known, Period(date(2026, 7, 1), date(2026, 8, 2))) is None
    wrong = await client.put(
        "/evapotranspiration/CIMIS-44", json={"months": [{"month": "2026-06-02", "inches": "1"}]}
    )
    assert wrong.status_code == 422


@pytest.mark.parametrize("role", [Role.CASHIER, Role.TECHNICIAN])
async def test_only_approvers_declare(as_actor, role):
    body = {"code": "x", "from_on": "2026-07-22", "document": "Resolution 1", "id": str(uuid7())}
    assert (await as_actor(role).post("/declarations", json=body)).status_code == 403
