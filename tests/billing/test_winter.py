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


def computation(rate_code="S-WINTER", **changed):
    days = {"as_of_on": "2026-06-01", "from_on": "2026-06-01"}
    return {"id": str(uuid7()), "rate_code": rate_code} | days | changed


async def computed(office) -> dict:
    """A proposal of everybody's averages, before its reviewer."""
    body = computation()
    accepted = await office.clerk.post("/winter-proposals", json=body)
    assert accepted.status_code == 202, accepted.text
    await office.run_jobs()
    job = (await office.clerk.get(f"/jobs/{accepted.json()['job_id']}")).json()
    assert job["state"] == "done", job
    return (await office.clerk.get(f"/winter-proposals/{body['id']}")).json()


async def act(person, proposal: dict, name: str, **body):
    headers = {"If-Match": f'"{proposal["version"]}"'}
    path = f"/winter-proposals/{proposal['id']}/{name}"
    return await person.post(path, headers=headers, json=body or None)


async def lines(office, proposal: dict, **params) -> list[dict]:
    path = f"/winter-proposals/{proposal['id']}/lines"
    answer = await office.clerk.get(path, params={"limit": 50} | params)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_averages_are_previewed_and_set_by_a_second_person(office):
    proposal = await computed(office)
    assert (proposal["state"], proposal["agreements"], proposal["to_set"]) == ("proposed", 10, 10)
    assert (await office.clerk.get("/winter-averages")).json()["total"] == 0  # nothing is set yet
    own = await act(office.clerk, proposal, "approve")
    assert own.status_code == 403
    done = await act(office.chief, proposal, "approve")
    assert done.json()["state"] == "approved", done.text
    listed = (await office.clerk.get("/winter-averages", params={"limit": 50})).json()["items"]
    used = await office.sql.fetch(
        "SELECT g.account_id, s.quantity FROM bill_segments s"
        " JOIN agreements g ON g.id = s.agreement_id WHERE s.service = 'water'"
    )
    by_account = {str(row["account_id"]): row["quantity"] for row in used}
    assert {row["account_id"]: Decimal(row["quantity"]) for row in listed} == by_account
    again = await act(office.chief, done.json(), "approve")
    assert again.json()["type"] == "/problems/proposal-not-open"


async def test_who_corrects_a_line_may_not_approve(office):
    proposal = await computed(office)
    [first, *_] = await lines(office, proposal)
    path = f"/winter-proposals/{proposal['id']}/lines/{first['id']}"
    body = {"quantity": "6.5", "reason": "Leak in winter: class average"}
    corrected = await office.chief.put(
        path, headers={"If-Match": f'"{proposal["version"]}"'}, json=body
    )
    assert corrected.status_code == 200, corrected.text
    refused = await act(office.chief, corrected.json(), "approve")
    assert refused.json()["type"] == "/problems/approver-is-author"
    stale = await act(office.chief, proposal, "approve")
    assert stale.status_code == 412
    [line] = await lines(office, proposal, flag="by_hand")
    assert (Decimal(line["quantity"]), line["note"]) == (Decimal("6.5"), body["reason"])


async def test_a_computation_that_is_run_again_keeps_corrections(office):
    """The rescue of a stalled job may run it again after it has proposed."""
    proposal = await computed(office)
    [first, *_] = await lines(office, proposal)
    path = f"/winter-proposals/{proposal['id']}/lines/{first['id']}"
    seen = {"If-Match": f'"{proposal["version"]}"'}
    body = {"quantity": "6.5", "reason": "Leak in winter: class average"}
    assert (await office.clerk.put(path, headers=seen, json=body)).status_code == 200
    await office.sql.execute(
        "UPDATE jobs SET state = 'queued' WHERE subject_id = $1", proposal["id"]
    )
    assert await office.run_jobs() == ["billing.winter_averages"]
    [line] = await lines(office, proposal, flag="by_hand")
    assert Decimal(line["quantity"]) == Decimal("6.5")


async def test_the_database_holds_the_second_person_and_the_decision(office):
    proposal = await computed(office)
    update = (
        "UPDATE winter_proposals SET state = 'approved', decided_by = prepared_by WHERE id = $1"
    )
    async with office.refused():
        await office.sql.execute(update, proposal["id"])
    rejected = await act(office.chief, proposal, "reject", reason="The winter was not billed")
    assert rejected.json()["state"] == "rejected"
    async with office.refused():
        await office.sql.execute(
            "UPDATE winter_lines SET quantity = 1 WHERE proposal_id = $1", proposal["id"]
        )
    async with office.refused():
        await office.sql.execute(
            "UPDATE winter_proposals SET state = 'proposed', decided_by = NULL WHERE id = $1",
            proposal["id"],
        )
    async with office.refused():
        await office.sql.execute(
            "INSERT INTO winter_averages SELECT id, '2026-06-01', 1, 'x', id, id FROM agreements"
        )


async def test_outliers_and_customers_without_history_are_named(office):
    first = await computed(office)
    await act(office.chief, first, "approve")
    rows = await lines(office, first)
    low, high = rows[0], rows[1]
    await office.sql.execute(
        "UPDATE winter_averages SET quantity = CASE agreement_id WHEN $1 THEN 0 ELSE 900 END"
        " WHERE agreement_id IN ($1, $2)",
        *(low["id"], high["id"]),
    )
    await office.sql.execute(
        "UPDATE bill_segments SET live = false WHERE service = 'water' AND bill_id IN"
        " (SELECT id FROM bills WHERE account_id = $1)",
        rows[2]["account_id"],
    )
    second = await computed(office)
    flagged = {row["id"]: row for row in await lines(office, second, flagged=True)}
    assert flagged[low["id"]]["flag"] == "rose"
    assert flagged[high["id"]]["flag"] == "fell"
    missing = flagged[rows[2]["id"]]
    assert (missing["flag"], missing["quantity"]) == ("no_history", None)
    assert missing["note"]
    assert (second["to_set"], second["by_flag"]["no_history"]) == (9, 1)


async def test_a_rate_without_the_rule_is_refused(office):
    refused = await office.clerk.post("/winter-proposals", json=computation("W-TEST"))
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/no-winter-rule")


async def test_one_average_is_proposed_by_hand_with_its_reason(office):
    agreement = await office.sql.fetchval(
        "SELECT id FROM agreements WHERE service = 'sewer' ORDER BY id LIMIT 1"
    )
    entry = {
        "id": str(uuid7()),
        "agreement_id": str(agreement),
        "quantity": "6.5",
        "from_on": "2026-06-01",
        "reason": "New home: class average",
    }
    path = "/winter-proposals/by-hand"
    assert (await office.clerk.post(path, json=entry)).status_code == 201
    made = await office.clerk.post(path, json=entry)
    assert made.status_code == 201
    for changed in ({"quantity": "7"}, {"from_on": "2026-07-01"}):
        other = await office.clerk.post(path, json=entry | changed)
        assert other.json()["type"] == "/problems/idempotency-conflict"
    assert (await act(office.chief, made.json(), "approve")).status_code == 200
    (row,) = (await office.clerk.get("/winter-averages")).json()["items"]
    assert (row["agreement_id"], Decimal(row["quantity"])) == (str(agreement), Decimal("6.5"))
    assert row["source"] == "New home: class average"
    stranger = await office.clerk.post(
        path, json=entry | {"id": str(uuid7()), "agreement_id": str(uuid7())}
    )
    assert stranger.status_code == 404
