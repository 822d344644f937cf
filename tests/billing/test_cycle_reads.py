"""How far the reading of a cycle is, from registers, reads and exceptions as they stand."""

from datetime import date

from curbstop.identity.permissions import Role
from tests.billing.test_cycles import a_cycle
from tests.factories.accounts import an_account, an_agreement
from tests.readings.plant import a_metered_point, a_read, an_exception

READ_ON = date(2026, 7, 15)  # today; the period ends on the 15th and is read from the 12th on


async def a_read_cycle(client, uow, *readings) -> list:
    """A cycle whose accounts were read so: a value, None for not yet. The registers."""
    cycle = await a_cycle(client)
    body = {"start_on": "2026-06-15", "periods": 2}
    assert (await client.post(f"/cycles/{cycle}/periods", json=body)).status_code == 201
    accounts, registers = [], []
    for value in readings:
        point, _, register = await a_metered_point(uow)
        account = await an_account(uow)
        await an_agreement(uow, account=account, point=point)
        if value is not None:
            await a_read(uow, register, READ_ON, value)
        accounts.append(str(account.id))
        registers.append(register)
    await uow.session.commit()
    moved = {"account_ids": accounts, "from_on": "2026-06-15"}
    assert (await client.post(f"/cycles/{cycle}/accounts", json=moved)).status_code == 200
    return registers


async def test_due_read_and_clear_are_counted_by_register(as_actor, uow):
    client = as_actor(Role.TECHNICIAN)
    registers = await a_read_cycle(client, uow, 130, 131, 132, None)
    await an_exception(uow, registers[0], READ_ON)
    await an_exception(uow, registers[1], READ_ON, state="open", rule="low", severity="warn")
    await an_exception(uow, registers[2], date(2026, 6, 10))  # of another reading
    await uow.session.commit()
    (seen,) = (await client.get("/cycles/reads")).json()
    counts = {name: seen[name] for name in ("due", "read", "clear", "estimated")}
    assert counts == {"due": 4, "read": 3, "clear": 1, "estimated": 0}
    assert (seen["code"], seen["period_to"]) == ("C1", "2026-07-15")


async def test_a_withdrawn_read_is_not_in_and_an_estimate_is_counted(as_actor, uow):
    client = as_actor(Role.TECHNICIAN)
    taken_back, estimated = await a_read_cycle(client, uow, 130, 131)
    await a_read(uow, taken_back, READ_ON, None, revision=1)
    await a_read(uow, estimated, READ_ON, 129, revision=1, method="estimated")
    await uow.session.commit()
    (seen,) = (await client.get("/cycles/reads")).json()
    assert (seen["due"], seen["read"], seen["clear"], seen["estimated"]) == (2, 1, 1, 1)


async def test_a_cycle_that_is_not_read_yet_shows_the_reading_to_come(as_actor, uow):
    client = as_actor(Role.TECHNICIAN)
    cycle = await a_cycle(client, "C2")
    assert (await client.get("/cycles/reads")).json() == []
    await client.post(f"/cycles/{cycle}/periods", json={"start_on": "2026-07-20", "periods": 3})
    (seen,) = (await client.get("/cycles/reads")).json()
    assert (seen["period_from"], seen["due"], seen["read"]) == ("2026-07-20", 0, 0)
