"""A run from its calendar to the books and back, over HTTP on a real database."""

import pytest

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from curbstop.ledger.seals.verify import first_finding, verify
from tests.billing.running import Office
from tests.factories.billing import MAY, a_district, named_id, used_in


@pytest.fixture
async def office(uow, as_actor, run_jobs):
    district = await a_district(uow.sql, 12)
    await uow.session.commit()
    return Office(district, as_actor(Role.TECHNICIAN), as_actor(Role.SUPERVISOR), run_jobs, uow.sql)


def may_cents(number: int) -> int:
    used = used_in(number, 5)
    tiers = min(used, 10) * 300 + max(0, min(used, 20) - 10) * 425 + max(0, used - 20) * 550
    return (6000 if number % 10 == 9 else 2800) + tiers + used * 45 + 4000


async def test_a_cycle_is_billed_approved_by_another_and_posted(office):
    run = await office.prepared(office.district.may_id)
    assert (run["state"], run["number"] > 0) == ("draft", True)
    run = await office.calculated(run["id"])
    assert (run["state"], run["expected"], run["billed"]) == ("calculated", 12, 12)
    assert run["current_cents"] == sum(may_cents(n) for n in range(12))

    proof = (await office.clerk.get(f"/bill-runs/{run['id']}/completeness")).json()
    assert proof["complete"]
    assert (proof["expected"], proof["billed"], proof["excused"]) == (12, 12, 0)

    await office.posted(run["id"])
    run = (await office.clerk.get(f"/bill-runs/{run['id']}")).json()
    assert run["state"] == "posted"
    balances = await office.sql.fetch(
        "SELECT account_id, balance_cents FROM account_balances ORDER BY account_id"
    )
    assert {row["account_id"]: row["balance_cents"] for row in balances} == {
        named_id("account", n): may_cents(n) for n in range(12)
    }
    assert first_finding(await verify(office.sql)) is None
    # What was posted is sealed into the chain at once.
    sealed = await office.sql.fetchval("SELECT sum(entry_count) FROM seals")
    assert sealed == await office.sql.fetchval("SELECT count(*) FROM journal_entries") == 12


async def test_who_prepared_a_run_does_not_approve_it(office, as_actor):
    both = as_actor(Role.SUPERVISOR)
    office.clerk = both
    run = await office.calculated((await office.prepared(office.district.may_id))["id"])
    assert (await both.post(f"/bill-runs/{run['id']}/review")).status_code == 200
    refused = await both.post(f"/bill-runs/{run['id']}/approve")
    assert (refused.status_code, refused.json()["type"]) == (
        409,
        "/problems/preparer-may-not-approve",
    )


async def test_a_technician_may_not_approve_and_a_cashier_not_prepare(office, as_actor):
    run = await office.calculated((await office.prepared(office.district.may_id))["id"])
    assert (await office.clerk.post(f"/bill-runs/{run['id']}/approve")).status_code == 403
    cashier = as_actor(Role.CASHIER)
    assert (await cashier.post(f"/bill-runs/{run['id']}/calculate")).status_code == 403


async def test_an_account_without_a_read_stops_nobody_and_blocks_approval(office):
    await office.sql.execute(
        "INSERT INTO reads (register_id, read_on, revision, value, method, kind, rollovers)"
        " VALUES ($1, '2026-06-01', 2, NULL, 'keyed', 'cycle', 0)",
        named_id("register", 3),
    )
    run = await office.prepared(office.district.may_id)
    waiting = (await office.clerk.get(f"/bill-runs/{run['id']}/pre-list")).json()
    assert (waiting["expected"], waiting["ready"]) == (12, 11)
    assert "has no read" in waiting["items"][0]["missing"][0]

    run = await office.calculated(run["id"])
    assert (run["billed"], run["open_exceptions"]) == (11, 1)
    found = (await office.clerk.get(f"/bill-runs/{run['id']}/exceptions")).json()["items"]
    assert [(e["code"], e["severity"], e["customer_name"]) for e in found] == [
        ("no_read", "block", "Person 3")
    ]
    await office.clerk.post(f"/bill-runs/{run['id']}/review")
    refused = await office.chief.post(f"/bill-runs/{run['id']}/approve")
    assert refused.json()["type"] == "/problems/run-incomplete"
    proof = (await office.clerk.get(f"/bill-runs/{run['id']}/completeness")).json()
    assert [m["customer_name"] for m in proof["missing"]] == ["Person 3"]

    excuse = f"/bill-runs/{run['id']}/exceptions/{found[0]['id']}/excuse"
    reason = {"reason": "Meter is being replaced, billed off-cycle"}
    assert (await office.clerk.post(excuse, json=reason)).status_code == 204
    again = await office.clerk.post(excuse, json=reason)
    assert again.json()["type"] == "/problems/already-excused"
    assert (await office.chief.post(f"/bill-runs/{run['id']}/approve")).status_code == 200


