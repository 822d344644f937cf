"""Accounts by balance: the ledger's ages, flags of today, every filter, redacted exports."""

from datetime import date

import pytest
from tests.factories.accounts import an_account
from tests.factories.ledger import a_bill, a_payment_entry

from curbstop.accounts.kinds import AccountClass
from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7

# The last day due of each age on 15 July 2026.
DUE = {
    "current_cents": date(2026, 6, 15),
    "over_30_cents": date(2026, 6, 14),
    "over_60_cents": date(2026, 5, 15),
    "over_90_cents": date(2026, 4, 15),
}


@pytest.fixture
def office(as_actor):
    return as_actor(Role.TECHNICIAN)


async def ids(office, **params) -> set[str]:
    answer = await office.get("/account-balances", params=params)
    assert answer.status_code == 200, answer.text
    page = answer.json()
    assert page["total"] == len(page["items"])
    return {row["id"] for row in page["items"]}


@pytest.fixture
async def owing(uow) -> dict[str, str]:
    """An account for each age, one with a credit and one that owes nothing."""
    accounts = {}
    for number, (age, due_on) in enumerate(DUE.items(), 1):
        account = await an_account(uow)
        await a_bill(uow, account.id, due_on, water=number * 1000)
        accounts[age] = str(account.id)
    credit, nothing = await an_account(uow), await an_account(uow)
    await a_payment_entry(uow, credit.id, 500)
    await uow.session.commit()
    return accounts | {"credit": str(credit.id), "nothing": str(nothing.id)}


async def test_each_age_holds_what_the_accounts_own_page_shows(office, owing):
    page = (await office.get("/account-balances")).json()
    ages = ("balance_cents", "unapplied_cents", *DUE)
    for row in page["items"]:
        own = (await office.get(f"/accounts/{row['id']}/ledger")).json()["aging"]
        assert {age: row[age] for age in ages} == {age: own[age] for age in ages}
    by_id = {row["id"]: row for row in page["items"]}
    assert [by_id[owing[age]][age] for age in DUE] == [1000, 2000, 3000, 4000]
    assert by_id[owing["credit"]]["balance_cents"] == -500


async def test_the_list_is_narrowed_by_the_oldest_age_and_by_direction(office, owing):
    past = [owing[age] for age in DUE]
    assert await ids(office, owing="something") == set(past)
    assert await ids(office, owing="over_30") == set(past[1:])
    assert await ids(office, owing="over_60") == set(past[2:])
    assert await ids(office, owing="over_90") == set(past[3:])
    assert await ids(office, owing="credit") == {owing["credit"]}
    assert await ids(office, owing="nothing") == {owing["nothing"]}


async def test_flags_of_today_narrow_it_and_ended_ones_do_not(office, owing):
    account = owing["over_60_cents"]
    flag = {"id": str(uuid7()), "kind": "dog", "reason": "Barks at it.", "until_removed": True}
    await office.post(f"/accounts/{account}/flags", json=flag)
    assert await ids(office, flag="dog") == {account}
    assert await ids(office, flagged="true", owing="over_60") == {account}
    assert account not in await ids(office, flagged="false")
    await office.post(f"/account-flags/{flag['id']}/remove", json={"reason": "It has gone."})
    assert await ids(office, flag="dog") == set()


async def test_class_state_and_words_narrow_it_and_it_sorts_by_age(office, uow, owing):
    shop = await an_account(uow, account_class=AccountClass.COMMERCIAL)
    await a_bill(uow, shop.id, DUE["over_90_cents"], water=9000)
    await uow.session.commit()
    assert await ids(office, account_class="commercial") == {str(shop.id)}
    assert await ids(office, status="closed") == set()
    assert await ids(office, q=shop.number[:9]) == {str(shop.id)}
    page = (await office.get("/account-balances", params={"sort": "-over_90_cents"})).json()
    assert [row["over_90_cents"] for row in page["items"][:2]] == [9000, 4000]


async def test_an_export_shows_names_and_flags_only_with_a_reason(office, owing):
    asked = {"Accept": "text/csv"}
    redacted = (await office.get("/account-balances", headers=asked)).text
    assert "Maria Lopez" not in redacted
    params = {"reason": "delinquency review", "owing": "over_90"}
    told = (await office.get("/account-balances", params=params, headers=asked)).text
    assert "Maria Lopez" in told
    assert len(told.strip().splitlines()) == 2


async def test_who_may_not_read_the_ledger_has_no_list(as_actor):
    assert (await as_actor(Role.ENGINEERING).get("/account-balances")).status_code == 403
