"""Reads of impossible days wait for a person, and no month is made for them before."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories.accounts import an_agreement
from tests.factories.meters import a_meter, a_service_point, an_installation
from tests.readings.plant import HCF
from tests.readings.test_imports import a_file, receive

from curbstop.kernel.ids import uuid7
from curbstop.readings.reviews import actions
from curbstop.readings.reviews.parameters import set_parameter
from curbstop.readings.reviews.schemas import Act, ParameterRequest

WHY = "the head-end's clock was reset"
MONTHS = (
    "SELECT count(*) FROM pg_inherits WHERE inhparent = 'public.reads'::regclass"
    " AND (inhrelid::regclass::text LIKE '%p19%' OR inhrelid::regclass::text LIKE '%p206%')"
)


async def a_point_since(uow, since):
    """A metered point whose meter stands since a day."""
    point = await a_service_point(uow)
    meter = await a_meter(uow, registers=(HCF,))
    await an_installation(uow, point, meter, from_on=since)
    await an_agreement(uow, point=point, from_on=since)
    return meter


@pytest.fixture
async def imported(uow):
    """A file with a read of July, one of a dead clock and one of a slip of a key."""
    meters = [await a_point_since(uow, date(1995, 1, 1)) for _ in range(3)]
    days = ("2026-07-01", "1999-07-01", "2062-07-01")
    lines = [f"{m.serial},{day},13{n}" for n, (m, day) in enumerate(zip(meters, days, strict=True))]
    return await receive(uow, a_file(*lines))


async def test_only_the_plausible_read_stands(uow, imported):
    assert (imported.reads_added, imported.unmatched, imported.exceptions) == (1, 0, 2)
    assert await uow.sql.fetchval("SELECT count(*) FROM reads") == 1
    assert await uow.sql.fetchval(MONTHS) == 0
    waiting = await uow.sql.fetch("SELECT rule, reason, raw FROM read_reviews ORDER BY read_on")
    assert [row["rule"] for row in waiting] == ["implausible_day"] * 2
    assert waiting[0]["reason"].startswith("The file says 1999-07-01: reads from 2023-")
    assert waiting[1]["raw"].endswith(",2062-07-01,132")


async def test_a_file_of_nothing_but_such_days_is_imported_and_waits_whole(uow):
    meter = await a_point_since(uow, date(1995, 1, 1))
    done = await receive(uow, a_file(f"{meter.serial},1998-07-01,130"))
    assert (done.state, done.reads_added, done.exceptions) == ("imported", 0, 1)
    assert await uow.sql.fetchval(MONTHS) == 0


async def test_an_accepted_day_stands_and_a_dismissed_one_does_not(uow, imported):
    old, ahead = await uow.sql.fetch("SELECT id FROM read_reviews ORDER BY read_on")
    estimated = await actions.act_on(uow, [old["id"]], Act.ESTIMATE, WHY)
    assert estimated.refused[0].problem == "review-act-does-not-fit"
    assert (await actions.act_on(uow, [old["id"]], Act.ACCEPT, WHY)).done == [old["id"]]
    assert (await actions.act_on(uow, [ahead["id"]], Act.DISMISS, WHY)).done == [ahead["id"]]
    days = await uow.sql.fetch("SELECT read_on FROM reads ORDER BY read_on")
    assert [row["read_on"] for row in days] == [date(1999, 7, 1), date(2026, 7, 1)]


async def test_a_district_that_loads_its_history_says_how_far_back(uow):
    meter = await a_point_since(uow, date(1995, 1, 1))
    request = ParameterRequest(
        id=uuid7(),
        name="oldest_months",
        account_class=None,
        season=None,
        value=Decimal(400),
        from_on=date(2026, 7, 1),
        reason="the history of the old system",
    )
    await set_parameter(uow, request)
    done = await receive(uow, a_file(f"{meter.serial},1999-07-01,130"))
    assert (done.reads_added, done.exceptions) == (1, 0)
