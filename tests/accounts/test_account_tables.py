"""What the tables themselves refuse: shares, overlaps, deletions; and the list they keep."""

import asyncio
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.exc import DBAPIError
from tests.factories.accounts import (
    a_customer,
    a_rating_attribute,
    an_account,
    an_agreement,
)
from tests.factories.meters import a_service_point
from tests.factories.parcels import a_parcel

from curbstop.accounts.kinds import AccountClass, AccountStatus
from curbstop.accounts.models import Agreement
from curbstop.kernel.ids import uuid7
from curbstop.parcels.kinds import Service
from curbstop.platform.uow import SYSTEM


async def summary(uow, account):
    return await uow.sql.fetchrow(
        "SELECT * FROM account_summaries WHERE account_id = $1", account.id
    )


async def test_shares_of_a_point_may_come_to_100_on_a_day_but_not_more(uow):
    point = await a_service_point(uow)
    await an_agreement(uow, point=point, share_percent=Decimal("60"))
    await an_agreement(uow, point=point, share_percent=Decimal("40"))
    with pytest.raises(DBAPIError, match=r"come to 100.01 % on 2024-01-01"):
        await an_agreement(uow, point=point, share_percent=Decimal("0.01"))


async def test_shares_are_counted_on_every_day_not_only_the_first(uow):
    point = await a_service_point(uow)
    june = date(2024, 6, 1)
    await an_agreement(uow, point=point, share_percent=Decimal(50), to_on=june)
    await an_agreement(uow, point=point, share_percent=Decimal(50))
    await an_agreement(uow, point=point, share_percent=Decimal(50), from_on=june)
    with pytest.raises(DBAPIError, match="come to"):
        await an_agreement(
            uow, point=point, share_percent=Decimal(1), from_on=date(2023, 1, 1), to_on=None
        )


async def test_shares_are_counted_when_an_end_is_taken_back(uow):
    point = await a_service_point(uow)
    march = date(2024, 3, 1)
    first = await an_agreement(uow, point=point, to_on=march)
    await an_agreement(uow, point=point, from_on=march)
    first.to_on = date(2024, 3, 2)
    uow.session.add(first)
    with pytest.raises(DBAPIError, match="come to"):
        await uow.session.flush()


async def test_services_at_one_point_have_their_own_shares(uow):
    account = await an_account(uow)
    point = await a_service_point(uow)
    await an_agreement(uow, account, point)
    await an_agreement(uow, account, point, service=Service.SEWER)
    assert await uow.sql.fetchval("SELECT count(*) FROM agreements") == 2


async def test_the_same_day_may_end_one_agreement_and_start_another(uow):
    point = await a_service_point(uow)
    day = date(2024, 5, 17)
    await an_agreement(uow, point=point, to_on=day)
    await an_agreement(uow, point=point, from_on=day, to_on=day)
    await an_agreement(uow, point=point, from_on=day)


async def test_an_account_takes_a_service_once_at_a_time(uow):
    first = await an_agreement(uow, share_percent=Decimal(10))
    again = {name: getattr(first, name) for name in Agreement.model_fields} | {"id": uuid7()}
    uow.session.add(Agreement(**again))
    with pytest.raises(DBAPIError, match="agreements_account_once"):
        await uow.session.flush()


async def test_two_transactions_cannot_each_take_sixty_percent(fresh_database):
    async with fresh_database.write(SYSTEM) as uow:
        point = await a_service_point(uow)
        accounts = [await an_account(uow), await an_account(uow)]

    async def take(account):
        async with fresh_database.write(SYSTEM) as uow:
            await an_agreement(uow, account, point, share_percent=Decimal(60))
            await asyncio.sleep(0.1)

    outcomes = await asyncio.gather(*(take(a) for a in accounts), return_exceptions=True)
    refused = [outcome for outcome in outcomes if outcome is not None]
    assert len(refused) == 1
    assert "120.00 %" in str(refused[0])


