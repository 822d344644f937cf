"""The chart as of a day: balances, charge groups, and receivable = control."""

from datetime import timedelta

from tests.factories.accounts import an_account
from tests.factories.ledger import a_bill, a_payment_entry

from curbstop.identity.permissions import Role


async def test_balances_are_those_of_the_day_and_prove_the_receivable(as_actor, uow):
    client = as_actor(Role.ACCOUNTANT)
    before = (await client.get("/gl-balances")).json()
    account = await an_account(uow)
    await a_bill(uow, account.id, water_use=60_00, sewer=40_00)
    await a_payment_entry(uow, account.id, 25_00)
    await uow.session.commit()
    found = (await client.get("/gl-balances")).json()
    by_code = {item["code"]: item for item in found["items"]}
    assert found["is_proved"]
    assert found["difference_cents"] == 0
    assert found["control_cents"] - before["control_cents"] == 75_00
    assert found["receivable_cents"] == found["control_cents"] == by_code["1200"]["balance_cents"]
    assert by_code["4020"]["balance_cents"] == -60_00
    assert (by_code["1200"]["debit_cents"], by_code["1200"]["credit_cents"]) == (100_00, 25_00)
    yesterday = uow.today - timedelta(days=1)
    earlier = (await client.get(f"/gl-balances?as_of_on={yesterday}")).json()
    assert earlier["is_proved"]
    assert earlier["control_cents"] == before["control_cents"]


async def test_charge_groups_say_their_account(as_actor):
    client = as_actor(Role.TECHNICIAN)
    groups = {one["code"]: one for one in (await client.get("/charge-groups")).json()}
    assert groups["water_use"]["income_gl_name"] == "Water usage charges"
