"""The home page: standings, queues, the night, the receivable; each as far as one may read."""

from datetime import UTC, date, datetime

import pytest
from tests.billing.running import Office
from tests.factories.billing import a_district, named_id
from tests.factories.ledger import a_payment_entry

from curbstop.identity.permissions import Role
from curbstop.reports.home.queries import night_began


@pytest.fixture
async def office(uow, as_actor, run_jobs):
    district = await a_district(uow.sql, 6)
    await uow.session.commit()
    return Office(district, as_actor(Role.TECHNICIAN), as_actor(Role.SUPERVISOR), run_jobs, uow.sql)


async def home_of(client) -> dict:
    answer = await client.get("/home")
    assert answer.status_code == 200, answer.text
    return answer.json()


def waiting(page: dict) -> dict[str, tuple[int, int]]:
    return {queue["key"]: (queue["count"], queue["own"]) for queue in page["queues"]}


async def test_a_cycle_stands_at_its_first_unposted_period_with_its_counts(office):
    [standing] = (await home_of(office.clerk))["cycles"]
    assert standing["period_id"] == str(office.district.may_id)
    assert (standing["registers"], standing["read"], standing["validated"]) == (6, 6, 6)
    assert (standing["run_state"], standing["billed"], standing["printed"]) == (None, 0, 0)

    await office.sql.execute(
        "INSERT INTO read_reviews (id, rule, severity, state, reason, register_id, read_on, raw,"
        " needs_second, decision_reason, created_at, version) VALUES (gen_random_uuid(), 'high',"
        " 'block', 'open', 'High', $1, '2026-06-01', '', false, '', now(), 1)",
        named_id("register", 1),
    )
    # A read that was withdrawn is no read, though a revision before it had a value.
    await office.sql.execute(
        "INSERT INTO reads (register_id, read_on, revision, value, method, kind, rollovers)"
        " VALUES ($1, '2026-06-01', 2, NULL, 'keyed', 'cycle', 0)",
        named_id("register", 2),
    )
    run = await office.calculated((await office.prepared(office.district.may_id))["id"])
    [standing] = (await home_of(office.clerk))["cycles"]
    assert (standing["registers"], standing["read"], standing["validated"]) == (6, 5, 4)
    assert (standing["run_id"], standing["run_state"]) == (run["id"], "calculated")
    assert (standing["expected"], standing["billed"]) == (6, run["billed"])
    assert standing["open_exceptions"] == run["open_exceptions"] == 2


async def test_after_posting_the_cycle_stands_at_the_next_period(office):
    run = await office.calculated((await office.prepared(office.district.may_id))["id"])
    await office.posted(run["id"])
    [standing] = (await home_of(office.clerk))["cycles"]
    assert standing["period_id"] == str(office.district.june_id)
    june = await office.calculated((await office.prepared(office.district.june_id))["id"])
    await office.posted(june["id"])
    [standing] = (await home_of(office.clerk))["cycles"]
    assert (standing["run_state"], standing["run_id"]) == ("posted", june["id"])


async def test_a_period_that_a_later_bill_caught_up_is_not_where_the_cycle_stands(office):
    june = await office.calculated((await office.prepared(office.district.june_id))["id"])
    await office.posted(june["id"])
    [standing] = (await home_of(office.clerk))["cycles"]
    assert (standing["period_id"], standing["run_id"]) == (
        str(office.district.june_id),
        june["id"],
    )


async def test_a_queue_tells_what_is_the_callers_own(office):
    run = await office.calculated((await office.prepared(office.district.may_id))["id"])
    await office.clerk.post(f"/bill-runs/{run['id']}/review")
    assert waiting(await home_of(office.clerk))["runs"] == (1, 1)
    page = await home_of(office.chief)
    assert waiting(page)["runs"] == (1, 0)
    [queue] = [queue for queue in page["queues"] if queue["key"] == "runs"]
    assert queue["oldest_at"] is not None


async def test_each_role_sees_only_what_it_may_read(office, as_actor):
    engineer = await home_of(as_actor(Role.ENGINEERING))
    assert (engineer["cycles"], engineer["overnight"]) == ([], None)
    assert {"runs", "adjustments"}.isdisjoint(waiting(engineer))
    assert {"reads", "tariffs"} <= set(waiting(engineer))
    assert (await as_actor(Role.ENGINEERING).get("/home/receivable")).status_code == 403


async def test_the_receivable_is_the_control_account_and_a_difference_shows(office, uow):
    run = await office.calculated((await office.prepared(office.district.may_id))["id"])
    await office.posted(run["id"])
    await a_payment_entry(uow, named_id("account", 0), 10_000_00)
    await uow.session.commit()
    tile = (await office.clerk.get("/home/receivable")).json()
    assert tile["accounts_cents"] == run["current_cents"] - 10_000_00
    assert tile["control_cents"] == tile["accounts_cents"] == tile["items_cents"]
    assert (tile["agrees"], tile["difference_cents"]) == (True, 0)
    assert (tile["owing_accounts"], tile["credit_accounts"]) == (5, 1)

    await uow.sql.execute(
        "UPDATE account_balances SET balance_cents = balance_cents - 1 WHERE account_id = $1",
        named_id("account", 1),
    )
    tile = (await office.clerk.get("/home/receivable")).json()
    assert (tile["agrees"], tile["difference_cents"]) == (False, 1)


async def test_what_came_in_overnight_counts_since_the_office_closed(office, db):
    await office.calculated((await office.prepared(office.district.may_id))["id"])
    night = (await home_of(office.clerk))["overnight"]
    # The office of the tests stands at Wednesday, 15 July 2026, 10 in the morning.
    assert datetime.fromisoformat(night["since_at"]) == datetime(2026, 7, 14, 23, 0, tzinfo=UTC)
    assert (night["payments"], night["imports"]) == (0, 0)


@pytest.mark.parametrize(
    ("today", "closed", "days"),
    [
        (date(2026, 7, 15), (), 0),
        (date(2026, 7, 13), (), 2),  # a Monday
        (date(2026, 7, 6), (date(2026, 7, 3),), 3),  # after the Friday of Independence Day
    ],
)
def test_the_night_begins_before_the_closed_days(today, closed, days):
    now = datetime(today.year, today.month, today.day, 17, tzinfo=UTC)
    assert (now - night_began(now, today, closed)).total_seconds() == (18 + 24 * days) * 3600
