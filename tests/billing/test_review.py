"""What a reviewer does with a run: excuse in bulk, look at changes, give back, prove."""

import pytest

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from tests.billing.running import Office
from tests.factories.billing import MAY, a_district, named_id


@pytest.fixture
async def office(uow, as_actor, run_jobs):
    district = await a_district(uow.sql, 12)
    await uow.session.commit()
    return Office(district, as_actor(Role.TECHNICIAN), as_actor(Role.SUPERVISOR), run_jobs, uow.sql)


@pytest.fixture
async def unread(office):
    """The calculated run of a May in which nobody read the meters of 3, 4, 5 and 6."""
    for number in (3, 4, 5, 6):
        await office.sql.execute(
            "INSERT INTO reads (register_id, read_on, revision, value, method, kind, rollovers)"
            " VALUES ($1, '2026-06-01', 2, NULL, 'keyed', 'cycle', 0)",
            named_id("register", number),
        )
    return await office.calculated((await office.prepared(office.district.may_id))["id"])


REASON = {"reason": "The walk was flooded; billed off-cycle next week"}


async def test_all_that_match_are_excused_with_one_reason_after_a_preview(office, unread):
    base = f"/bill-runs/{unread['id']}"
    assert unread["open_exceptions"] == 4
    [spared] = [
        row["id"]
        for row in (await office.clerk.get(f"{base}/exceptions")).json()["items"]
        if row["customer_name"] == "Person 6"
    ]
    chosen = {"code": "no_read", "excluded_ids": [spared]}
    preview = (await office.clerk.post(f"{base}/exceptions/excuse-preview", json=chosen)).json()
    assert preview == {
        "exceptions": 3,
        "accounts": 3,
        "by_code": [{"code": "no_read", "exceptions": 3}],
        "left_open": 1,
    }
    body = chosen | REASON | {"expected": 3}
    done = await office.clerk.post(f"{base}/exceptions/excuse", json=body)
    assert done.json() == {"excused": 3}
    rows = (await office.clerk.get(f"{base}/exceptions", params={"excused": "true"})).json()
    assert {row["excuse"] for row in rows["items"]} == {REASON["reason"]}
    assert {row["customer_name"] for row in rows["items"]} == {"Person 3", "Person 4", "Person 5"}
    assert (await office.clerk.get(base)).json()["open_exceptions"] == 1
    log = await office.sql.fetchval(
        "SELECT after FROM audit_events WHERE action = 'bill_run.exceptions_excused'"
    )
    assert log == {"exceptions": {"no_read": 3}}


async def test_a_selection_that_changed_since_it_was_shown_is_refused_whole(office, unread):
    path = f"/bill-runs/{unread['id']}/exceptions/excuse"
    refused = await office.clerk.post(path, json=REASON | {"expected": 3})
    assert refused.json()["type"] == "/problems/exceptions-changed"
    named = REASON | {"q": "person 3", "expected": 1}
    assert (await office.clerk.post(path, json=named)).json() == {"excused": 1}
    run = (await office.clerk.get(f"/bill-runs/{unread['id']}")).json()
    assert run["open_exceptions"] == 3


async def test_a_reviewer_gives_a_run_back_with_its_results(office):
    run = await office.calculated((await office.prepared(office.district.may_id))["id"])
    path = f"/bill-runs/{run['id']}"
    why = {"reason": "Look at the top changes again"}
    early = await office.chief.post(f"{path}/return", json=why)
    assert early.json()["type"] == "/problems/wrong-state"
    await office.clerk.post(f"{path}/review")
    assert (await office.clerk.post(f"{path}/return", json=why)).status_code == 403
    back = (await office.chief.post(f"{path}/return", json=why)).json()
    assert (back["state"], back["reviewed_at"], back["billed"]) == ("calculated", None, 12)
    await office.posted(run["id"])