async def test_an_attribute_has_one_value_on_a_day(uow):
    agreement = await an_agreement(uow)
    await a_rating_attribute(uow, agreement, "dwelling_units", "1", to_on=date(2024, 6, 1))
    await a_rating_attribute(uow, agreement, "dwelling_units", "2", from_on=date(2024, 6, 1))
    with pytest.raises(DBAPIError, match="rating_attributes_once"):
        await a_rating_attribute(uow, agreement, "dwelling_units", "3", from_on=date(2025, 1, 1))


@pytest.mark.parametrize("table", ["agreements", "accounts", "customers"])
async def test_people_and_agreements_are_never_deleted(uow, table):
    await an_agreement(uow)
    with pytest.raises(Exception, match="DELETE on"):
        await uow.sql.execute(f"DELETE FROM {table}")


async def test_the_list_follows_what_changes_below_it(uow):
    parcel = await a_parcel(uow, situs_line="12 Oak Street")
    point = await a_service_point(uow, parcel)
    customer = await a_customer(uow, name="Ana Núñez")
    account = await an_account(uow, customer)
    assert (await summary(uow, account))["service_address"] == ""

    await an_agreement(uow, account, point, to_on=date(2025, 1, 1))
    row = await summary(uow, account)
    assert (row["customer_name"], row["service_address"]) == ("Ana Núñez", "12 Oak Street")
    assert account.number.replace("-", "") in row["search"]
    assert "ana núñez" in row["search"]

    customer.name, parcel.situs_line = "Ana Díaz", "14 Oak Street"
    uow.session.add(customer)
    uow.session.add(parcel)
    row = await summary(uow, account)
    assert (row["customer_name"], row["service_address"]) == ("Ana Díaz", "14 Oak Street")

    hydrant = await a_service_point(uow, parcel_id=None, location="hydrant 7, Mill Road")
    await an_agreement(uow, account, hydrant, from_on=date(2025, 1, 1))
    row = await summary(uow, account)
    assert row["service_address"] == "hydrant 7, Mill Road"
    assert "14 oak street" in row["search"]


async def test_two_changes_at_once_both_reach_the_list(fresh_database):
    async with fresh_database.write(SYSTEM) as uow:
        customer = await a_customer(uow)
        account = await an_account(uow, customer)
        point = await a_service_point(uow, await a_parcel(uow, situs_line="12 Oak Street"))
    renamed = asyncio.Event()

    async def rename():
        async with fresh_database.write(SYSTEM) as uow:
            await uow.sql.execute(
                "UPDATE customers SET name = 'Ana Diaz' WHERE id = $1", customer.id
            )
            renamed.set()
            await asyncio.sleep(0.3)

    async def move_in():
        await renamed.wait()
        async with fresh_database.write(SYSTEM) as uow:
            await an_agreement(uow, account, point)

    await asyncio.gather(rename(), move_in())
    async with fresh_database.read(SYSTEM) as reader:
        row = await summary(reader, account)
    assert (row["customer_name"], row["service_address"]) == ("Ana Diaz", "12 Oak Street")


async def test_the_totals_of_the_list_are_what_counting_would_give(uow):
    accounts = [await an_account(uow) for _ in range(3)]
    accounts.append(await an_account(uow, account_class=AccountClass.FIRE))
    accounts[0].account_class = AccountClass.COMMERCIAL
    accounts[1].status, accounts[1].closed_on = AccountStatus.CLOSED, date(2025, 1, 1)
    uow.session.add_all(accounts[:2])
    kept = await uow.sql.fetch("SELECT class, status, n FROM account_counts WHERE n <> 0")
    counted = await uow.sql.fetch("SELECT class, status, count(*) FROM accounts GROUP BY 1, 2")
    assert sorted(map(tuple, kept)) == sorted(map(tuple, counted))
    assert len(counted) == 4
