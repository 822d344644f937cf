"""Who changed what of one thing: for whoever may read the thing, and of nothing else."""

import pytest

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7


@pytest.fixture
def office(as_actor):
    return as_actor(Role.TECHNICIAN)


async def a_parcel(office, apn):
    request = {"id": str(uuid7()), "county": "placer", "apn": apn, "situs_line": "12 Oak Street"}
    answer = await office.post("/parcels", json=request)
    assert answer.status_code == 201, answer.text
    return request["id"]


async def test_a_changed_field_stands_with_before_and_after(office):
    parcel, other = await a_parcel(office, "6-153-11"), await a_parcel(office, "6-153-12")
    changed = await office.patch(
        f"/parcels/{parcel}", json={"situs_line": "14 Oak Street"}, headers={"If-Match": '"1"'}
    )
    assert changed.status_code == 200, changed.text
    page = (await office.get(f"/parcels/{parcel}/changes")).json()
    assert [act["action"] for act in page["items"]] == ["parcels.changed", "parcels.added"]
    newest = page["items"][0]
    assert (newest["before"], newest["after"]) == (
        {"situs_line": "12 Oak Street"},
        {"situs_line": "14 Oak Street"},
    )
    assert newest["actor_name"] == office.actor.name
    assert (await office.get(f"/parcels/{other}/changes")).json()["total"] == 1


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("accounts", Role.CASHIER),
        ("meters", Role.OPERATIONS),
        ("service-points", Role.OPERATIONS),
        ("parcels", Role.ENGINEERING),
    ],
)
async def test_whoever_reads_the_thing_reads_its_changes_and_no_others(as_actor, path, role):
    reader = as_actor(role)
    assert (await reader.get(f"/{path}/{uuid7()}/changes")).json()["total"] == 0
    if role is not Role.ENGINEERING:
        assert (await reader.get("/audit-events")).status_code == 403


async def test_an_export_of_the_trail_hides_what_was_said_of_a_customer(as_actor, office):
    request = {"id": str(uuid7()), "name": "Ana Flores", "phone": "(530) 555-0142"}
    assert (await office.post("/customers", json=request)).status_code == 201
    auditor = as_actor(Role.AUDITOR)
    asked = {"params": {"subject_id": request["id"]}, "headers": {"Accept": "text/csv"}}
    hidden = (await auditor.get("/audit-events", **asked)).text
    assert "customers.added" in hidden
    assert "Ana Flores" not in hidden
    asked["params"]["reason"] = "records request 12"
    assert "Ana Flores" in (await auditor.get("/audit-events", **asked)).text
