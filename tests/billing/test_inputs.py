"""What a run takes from the tables: sizes, shares, moves within a period, off-cycle finals."""

from datetime import date
from decimal import Decimal

import pytest

from curbstop.billing.runs.inputs import joined
from curbstop.identity.permissions import Role
from curbstop.kernel.dates import Period
from curbstop.kernel.ids import uuid7
from tests.billing.running import Office
from tests.factories.billing import JUNE, MAY, THEN, a_district, named_id


@pytest.fixture
async def office(uow, as_actor, run_jobs):
    district = await a_district(uow.sql, 6)
    await uow.session.commit()
    clerk, chief = as_actor(Role.TECHNICIAN), as_actor(Role.SUPERVISOR)
    return Office(district, clerk, chief, run_jobs, uow.sql)


async def bills(office, run) -> dict:
    found = (await office.clerk.get("/bills", params={"run_id": run["id"]})).json()["items"]
    return {bill["customer_name"]: bill for bill in found}


async def move_out(office, number: int, day: date, read: int) -> None:
    """The tenant leaves: both agreements end, and the meter is read that day."""
    for service in ("water", "sewer"):
        await office.sql.execute(
            "UPDATE agreements SET to_on = $2 WHERE id = $1", named_id(service, number), day
        )
    await office.sql.execute("SELECT public.ensure_read_partitions($1, $1)", day)
    await office.sql.execute(
        "INSERT INTO reads (register_id, read_on, revision, value, method, kind, rollovers)"
        " VALUES ($1, $2, 1, $3, 'keyed', 'move', 0)",
        *(named_id("register", number), day, Decimal(read)),
    )


async def move_in(office, number: int, day: date) -> None:
    """Somebody else takes the same place on the same day, on account 5's customer."""
    await office.sql.copy(
        "agreements",
        (
            *("id", "account_id", "service_point_id", "service", "rate_code", "share_percent"),
            *("from_on", "created_at"),
        ),
        [
            (
                *(uuid7(), named_id("account", 5), named_id("point", number), service, code),
                *(Decimal(100), day, THEN),
            )
            for service, code in (("water", "W-TEST"), ("sewer", "S-TEST"))
        ],
    )


async def test_one_read_serves_who_leaves_and_who_comes(office):
    day = date(2026, 5, 16)
    await move_out(office, 2, day, 1010)
    await move_in(office, 2, day)
    run = await office.calculated((await office.prepared(office.district.may_id))["id"])
    assert (run["expected"], run["billed"]) == (6, 6)
    left = (await bills(office, run))["Person 2"]
    assert (left["kind"], left["period_to"]) == ("final", "2026-05-16")
    detail = (await office.clerk.get(f"/bills/{left['id']}")).json()
    water = next(s for s in detail["segments"] if s["service"] == "water")
    assert (water["quantity"], water["days"], water["cycle_days"]) == ("10", 15, 31)
    rows = await office.sql.fetch(
        "SELECT period_from::text, quantity FROM bill_segments s JOIN agreements g"
        " ON g.id = s.agreement_id WHERE g.service_point_id = $1 AND s.service = 'water'"
        " ORDER BY period_from",
        named_id("point", 2),
    )
    used = await office.sql.fetchval(
        "SELECT value FROM reads WHERE register_id = $1 AND read_on = '2026-06-01'",
        named_id("register", 2),
    )
    assert [tuple(row) for row in rows] == [
        ("2026-05-01", Decimal(10)),
        ("2026-05-16", used - 1010),
    ]


async def test_a_final_bill_off_cycle_leaves_nothing_for_the_cycle(office):
    day = date(2026, 5, 20)
    await move_out(office, 1, day, 1012)
    run = await office.prepared_off_cycle([named_id("account", 1)], Period(MAY.start, day))
    run = await office.calculated(run["id"])
    assert (run["billed"], run["open_exceptions"]) == (1, 0)
    assert (await bills(office, run))["Person 1"]["kind"] == "final"
    await office.posted(run["id"])
    regular = await office.calculated((await office.prepared(office.district.may_id))["id"])
    assert (regular["expected"], regular["billed"]) == (5, 5)


