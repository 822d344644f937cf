"""Cycles over HTTP: a calendar without gap or overlap, and accounts in one cycle at a time."""

from itertools import pairwise

import pytest

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from tests.factories.accounts import an_account


async def a_cycle(client, code: str = "C1", frequency: str = "monthly") -> str:
    body = {"id": str(uuid7()), "code": code, "name": "North", "frequency": frequency}
    made = await client.post("/cycles", json=body)
    assert made.status_code == 201, made.text
    assert (await client.post("/cycles", json=body)).json() == made.json()
    return body["id"]


async def periods(client, cycle: str) -> list[dict]:
    return (await client.get(f"/cycles/{cycle}/periods")).json()["items"]


async def test_a_year_of_periods_follows_and_may_be_continued(as_actor):
    client = as_actor(Role.TECHNICIAN)
    cycle = await a_cycle(client)
    body = {"start_on": "2026-01-15", "periods": 12}
    assert (await client.post(f"/cycles/{cycle}/periods", json=body)).status_code == 201
    found = await periods(client, cycle)
    assert [p["period_from"] for p in found][:3] == ["2026-01-15", "2026-02-15", "2026-03-15"]
    assert all(a["period_to"] == b["period_from"] for a, b in pairwise(found))
    assert found[0]["due_on"] > found[0]["bill_on"] >= found[0]["period_to"]

    gap = await client.post(
        f"/cycles/{cycle}/periods", json={"start_on": "2027-02-15", "periods": 1}
    )
    assert gap.json()["type"] == "/problems/calendar-has-gap"
    more = {"start_on": "2027-01-15", "periods": 6}
    assert (await client.post(f"/cycles/{cycle}/periods", json=more)).status_code == 201
    assert len(await periods(client, cycle)) == 18
    assert (await client.get(f"/cycles/{cycle}")).json()["calendar_to"] == "2027-07-15"


async def test_the_database_refuses_gaps_overlaps_and_a_second_beginning(as_actor, uow):
    client = as_actor(Role.TECHNICIAN)
    cycle = await a_cycle(client)
    await client.post(f"/cycles/{cycle}/periods", json={"start_on": "2026-01-01", "periods": 2})
    insert = (
        "INSERT INTO cycle_periods (id, cycle_id, period_from, period_to, follows_on, read_from,"
        " read_to, bill_on, due_on) SELECT gen_random_uuid(), cycle_id, $2::date, $3::date,"
        " $4::date, $3::date, $3::date, $3::date, $3::date + 20 FROM cycle_periods"
        " WHERE cycle_id = $1 LIMIT 1"
    )
    for start, end, follows, why in (
        ("2026-02-15", "2026-04-01", None, "once"),
        ("2026-04-01", "2026-05-01", None, "first"),
        ("2026-04-01", "2026-05-01", "2026-04-01", "contiguous"),
        ("2026-04-01", "2026-05-01", "2026-03-01", "contiguous"),
    ):
        with pytest.raises(Exception, match=why):
            async with uow.sql.connection.transaction():
                await uow.sql.execute(
                    insert.replace("$2::date", f"'{start}'::date")
                    .replace("$3::date", f"'{end}'::date")
                    .replace("$4::date", f"'{follows}'::date" if follows else "NULL::date"),
                    cycle,
                )


async def test_an_account_moves_from_one_cycle_to_another(as_actor, uow):
    client = as_actor(Role.TECHNICIAN)
    account = await an_account(uow)
    await uow.session.commit()
    one, two = await a_cycle(client, "C1"), await a_cycle(client, "C2", "bimonthly")

    async def move(cycle: str, on: str):
        body = {"account_ids": [str(account.id)], "from_on": on}
        return await client.post(f"/cycles/{cycle}/accounts", json=body)

    assert (await move(one, "2026-01-01")).json() == {"moved": 1, "already": 0}
    assert (await move(one, "2026-02-01")).json() == {"moved": 0, "already": 1}
    assert (await move(two, "2026-03-01")).json() == {"moved": 1, "already": 0}
    assert (await move(one, "2026-03-01")).json()["type"] == "/problems/move-not-forward"
    stays = await uow.sql.fetch(
        "SELECT cycle_id::text, from_on::text, to_on::text FROM cycle_accounts ORDER BY from_on"
    )
    assert [tuple(stay) for stay in stays] == [
        (one, "2026-01-01", "2026-03-01"),
        (two, "2026-03-01", None),
    ]
    assert (await client.get(f"/cycles/{two}")).json()["accounts"] == 1


async def test_unknown_accounts_codes_and_cycles_are_refused(as_actor):
    client = as_actor(Role.TECHNICIAN)
    cycle = await a_cycle(client)
    body = {"account_ids": [str(uuid7())], "from_on": "2026-01-01"}
    unknown = await client.post(f"/cycles/{cycle}/accounts", json=body)
    assert unknown.json()["type"] == "/problems/accounts-unknown"
    assert (await client.get(f"/cycles/{uuid7()}/periods")).status_code == 404
    taken = {"id": str(uuid7()), "code": "C1", "name": "Other", "frequency": "monthly"}
    assert (await client.post("/cycles", json=taken)).json()["type"] == "/problems/cycle-code-taken"
    bad = {**taken, "code": "c 1"}
    assert (await client.post("/cycles", json=bad)).status_code == 422
