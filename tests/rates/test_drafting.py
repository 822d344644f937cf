"""A draft from an approved version, checked as it is typed, and compared with what stands."""

from decimal import Decimal

import pytest

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from curbstop.platform.migrate import reference_dir
from curbstop.rates.engine import load_tariff
from curbstop.rates.engine.source import read_version
from curbstop.rates.tariffs.body import body_of
from curbstop.rates.tariffs.yaml_text import yaml_of
from tests.rates.tariffs_of import TIERS, version
from tests.rates.test_versions import approved, imported, tariff_file

FILES = sorted(reference_dir().rglob("tariffs/*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_version_as_text_reads_back_as_itself(file):
    for one in load_tariff(file.read_text()).versions:
        again, _ = read_version(yaml_of(one))
        assert body_of(again) == body_of(one)
        assert "price: '" not in yaml_of(one)  # numbers are not quoted


async def test_the_next_draft_begins_as_the_version_that_stands(as_actor):
    [row] = await approved(as_actor, tariff_file())
    client = as_actor()
    body = {"id": str(uuid7()), "effective_on": "2027-01-01", "resolution": "Resolution 2026-40"}
    path = f"/tariff-versions/{row['id']}/successors"
    made = await client.post(path, json=body)
    assert made.status_code == 201, made.text
    draft = made.json()
    assert (draft["state"], draft["effective_on"]) == ("draft", "2027-01-01")
    assert draft["body"]["components"] == row["body"]["components"]
    assert (await client.post(path, json=body)).json()["id"] == draft["id"]
    for changed in ({"resolution": "Resolution 2026-41"}, {"effective_on": "2027-07-01"}):
        other = await client.post(path, json=body | changed)
        assert other.json()["type"] == "/problems/idempotency-conflict"
    reader = await as_actor(Role.CASHIER).post(path, json=body | {"id": str(uuid7())})
    assert reader.status_code == 403


async def test_typed_text_is_read_priced_and_kept_by_nobody(as_actor):
    client = as_actor()
    [row] = await imported(client, tariff_file())
    dearer = row["yaml"].replace("price: 5}", "price: 6}")
    assert dearer != row["yaml"]
    usage = {"from_on": "2026-07-01", "to_on": "2026-08-01", "quantity": "12"}
    asked = {"yaml": dearer, "usage": usage | {"facts": {"size": "3/4"}}}
    found = (await client.post(f"/tariff-versions/{row['id']}/check", json=asked)).json()
    assert found["mistakes"] == []
    assert found["priced"]["total_cents"] == 3000 + 3000 + 1200
    [example] = found["examples"]
    assert (example["differences"], example["total_cents"]) == ([], 6000)
    assert example["lines"][1]["explanation_en"].startswith("10 HCF × $3.00 = $30.00")
    same = (await client.get(f"/tariff-versions/{row['id']}")).json()
    assert same["sha256"] == row["sha256"]


async def test_mistakes_are_told_by_line_and_pointer(as_actor):
    client = as_actor()
    [row] = await imported(client, tariff_file())
    path = f"/tariff-versions/{row['id']}/check"
    text = row["yaml"].replace("price: 5}", "price: five}")
    [mistake] = (await client.post(path, json={"yaml": text})).json()["mistakes"]
    line = next(n for n, one in enumerate(text.splitlines(), 1) if "five" in one)
    assert (mistake["line"], mistake["pointer"]) == (line, "/components/1/tiers/1/price")
    assert mistake["reason"] == "'five' is not a number"
    row["body"]["components"][0]["group"] = "mystery"
    [unknown] = (await client.post(path, json={"body": row["body"]})).json()["mistakes"]
    assert unknown["pointer"] == "/components/0/group"
    broken = (await client.post(path, json={"yaml": "components: [}"})).json()
    assert broken["mistakes"][0]["line"] == 1
    assert broken["body"] is None


async def test_a_wrong_example_is_shown_with_its_difference(as_actor):
    client = as_actor()
    [row] = await imported(client, tariff_file(total="61.00"))
    [example] = (
        await client.post(f"/tariff-versions/{row['id']}/check", json={"body": row["body"]})
    ).json()["examples"]
    assert example["differences"] == ["total is 60.00, expected 61.00"]


async def test_two_versions_side_by_side_differ_in_dollars_and_percent(as_actor):
    client = as_actor()
    [old] = await imported(client, tariff_file())
    changed = TIERS.replace("price: 5", "price: 5.50").replace(
        "{3/4: 30, 1: 50}", "{3/4: 30, 2: 9}"
    )
    [new] = await imported(client, tariff_file(version(changed, "2027-01-01")))
    answer = await client.get(
        f"/tariff-versions/{new['id']}/changes", params={"other_id": old["id"]}
    )
    found = answer.json()
    assert (found["before"]["id"], found["after"]["id"]) == (old["id"], new["id"])
    by_place = {(i["component"], i["place"]): i for i in found["items"]}
    dearer = by_place["use", "Tier 2 price"]
    assert (dearer["before"], dearer["after"], dearer["kind"]) == ("5", "5.5", "changed")
    assert (Decimal(dearer["difference"]), dearer["percent"]) == (Decimal("0.5"), "10.0")
    kinds = {place: item["kind"] for (_, place), item in by_place.items()}
    assert kinds["Price, size 3/4"] == "same"
    assert kinds["Price, size 2"] == "added"
    assert kinds["Price, size 1"] == "removed"
