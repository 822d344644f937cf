"""The allocator against an oracle that pays one cent at a time, and on the account's page."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.accounts import an_account
from tests.factories.ledger import a_bill, a_payment_entry, open_cents
from tests.factories.policies import a_policy

from curbstop.kernel.ids import uuid7
from curbstop.ledger.allocation import actions, queries
from curbstop.ledger.allocation.allocate import OpenAmount, Order, OrderKey, allocate

DAY = date(2026, 1, 1)
GROUPS = ("sewer", "water", "fee", None)

amounts = st.builds(
    OpenAmount,
    id=st.uuids(version=4),
    kind=st.sampled_from(["charge", "penalty"]),
    charge_group=st.sampled_from(GROUPS),
    fund=st.none(),
    due_on=st.integers(0, 3).map(lambda days: DAY + timedelta(days)),
    posted_on=st.integers(0, 3).map(lambda days: DAY + timedelta(days)),
    cents=st.integers(1, 12),
)
orders = st.builds(
    Order,
    keys=st.lists(st.sampled_from(list(OrderKey)), unique=True, max_size=4).map(tuple),
    groups=st.permutations(["sewer", "water", "fee"]).map(lambda g: tuple(g[:2])),
)


def goes_before(a, b, order):
    """Written as the office would say it, key by key, unlike the allocator's sort key."""
    for key in order.keys:
        if key is OrderKey.OLDEST_DUE and a.due_on != b.due_on:
            return a.due_on < b.due_on
        if key is OrderKey.OLDEST_POSTED and a.posted_on != b.posted_on:
            return a.posted_on < b.posted_on
        if key is OrderKey.SMALLEST and a.cents != b.cents:
            return a.cents < b.cents
        if key is OrderKey.GROUP_PRIORITY:
            listed = [*order.groups]
            in_a, in_b = a.charge_group in listed, b.charge_group in listed
            if in_a != in_b:
                return in_a
            if in_a and a.charge_group != b.charge_group:
                return listed.index(a.charge_group) < listed.index(b.charge_group)
        penalties = (a.kind == "penalty", b.kind == "penalty")
        if key is OrderKey.PENALTIES_FIRST and penalties[0] != penalties[1]:
            return penalties[0]
        if key is OrderKey.PENALTIES_LAST and penalties[0] != penalties[1]:
            return penalties[1]
    return a.id.bytes < b.id.bytes


def cent_by_cent(items, unused, order):
    """The oracle: each cent goes to the item that no other open item goes before."""
    left = {item.id: item.cents for item in items}
    paid: dict[tuple, int] = {}
    for credit in sorted(unused, key=lambda c: (c.posted_on, c.id.bytes)):
        for _ in range(-credit.cents):
            still_open = [item for item in items if left[item.id]]
            if not still_open:
                return paid
            first = still_open[0]
            for other in still_open[1:]:
                first = other if goes_before(other, first, order) else first
            left[first.id] -= 1
            paid[credit.id, first.id] = paid.get((credit.id, first.id), 0) + 1
    return paid


@settings(max_examples=400, deadline=None)
@given(
    st.lists(amounts, max_size=6, unique_by=lambda a: a.id),
    st.lists(amounts, max_size=4, unique_by=lambda a: a.id),
    orders,
)
def test_it_pays_as_if_each_cent_were_handed_over_singly(items, amounts, order):
    unused = [credit._replace(cents=-credit.cents) for credit in amounts]
    expected = cent_by_cent(items, unused, order)
    given_out = allocate(items, unused, order)
    assert {(a.credit_id, a.item_id): a.cents for a in given_out} == expected
    shuffled = allocate(items[::-1], unused[::-1], order)
    assert sorted(shuffled) == sorted(given_out), "the order of input must not matter"


async def test_the_oldest_bill_first_and_within_it_the_listed_groups(uow):
    account = await an_account(uow)
    newer = await a_bill(uow, account.id, date(2026, 7, 1), water=50_00, sewer=30_00)
    older = await a_bill(uow, account.id, date(2026, 6, 1), water=20_00, sewer=10_00)
    entry = await a_payment_entry(uow, account.id, 65_00)
    paid = {a.item_id: a.cents for a in entry.applications}
    old_water, old_sewer = (item.id for item in older.items)
    new_water = newer.items[0].id
    assert paid == {old_water: 20_00, old_sewer: 10_00, new_water: 35_00}
    assert sorted(await open_cents(uow, account.id)) == [15_00, 30_00]


async def test_a_new_order_holds_from_its_day_and_the_old_one_replays(uow):
    dated = {"from_on": date(2026, 8, 1), "citation": "Resolution 2026-08", "decided_by": "Board"}
    for key, value in (
        ("payments.oldest_first", False),
        ("payments.allocation_order", ["water"]),
    ):
        await a_policy(uow, key, value, **dated)
    before = await queries.order_on(uow.sql, date(2026, 7, 31))
    after = await queries.order_on(uow.sql, date(2026, 8, 1))
    assert before.keys[0] is OrderKey.OLDEST_DUE
    assert (after.keys[0], after.groups) == (OrderKey.GROUP_PRIORITY, ("water",))
    items = [
        OpenAmount(uuid7(), "charge", "sewer", None, date(2026, 6, 1), DAY, 5_00),
        OpenAmount(uuid7(), "charge", "water", None, date(2026, 7, 1), DAY, 5_00),
    ]
    credit = OpenAmount(uuid7(), "payment", None, None, DAY, DAY, -5_00)
    assert allocate(items, [credit], before)[0].item_id == items[0].id
    assert allocate(items, [credit], after)[0].item_id == items[1].id


async def test_an_unused_credit_waits_and_then_pays_the_next_bill(uow):
    account, other = await an_account(uow), await an_account(uow)
    await a_payment_entry(uow, account.id, 25_00)
    assert await open_cents(uow, account.id) == [-25_00]
    both = [account.id, other.id]
    locked = await actions.lock_accounts_in_credit(uow, both)
    assert locked == [account.id]
    for account_id in both:
        await a_bill(uow, account_id, water=20_00)
    assert await actions.apply_credits(uow, locked) == 1
    assert await open_cents(uow, account.id) == [-5_00]
    assert await open_cents(uow, other.id) == [20_00]
    unapplied = "SELECT unapplied_cents FROM account_balances WHERE account_id = $1"
    assert await uow.sql.fetchval(unapplied, account.id) == 5_00
