"""What billing asks of agreements in bulk."""

from datetime import date
from decimal import Decimal

from tests.factories.accounts import a_rating_attribute, an_account, an_agreement
from tests.factories.counting import CountedSql
from tests.factories.meters import a_service_point

from curbstop.accounts.queries import AttributeFact, agreements_in_force
from curbstop.kernel.dates import Period
from curbstop.parcels.kinds import Service

JUNE = Period(date(2024, 6, 1), date(2024, 7, 1))


async def test_agreements_come_with_their_point_share_and_dated_attributes(uow):
    account, stranger = await an_account(uow), await an_account(uow)
    point = await a_service_point(uow)
    water = await an_agreement(uow, account, point, share_percent=Decimal("62.50"))
    sewer = await an_agreement(uow, account, point, service=Service.SEWER, rate_code="S-RES")
    change = date(2024, 6, 15)
    await a_rating_attribute(uow, water, "dwelling_units", "1", to_on=change)
    await a_rating_attribute(uow, water, "dwelling_units", "2", from_on=change)
    await a_rating_attribute(uow, water, "lot_group", "A", to_on=JUNE.start)
    found = await agreements_in_force(uow.sql, [account.id, stranger.id], JUNE)
    assert list(found) == [account.id]
    facts = {fact.agreement_id: fact for fact in found[account.id]}
    assert facts[water.id].share_percent == Decimal("62.50")
    assert facts[water.id].service_point_id == point.id
    assert facts[water.id].attributes == (
        AttributeFact("dwelling_units", "1", date(2024, 1, 1), change),
        AttributeFact("dwelling_units", "2", change, None),
    )
    assert (facts[sewer.id].service, facts[sewer.id].rate_code) == ("sewer", "S-RES")
    assert facts[sewer.id].attributes == ()


async def test_only_agreements_with_a_day_in_the_period_are_in_force(uow):
    account = await an_account(uow)
    ended = await a_service_point(uow)
    await an_agreement(uow, account, ended, to_on=JUNE.start)
    moving = await a_service_point(uow)
    await an_agreement(uow, account, moving, from_on=date(2024, 6, 9), to_on=date(2024, 6, 9))
    later = await a_service_point(uow)
    await an_agreement(uow, account, later, from_on=JUNE.end)
    assert await agreements_in_force(uow.sql, [account.id], JUNE) == {}
    last = await an_agreement(uow, account, later, from_on=date(2024, 6, 30), to_on=JUNE.end)
    found = await agreements_in_force(uow.sql, [account.id], JUNE)
    assert [fact.agreement_id for fact in found[account.id]] == [last.id]


async def test_the_number_of_queries_does_not_grow_with_the_accounts(uow):
    accounts = [(await an_agreement(uow)).account_id for _ in range(5)]
    few, many = CountedSql(uow.sql), CountedSql(uow.sql)
    await agreements_in_force(few, accounts[:1], JUNE)
    await agreements_in_force(many, accounts, JUNE)
    assert few.statements == many.statements == 2
