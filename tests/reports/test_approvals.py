"""The inbox: every kind in one list, own requests told apart, nothing one may not read."""

import pytest
from tests.billing.running import Office
from tests.factories.billing import a_district, named_id

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7


@pytest.fixture
async def office(uow, as_actor, run_jobs):
    district = await a_district(uow.sql, 3)
    await uow.session.commit()
    clerk = as_actor(Role.TECHNICIAN, name="Maria")
    office = Office(district, clerk, as_actor(Role.SUPERVISOR), run_jobs, uow.sql)
    await asked_of_everyone(office)
    return office


async def asked_of_everyone(office) -> None:
    """One request of each kind, all by the clerk."""
    by = office.clerk.actor.id
    body = {"id": str(uuid7()), "account_id": str(named_id("account", 1)), "type_code": "leak"}
    body |= {"amount_cents": -400_00, "note": "A leak at the main shutoff, invoice seen"}
    answer = await office.clerk.post("/adjustments", json=body)
    assert answer.json()["state"] == "requested", answer.text
    run = await office.calculated((await office.prepared(office.district.may_id))["id"])
    await office.clerk.post(f"/bill-runs/{run['id']}/review")
    await office.sql.execute(
        "INSERT INTO read_reviews (id, rule, severity, state, reason, register_id,"
        " service_point_id, read_on, raw, needs_second, decision, decision_reason, decided_by,"
        " decided_at, created_at, version) VALUES ($1, 'high', 'block', 'proposed', 'High', $2,"
        " $3, '2026-06-01', '', true, 'accepted', 'A pool was filled', $4, now(), now(), 1)",
        *(uuid7(), named_id("register", 2), named_id("point", 2), by),
    )
    await office.sql.execute(
        "INSERT INTO policy_values (id, key, value, from_on, citation, decided_by, reason,"
        " needs_second, entered_by, entered_by_name, entered_at) VALUES ($1, 'leak.percent',"
        " '\"60\"', '2026-09-01', '', 'Board', 'Ordinance 2026-4', true, $2, 'Maria', now())",
        *(uuid7(), by),
    )
    await office.sql.execute(
        "INSERT INTO tariff_versions (id, tariff_id, effective_on, resolution, source, body,"
        " sha256, state, drafted_by, drafted_by_name, drafted_at, authors, proposed_at, version)"
        " SELECT $1, tariff_id, '2026-09-01', 'Resolution 2026-07', '', body, sha256, 'proposed',"
        " $2, 'Maria', now(), ARRAY[$2::uuid], now(), 1 FROM tariff_versions LIMIT 1",
        *(uuid7(), by),
    )


KINDS = ["adjustment", "bill_run", "policy", "read", "tariff"]


async def inbox(client, **params) -> list[dict]:
    answer = await client.get("/approvals", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_all_kinds_stand_in_one_list_oldest_first(office):
    rows = await inbox(office.chief)
    assert sorted(row["kind"] for row in rows) == KINDS
    assert [row["asked_at"] for row in rows] == sorted(row["asked_at"] for row in rows)
    assert all(row["may_decide"] and not row["own"] for row in rows)
    by_kind = {row["kind"]: row for row in rows}
    assert by_kind["adjustment"]["amount_cents"] == -400_00
    assert by_kind["adjustment"]["customer_name"] == "Person 1"
    assert by_kind["read"]["why"] == "A pool was filled"
    assert by_kind["read"]["customer_name"] == "Person 2"
    assert by_kind["bill_run"]["why"] == "3 bills of 3 expected accounts"


async def test_own_requests_are_shown_and_never_ones_to_decide(office, as_actor):
    assert {(row["own"], row["may_decide"]) for row in await inbox(office.clerk)} == {(True, False)}
    assert await inbox(office.clerk, own="false") == []
    # A supervisor's own request stays for another supervisor.
    chief = office.chief
    body = {"id": str(uuid7()), "account_id": str(named_id("account", 2)), "type_code": "leak"}
    body |= {"amount_cents": -400_00, "note": "Asked for by the supervisor herself"}
    await chief.post("/adjustments", json=body)
    [own] = await inbox(chief, own="true")
    assert (own["id"], own["may_decide"]) == (body["id"], False)


async def test_who_only_reads_decides_nothing_and_sees_their_kinds(office, as_actor):
    auditor = await inbox(as_actor(Role.AUDITOR))
    assert len(auditor) == 5
    assert not any(row["may_decide"] for row in auditor)
    engineer = {row["kind"] for row in await inbox(as_actor(Role.ENGINEERING))}
    assert engineer == {"read", "tariff"}
    accountant = await inbox(as_actor(Role.ACCOUNTANT))
    assert {row["kind"] for row in accountant if row["may_decide"]} == {"adjustment", "policy"}


async def test_the_inbox_is_filtered_searched_and_exported_without_names(office):
    assert [row["kind"] for row in await inbox(office.chief, kind="read")] == ["read"]
    assert [row["kind"] for row in await inbox(office.chief, q="pool")] == ["read"]
    csv = await office.chief.get("/approvals", headers={"Accept": "text/csv"})
    assert "Leak" in csv.text
    assert "Person 1" not in csv.text