async def test_an_excused_cycle_is_caught_up_by_the_next(office):
    await office.sql.execute(
        "INSERT INTO reads (register_id, read_on, revision, value, method, kind, rollovers)"
        " VALUES ($1, $2, 2, NULL, 'keyed', 'cycle', 0)",
        *(named_id("register", 4), JUNE.start),
    )
    may = await office.calculated((await office.prepared(office.district.may_id))["id"])
    found = (await office.clerk.get(f"/bill-runs/{may['id']}/exceptions")).json()["items"]
    await office.clerk.post(
        f"/bill-runs/{may['id']}/exceptions/{found[0]['id']}/excuse",
        json={"reason": "Dog in the yard, read next month"},
    )
    await office.posted(may["id"])
    june = await office.calculated((await office.prepared(office.district.june_id))["id"])
    caught = (await bills(office, june))["Person 4"]
    assert (caught["period_from"], caught["period_to"]) == ("2026-05-01", "2026-07-01")
    detail = (await office.clerk.get(f"/bills/{caught['id']}")).json()
    sewer = next(s for s in detail["segments"] if s["service"] == "sewer")
    assert sewer["lines"][0]["amount_cents"] == 8133  # 40.00 × 61/30


async def test_neighbours_who_share_a_meter_pay_it_exactly(office):
    point = named_id("point", 3)
    await office.sql.execute(
        "UPDATE agreements SET share_percent = 33.33 WHERE service_point_id = $1", point
    )
    for number in (0, 1):
        await office.sql.execute(
            "INSERT INTO agreements (id, account_id, service_point_id, service, rate_code,"
            " share_percent, from_on, created_at)"
            " VALUES ($1, $2, $3, 'sewer', 'S-TEST', $4, $5, $6)",
            *(uuid7(), named_id("account", number), point),
            *(Decimal("33.33") if number else Decimal("33.34"), MAY.start, THEN),
        )
    run = await office.calculated((await office.prepared(office.district.may_id))["id"])
    assert run["open_exceptions"] == 0
    shares = await office.sql.fetch(
        "SELECT l.amount_cents FROM bill_lines l JOIN agreements g ON g.id = l.agreement_id"
        " WHERE g.service_point_id = $1 AND g.service = 'sewer'",
        point,
    )
    assert sorted(row["amount_cents"] for row in shares) == [1333, 1333, 1334]


async def test_unknown_accounts_and_days_are_refused(office):
    body = {
        "id": str(uuid7()),
        "name": "Off-cycle",
        "account_ids": [str(uuid7())],
        "period_from": "2026-05-01",
        "period_to": "2026-06-01",
        "bill_on": "2026-06-02",
    }
    unknown = await office.clerk.post("/bill-runs", json=body)
    assert unknown.json()["type"] == "/problems/accounts-unknown"
    known = {**body, "account_ids": [str(named_id("account", 0))]}
    for wrong in (
        {**known, "period_to": "2026-05-01"},
        {**known, "bill_on": None},
        {**known, "bill_on": "9999-12-31"},
        {**known, "due_on": "2026-06-01"},
    ):
        assert (await office.clerk.post("/bill-runs", json=wrong)).status_code == 422, wrong
    mixed = {**known, "cycle_period_id": str(office.district.may_id)}
    assert (await office.clerk.post("/bill-runs", json=mixed)).status_code == 409


def test_meters_of_one_size_after_another_are_one_size():
    first, second, third = date(2026, 1, 1), date(2026, 5, 1), date(2026, 6, 1)
    stays = [("meter_size", "1", first, second), ("meter_size", "1", second, third)]
    assert joined(stays) == [("meter_size", "1", first, third)]
    other = [*stays, ("meter_size", "2", third, None)]
    assert joined(other) == [("meter_size", "1", first, third), ("meter_size", "2", third, None)]