async def test_the_database_alone_refuses_an_incomplete_approval(office):
    run = await office.calculated((await office.prepared(office.district.may_id))["id"])
    await office.clerk.post(f"/bill-runs/{run['id']}/review")
    await office.sql.execute(
        "INSERT INTO run_exceptions (id, run_id, chunk, account_id, code, reason, severity)"
        " VALUES ($1, $2, 0, $3, 'no_read', 'no read', 'block')",
        *(uuid7(), run["id"], named_id("account", 0)),
    )
    with pytest.raises(Exception, match="not excused"):
        await office.sql.execute(
            "UPDATE bill_runs SET state = 'approved', approved_by = $2, approved_at = now()"
            " WHERE id = $1",
            *(run["id"], uuid7()),
        )


async def test_an_account_that_joins_after_the_calculation_is_missed_at_approval(office, uow):
    await uow.sql.execute(
        "UPDATE cycle_accounts SET from_on = '2026-08-01' WHERE account_id = $1",
        named_id("account", 0),
    )
    run = await office.calculated((await office.prepared(office.district.may_id))["id"])
    assert run["expected"] == 11
    await uow.sql.execute(
        "UPDATE cycle_accounts SET from_on = '2026-01-01' WHERE account_id = $1",
        named_id("account", 0),
    )
    await office.clerk.post(f"/bill-runs/{run['id']}/review")
    refused = await office.chief.post(f"/bill-runs/{run['id']}/approve")
    assert refused.json()["type"] == "/problems/run-incomplete"
    proof = (await office.clerk.get(f"/bill-runs/{run['id']}/completeness")).json()
    assert [m["code"] for m in proof["missing"]] == ["not_calculated"]
    run = await office.calculated(run["id"])
    assert (run["state"], run["expected"], run["billed"]) == ("calculated", 12, 12)


async def test_recalculation_writes_the_same_rows_and_keeps_an_excuse(office):
    await office.sql.execute("DELETE FROM rating_attributes")
    await office.sql.execute(
        "UPDATE agreements SET rate_code = 'GONE' WHERE id = $1", named_id("sewer", 5)
    )
    run = await office.calculated((await office.prepared(office.district.may_id))["id"])
    found = (await office.clerk.get(f"/bill-runs/{run['id']}/exceptions")).json()["items"]
    await office.clerk.post(
        f"/bill-runs/{run['id']}/exceptions/{found[0]['id']}/excuse",
        json={"reason": "The board adopts the rate next week"},
    )
    before = await office.rows(run["id"])
    run = await office.calculated(run["id"])
    assert await office.rows(run["id"]) == before
    assert run["open_exceptions"] == 0
    await office.sql.execute(
        "UPDATE agreements SET rate_code = 'S-TEST' WHERE id = $1", named_id("sewer", 5)
    )
    run = await office.calculated(run["id"])
    assert run["billed"] == 12
    assert (await office.clerk.get(f"/bill-runs/{run['id']}/exceptions")).json()["total"] == 0


async def test_a_period_has_one_run_and_a_second_bill_cannot_stand(office):
    first = await office.calculated((await office.prepared(office.district.may_id))["id"])
    body = {"id": str(uuid7()), "name": "Again", "cycle_period_id": str(office.district.may_id)}
    refused = await office.clerk.post("/bill-runs", json=body)
    assert refused.json()["type"] == "/problems/period-has-run"

    off_cycle = await office.prepared_off_cycle([office.district.accounts[0]], MAY)
    run = await office.calculated(off_cycle["id"])
    assert run["billed"] == 0
    found = (await office.clerk.get(f"/bill-runs/{run['id']}/exceptions")).json()["items"]
    assert f"Run {first['number']} bills this service already" in found[0]["reason"]

    segment = await office.sql.fetchrow(
        "SELECT s.* FROM bill_segments s WHERE s.agreement_id = $1", named_id("water", 0)
    )
    with pytest.raises(Exception, match="uq_bill_segments_live"):
        await office.sql.execute(
            "INSERT INTO bill_segments (bill_id, agreement_id, service, rate_code, period_from,"
            " period_to, estimated, reads, facts) VALUES ($1, $2, 'water', 'W-TEST', $3, $4,"
            " false, '[]', '{}')",
            *(uuid7(), segment["agreement_id"], segment["period_from"], segment["period_to"]),
        )


async def test_a_discarded_run_leaves_its_period_free(office):
    run = await office.calculated((await office.prepared(office.district.may_id))["id"])
    gone = await office.clerk.post(
        f"/bill-runs/{run['id']}/discard", json={"reason": "Wrong cycle was chosen"}
    )
    assert gone.json()["state"] == "discarded"
    assert await office.sql.fetchval("SELECT count(*) FROM bills") == 0
    assert (await office.calculated((await office.prepared(office.district.may_id))["id"]))[
        "billed"
    ] == 12


