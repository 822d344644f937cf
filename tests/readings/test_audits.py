"""Sample audits: a repeatable draw of accepted reads, and findings by another person, once."""

from datetime import date

import asyncpg
import pytest
from tests.readings.plant import a_metered_point, a_read, an_exception

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7

ON = date(2026, 7, 10)
SPAN = {"first_on": "2026-07-01", "last_on": "2026-07-31"}


@pytest.fixture
async def registers(uow):
    """Twelve accepted reads, one estimated, one doubted and one of another month."""
    made = [(await a_metered_point(uow))[2] for _ in range(15)]
    for place, register in enumerate(made[:12]):
        await a_read(uow, register, ON, 100 + place)
    await a_read(uow, made[12], ON, 5, method="estimated")
    await a_read(uow, made[13], ON, 6)
    await an_exception(uow, made[13], ON)
    await a_read(uow, made[14], date(2026, 6, 10), 7)
    await uow.session.commit()
    return [str(register.id) for register in made]


def request(**changes):
    return {"id": str(uuid7()), "name": "July check", "asked_size": 5} | SPAN | changes


async def items(client, audit):
    return (await client.get(f"/read-audits/{audit}/items")).json()["items"]


async def test_a_sample_is_drawn_from_accepted_reads_alone(as_actor, registers):
    client = as_actor(Role.TECHNICIAN)
    body = request(asked_size=500)
    drawn = (await client.post("/read-audits", json=body)).json()
    assert (drawn["sample_size"], drawn["population"], drawn["checked"]) == (12, 12, 0)
    assert {row["register_id"] for row in await items(client, body["id"])} == set(registers[:12])
    none = await client.post("/read-audits", json=request(first_on="2026-07-11"))
    assert none.json()["type"] == "/problems/nothing-to-draw"


async def test_the_draw_can_be_repeated_and_another_draws_others(as_actor, uow, registers):
    client = as_actor(Role.TECHNICIAN)
    body = request()
    first = await client.post("/read-audits", json=body)
    assert (await client.post("/read-audits", json=body)).json() == first.json()
    again = await uow.sql.fetch(
        "SELECT register_id::text AS id FROM reads WHERE register_id = ANY($2::uuid[])"
        " ORDER BY md5($1 || register_id::text || read_on::text) LIMIT 5",
        *(first.json()["seed"], registers[:12]),
    )
    drawn = {row["register_id"] for row in await items(client, body["id"])}
    assert drawn == {row["id"] for row in again}
    draws = set()
    for _ in range(6):
        other = request()
        await client.post("/read-audits", json=other)
        draws.add(frozenset(row["register_id"] for row in await items(client, other["id"])))
    assert len(draws) > 1


async def test_a_finding_is_recorded_once_and_counted(as_actor, registers):
    client = as_actor(Role.TECHNICIAN)
    body = request()
    await client.post("/read-audits", json=body)
    path = f"/read-audits/{body['id']}/items"
    differs = {"finding": "differs", "found_value": "999", "note": "digits swapped"}
    assert (await client.post(f"{path}/1/finding", json=differs)).status_code == 204
    assert (await client.post(f"{path}/1/finding", json=differs)).status_code == 204
    assert (await client.post(f"{path}/2/finding", json={"finding": "agrees"})).status_code == 204
    twice = await client.post(f"{path}/1/finding", json={"finding": "agrees"})
    assert twice.json()["type"] == "/problems/finding-stands"
    lost = await client.post(f"{path}/9/finding", json={"finding": "agrees"})
    assert lost.json()["type"] == "/problems/audit-item-not-found"
    bare = await client.post(f"{path}/3/finding", json={"finding": "differs"})
    assert bare.status_code == 422
    seen = (await client.get(f"/read-audits/{body['id']}")).json()
    assert (seen["checked"], seen["differing"]) == (2, 1)
    left = await client.get(path, params={"checked": "false"})
    assert [row["place"] for row in left.json()["items"]] == [3, 4, 5]


async def test_nobody_checks_a_read_of_their_own(as_actor, uow, registers):
    client = as_actor(Role.TECHNICIAN)
    (register,) = (await a_metered_point(uow))[2:]
    await uow.session.commit()
    read = {"register_id": str(register.id), "read_on": "2026-07-20", "value": "5"}
    done = await client.post("/reads", json=read | {"reason": "seen from the road"})
    assert done.status_code == 200, done.text
    await uow.sql.execute("DELETE FROM read_reviews WHERE register_id = $1", register.id)
    body = request(first_on="2026-07-20")
    drawn = await client.post("/read-audits", json=body)
    assert drawn.status_code == 201, drawn.text
    path = f"/read-audits/{body['id']}/items/1/finding"
    own = await client.post(path, json={"finding": "agrees"})
    assert own.json()["type"] == "/problems/checker-took-the-read"
    another = as_actor(Role.SUPERVISOR)
    assert (await another.post(path, json={"finding": "agrees"})).status_code == 204


async def test_samples_and_findings_are_kept_as_they_are(as_actor, uow, registers):
    client = as_actor(Role.TECHNICIAN)
    body = request()
    await client.post("/read-audits", json=body)
    await client.post(f"/read-audits/{body['id']}/items/1/finding", json={"finding": "agrees"})
    for table in ("read_audits", "read_audit_items", "read_audit_findings"):
        with pytest.raises(asyncpg.PostgresError):
            async with uow.sql.connection.transaction():
                await uow.sql.execute(f"DELETE FROM {table}")