async def test_bills_stand_beside_the_bills_before_and_sort_by_the_change(office):
    may = await office.calculated((await office.prepared(office.district.may_id))["id"])
    rows = (await office.clerk.get(f"/bill-runs/{may['id']}/bills")).json()["items"]
    assert {row["before_cents"] for row in rows} == {None}
    await office.posted(may["id"])
    june = await office.calculated((await office.prepared(office.district.june_id))["id"])
    sort = {"sort": "-change_size_cents"}
    rows = (await office.clerk.get(f"/bill-runs/{june['id']}/bills", params=sort)).json()["items"]
    before = {
        row["account_id"]: row["current_cents"]
        for row in (await office.clerk.get(f"/bill-runs/{may['id']}/bills")).json()["items"]
    }
    assert len(rows) == 12
    for row in rows:
        assert row["before_cents"] == before[row["account_id"]]
        assert row["change_cents"] == row["current_cents"] - row["before_cents"]
    sizes = [abs(row["change_cents"]) for row in rows]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1]


async def test_the_proof_counts_each_figure_twice_and_sees_a_difference(office):
    run = await office.calculated((await office.prepared(office.district.may_id))["id"])
    before = (await office.clerk.get(f"/bill-runs/{run['id']}/proof")).json()
    assert [line["key"] for line in before["lines"]] == ["accounts"]
    await office.posted(run["id"])
    proof = (await office.clerk.get(f"/bill-runs/{run['id']}/proof")).json()
    assert proof["agrees"]
    assert [line["key"] for line in proof["lines"]] == ["accounts", "postings", "statements"]
    cents = run["current_cents"]
    assert {(line["cents"], line["other_cents"]) for line in proof["lines"][1:]} == {(cents, cents)}
    debits = sum(line["debit_cents"] for line in proof["distribution"])
    assert debits == sum(line["credit_cents"] for line in proof["distribution"]) == cents

    await office.sql.execute(
        "INSERT INTO statement_prints (id, run_id, statements, pages, total_due_cents, language,"
        " printed_by, printed_at, totals) VALUES ($1, $2, 11, 11, $3, '', $1, now(), '{}')",
        *(uuid7(), run["id"], cents),
    )
    proof = (await office.clerk.get(f"/bill-runs/{run['id']}/proof")).json()
    assert (proof["agrees"], proof["lines"][-1]["agrees"]) == (False, False)
    assert (proof["lines"][-1]["count"], proof["lines"][-1]["other_count"]) == (12, 11)


async def test_an_off_cycle_run_says_why(office):
    body = {
        "id": str(uuid7()),
        "name": "Finals",
        "account_ids": [str(named_id("account", 1))],
        "period_from": str(MAY.start),
        "period_to": str(MAY.end),
        "bill_on": str(MAY.end),
    }
    refused = await office.clerk.post("/bill-runs", json=body)
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/reason"]
    done = await office.clerk.post("/bill-runs", json=body | {"reason": "Moved out on 31 May"})
    assert (done.status_code, done.json()["reason"]) == (201, "Moved out on 31 May")
    with pytest.raises(Exception, match="off_cycle_has_reason"):
        await office.sql.execute("UPDATE bill_runs SET reason = '' WHERE id = $1", body["id"])


async def test_a_calculated_bill_shows_its_statement_and_keeps_nothing(office):
    run = await office.calculated((await office.prepared(office.district.may_id))["id"])
    bill = (await office.clerk.get(f"/bill-runs/{run['id']}/bills")).json()["items"][0]
    path = f"/bills/{bill['id']}"
    draft = await office.clerk.get(f"{path}/draft-statement.html", params={"language": "es"})
    assert draft.status_code == 200, draft.text
    assert "Borrador" in draft.text
    assert f"${bill['current_cents'] / 100:,.2f}" in draft.text
    assert "frame-ancestors 'self'" in draft.headers["content-security-policy"]
    assert await office.sql.fetchval("SELECT count(*) FROM statements") == 0
    early = await office.clerk.get(f"{path}/statement.html")
    assert early.json()["type"] == "/problems/bill-not-posted"
    await office.posted(run["id"])
    late = await office.clerk.get(f"{path}/draft-statement.html")
    assert late.json()["type"] == "/problems/bill-posted"
    stands = await office.clerk.get(f"{path}/statement.html", params={"language": "es"})
    mark = (
        "<section><h2>Noticias para usted</h2>"
        "<p>Borrador: esta factura no está registrada. No la envíe.</p></section>"
    )
    assert mark in draft.text
    assert stands.text == draft.text.replace(mark, "")