async def test_posted_bills_do_not_change(office):
    run = await office.calculated((await office.prepared(office.district.may_id))["id"])
    await office.posted(run["id"])
    for statement in (
        "UPDATE bills SET current_cents = current_cents + 1",
        "DELETE FROM bill_lines",
        "UPDATE bill_lines SET amount_cents = 0",
        "DELETE FROM bills",
        "TRUNCATE bill_lines",
        "UPDATE statements SET total_due_cents = 0",
        "DELETE FROM run_chunks",
        "UPDATE run_chunks SET state = 'calculated'",
        "UPDATE bill_runs SET state = 'draft'",
    ):
        async with office.refused():
            await office.sql.execute(statement)
    assert (await office.clerk.post(f"/bill-runs/{run['id']}/calculate")).status_code == 409


async def test_the_next_period_begins_where_the_last_bill_ended(office):
    await office.posted(
        (await office.calculated((await office.prepared(office.district.may_id))["id"]))["id"]
    )
    run = await office.calculated((await office.prepared(office.district.june_id))["id"])
    assert run["billed"] == 12
    kinds = await office.sql.fetch(
        "SELECT kind, period_from::text AS start FROM bills WHERE run_id = $1", run["id"]
    )
    assert {(row["kind"], row["start"]) for row in kinds} == {("regular", "2026-06-01")}
    compared = (await office.clerk.get(f"/bill-runs/{run['id']}/comparison?with=previous")).json()
    assert compared["by_class"][0]["bills"] == compared["by_class"][0]["other_bills"] == 12
    assert sum(row["cents"] for row in compared["by_group"]) == run["current_cents"]
    changes = [row["change_cents"] for row in compared["top_changes"]]
    assert changes == sorted(changes, key=abs, reverse=True)


async def test_a_posted_run_is_reversed_whole(office):
    run = await office.calculated((await office.prepared(office.district.may_id))["id"])
    await office.posted(run["id"])
    preview = (await office.clerk.get(f"/bill-runs/{run['id']}/reversal-preview")).json()
    assert (preview["bills"], preview["current_cents"]) == (12, run["current_cents"])
    reason = {"reason": "Wrong reading file was imported"}
    assert (
        await office.chief.post(f"/bill-runs/{run['id']}/reverse", json=reason)
    ).status_code == 202
    await office.run_jobs()
    run = (await office.clerk.get(f"/bill-runs/{run['id']}")).json()
    assert run["state"] == "reversed"
    assert await office.sql.fetchval("SELECT sum(balance_cents) FROM account_balances") == 0
    assert first_finding(await verify(office.sql)) is None
    again = await office.calculated((await office.prepared(office.district.may_id))["id"])
    assert again["billed"] == 12


async def test_a_run_that_later_bills_stand_on_is_not_reversed(office):
    """Billing goes on where the newest bill ended: May's days would never be billed again."""
    may = await office.calculated((await office.prepared(office.district.may_id))["id"])
    await office.posted(may["id"])
    june = await office.calculated((await office.prepared(office.district.june_id))["id"])
    reason = {"reason": "Wrong reading file was imported"}
    refused = await office.chief.post(f"/bill-runs/{may['id']}/reverse", json=reason)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/later-bills-stand")
    assert str(june["number"]) in refused.json()["detail"]
    await office.clerk.post(f"/bill-runs/{june['id']}/discard", json=reason)
    accepted = await office.chief.post(f"/bill-runs/{may['id']}/reverse", json=reason)
    assert accepted.status_code == 202


async def test_a_posting_that_outlived_its_month_goes_on_in_the_open_one(office):
    run = await office.calculated((await office.prepared(office.district.may_id))["id"])
    await office.clerk.post(f"/bill-runs/{run['id']}/review")
    await office.chief.post(f"/bill-runs/{run['id']}/approve")
    # It was begun in June and failed; then the accountant closed June.
    await office.sql.execute(
        "UPDATE bill_runs SET posted_on = '2026-06-30' WHERE id = $1", run["id"]
    )
    await office.sql.execute("INSERT INTO periods VALUES ('2026-06-01', 'closed', now())")
    await office.clerk.post(f"/bill-runs/{run['id']}/post")
    await office.run_jobs()
    run = (await office.clerk.get(f"/bill-runs/{run['id']}")).json()
    assert (run["state"], run["posted_on"]) == ("posted", "2026-07-15")


async def test_the_same_id_with_another_due_day_is_refused(office):
    body = {
        "id": str(uuid7()),
        "name": "Final bills",
        "account_ids": [str(named_id("account", 0))],
        "reason": "Moves out",
        "period_from": str(MAY.start),
        "period_to": str(MAY.end),
        "bill_on": "2026-06-05",
        "due_on": "2026-06-30",
    }
    assert (await office.clerk.post("/bill-runs", json=body)).status_code == 201
    assert (await office.clerk.post("/bill-runs", json=body)).status_code == 201
    other = await office.clerk.post("/bill-runs", json=body | {"due_on": "2026-07-31"})
    assert other.json()["type"] == "/problems/idempotency-conflict"
