"""The timeline: every kind of fact of an account in one order, a page at a time."""

from datetime import timedelta

import pytest
from tests.billing.running import Office
from tests.conftest import NOW
from tests.factories.accounts import an_account
from tests.factories.billing import MAY, a_district, named_id, used_in
from tests.factories.counting import CountedSql

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from curbstop.reports.timeline.queries import TimelineAsked, timeline

ACCOUNT = named_id("account", 1)
URL = f"/accounts/{ACCOUNT}/timeline"


@pytest.fixture
async def office(uow, as_actor, run_jobs, db):
    """A billed May; then a payment, a note, a flag, a paper and two adjustments, a minute apart."""
    district = await a_district(uow.sql, 3)
    await uow.session.commit()
    clerk, chief = as_actor(Role.TECHNICIAN, name="Maria"), as_actor(Role.SUPERVISOR, name="Sam")
    office = Office(district, clerk, chief, run_jobs, uow.sql)
    run = await office.calculated((await office.prepared(district.may_id))["id"])
    await office.posted(run["id"])
    acts = (
        ("/payments", {"account_id": str(ACCOUNT), "cents": 1000, "tender": "check",
                       "reference": "4417", "received_on": "2026-07-15"}),
        (f"/accounts/{ACCOUNT}/notes", {"kind": "call", "text": "Asked about May."}),
        (f"/accounts/{ACCOUNT}/flags",
         {"kind": "dog", "reason": "Barks at the reader.", "until_removed": True}),
        ("/adjustments", {"account_id": str(ACCOUNT), "type_code": "courtesy",
                          "amount_cents": -100, "note": "For the trouble with May."}),
        ("/adjustments", {"account_id": str(ACCOUNT), "type_code": "courtesy",
                          "amount_cents": -90000, "note": "Far too much to ask for."}),
    )  # fmt: skip
    for minute, (path, body) in enumerate(acts, 1):
        db.now = NOW + timedelta(minutes=minute)
        done = await clerk.post(path, json={"id": str(uuid7())} | body)
        assert done.status_code == 201, done.text
    db.now = NOW + timedelta(minutes=9)
    params = {"file_id": str(uuid7()), "title": "Invoice"}
    await clerk.post(f"/accounts/{ACCOUNT}/files", params=params, content=b"%PDF-1.7")
    return office


async def rows(client, **params) -> list[dict]:
    answer = await client.get(URL, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_everything_stands_in_one_order_newest_first(office):
    items = await rows(office.clerk, limit=200)
    assert [(item["kind"], item["title"]) for item in items[:6]] == [
        ("file", "Invoice"),
        ("adjustment", "Courtesy credit"),
        ("adjustment", "Courtesy credit"),
        ("flag", "Dog on premises"),
        ("note", "Call"),
        ("payment", "Payment by check"),
    ]
    moments = [item["at"] for item in items]
    assert moments == sorted(moments, reverse=True)
    assert {item["kind"] for item in items} >= {"read", "bill", "agreement"}
    asked, posted = items[1:3]
    assert (asked["state"], asked["cents"]) == ("requested", None)
    assert (posted["state"], posted["cents"]) == ("posted", -100)
    assert (items[4]["by_name"], items[4]["detail"]) == ("Maria", "Asked about May.")


async def test_money_on_the_timeline_is_what_the_ledger_shows(office):
    items = await rows(office.clerk, limit=200)
    ledger = (await office.clerk.get(f"/accounts/{ACCOUNT}/ledger")).json()
    shown = sum(item["cents"] or 0 for item in items)
    assert shown == ledger["aging"]["balance_cents"]


async def test_a_read_tells_the_water_since_the_one_before(office):
    reads = {item["on"]: item for item in await rows(office.clerk, kind="read")}
    june = reads["2026-06-01"]
    assert (june["quantity"], june["unit"]) == (str(used_in(1, 5)), "HCF")
    assert not june["has_time"]
    # Midnight at the district is seven hours later in UTC in summer.
    assert june["at"] == "2026-06-01T07:00:00Z"


async def test_water_of_the_party_before_is_not_shown(office, uow, as_actor):
    """Moved in on the read of 1 June: that read is theirs, the water before it is not."""
    await office.sql.execute(
        "UPDATE agreements SET to_on = $2 WHERE account_id = $1", ACCOUNT, MAY.end
    )
    mover = await an_account(uow)
    await office.sql.execute(
        "INSERT INTO agreements (id, account_id, service_point_id, service, rate_code,"
        " share_percent, from_on, created_at)"
        " SELECT $2, $3, service_point_id, service, rate_code, 100, $4, created_at"
        " FROM agreements WHERE account_id = $1 AND service = 'water'",
        *(ACCOUNT, uuid7(), mover.id, MAY.end),
    )
    await uow.session.commit()
    answer = await office.clerk.get(f"/accounts/{mover.id}/timeline", params={"kind": "read"})
    seen = {item["on"]: item["quantity"] for item in answer.json()["items"]}
    assert seen == {"2026-06-01": None, "2026-07-01": str(used_in(1, 6))}
    left = {item["on"] for item in await rows(office.clerk, kind="read")}
    assert max(left) == "2026-06-01"


async def test_pages_follow_each_other_without_gap_or_repeat(office):
    whole = await rows(office.clerk, limit=200)
    paged, cursor = [], None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await office.clerk.get(URL, params=params)).json()
        paged += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert paged == whole
    for wrong in ("x", "2026-01-01~bill~" + str(uuid7()), "2026-01-01T00:00:00Z~loan~1"):
        refused = await office.clerk.get(URL, params={"cursor": wrong})
        assert refused.status_code == 422


async def test_kinds_and_words_narrow_it(office):
    both = await rows(office.clerk, kind=["note", "payment"])
    assert [item["kind"] for item in both] == ["note", "payment"]
    assert [item["kind"] for item in await rows(office.clerk, q="4417")] == ["payment"]
    assert [item["kind"] for item in await rows(office.clerk, q="about may")] == ["note"]
    assert await rows(office.clerk, q="100%") == []


async def test_a_returned_payment_shows_twice_and_comes_to_nothing(office):
    (payment,) = await rows(office.clerk, kind="payment")
    body = {"id": str(uuid7()), "reason": "nsf", "note": "Refer to maker"}
    done = await office.clerk.post(f"/payments/{payment['subject_id']}/reverse", json=body)
    assert done.status_code in (200, 201), done.text
    back, first = await rows(office.clerk, kind="payment")
    assert (back["title"], back["detail"]) == ("Payment taken back", "nsf, Refer to maker")
    assert (first["state"], first["cents"] + back["cents"]) == ("reversed", 0)


async def test_who_may_not_read_the_books_does_not_see_them_here(office, as_actor):
    engineer = as_actor(Role.ENGINEERING)
    kinds = {item["kind"] for item in await rows(engineer, limit=200)}
    assert not kinds & {"payment", "bill", "adjustment", "charge"}
    assert "note" in kinds
    refused = await engineer.get(URL, params={"kind": "payment"})
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/forbidden")


async def test_one_query_whatever_the_history(office, reader):
    counted = CountedSql(reader.sql)
    reader.sql = counted
    page = await timeline(reader, ACCOUNT, TimelineAsked((), "", 200, None))
    assert len(page.items) > 10
    assert counted.statements == 1


async def test_no_account_no_timeline(as_actor):
    answer = await as_actor().get(f"/accounts/{uuid7()}/timeline")
    assert answer.json()["type"] == "/problems/account-not-found"
