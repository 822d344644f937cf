"""Consumption from the tables: bulk, blocked by open exceptions, with a fixed number of queries."""

from datetime import date
from decimal import Decimal

import asyncpg
import pytest
from tests.factories.meters import (
    a_compound_meter,
    a_deduction,
    a_meter,
    a_service_point,
    an_installation,
)
from tests.readings.plant import (
    HCF,
    a_metered_point,
    a_read,
    an_exception,
    an_exchange,
    register_of,
)

from curbstop.kernel.ids import uuid7
from curbstop.readings.consumption.quantities import Block, Method
from curbstop.readings.consumption.queries import consumption_of

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)


async def test_the_use_between_the_last_two_reads(uow):
    point, _, register = await a_metered_point(uow)
    for on, value in ((date(2026, 5, 1), 90), (JUNE, 100), (JULY, 112)):
        await a_read(uow, register, on, value)
    used = (await consumption_of(uow.sql, [point.id], date(2026, 7, 10)))[point.id]
    assert (used.quantity.value, used.period.start, used.period.end) == (12, JUNE, JULY)
    earlier = await consumption_of(uow.sql, [point.id], JULY, {point.id: date(2026, 5, 1)})
    assert earlier[point.id].quantity.value == 22


async def test_the_highest_revision_stands_and_a_withdrawn_day_is_gone(uow):
    point, _, register = await a_metered_point(uow)
    await a_read(uow, register, JUNE, 100)
    await a_read(uow, register, date(2026, 6, 15), 900)
    await a_read(uow, register, date(2026, 6, 15), None, revision=1)
    await a_read(uow, register, JULY, 999)
    await a_read(uow, register, JULY, 120, revision=1)
    used = (await consumption_of(uow.sql, [point.id], JULY, {point.id: JUNE}))[point.id]
    assert used.quantity.value == 20


async def test_an_exchange_mid_period_from_the_tables(uow):
    point = await a_service_point(uow)
    meter = await a_meter(uow, registers=(HCF,))
    installed = await an_installation(uow, point, meter)
    old = await register_of(uow, meter)
    _, new = await an_exchange(uow, point, installed, date(2026, 6, 12))
    await a_read(uow, old, JUNE, 1240)
    await a_read(uow, old, date(2026, 6, 12), 1262, kind="out")
    await a_read(uow, new, date(2026, 6, 12), 0, kind="in")
    await a_read(uow, new, JULY, 9)
    used = (await consumption_of(uow.sql, [point.id], JULY, {point.id: JUNE}))[point.id]
    assert (used.quantity.value, len(used.parts), used.blocked_by) == (31, 2, None)


async def test_both_sides_of_a_compound_meter(uow):
    point = await a_service_point(uow)
    meter = await a_compound_meter(uow)
    await an_installation(uow, point, meter)
    for number, first, last in (("H", 1000, 5000), ("L", 999_900, 200)):
        side = await register_of(uow, meter, number)
        await a_read(uow, side, JUNE, first)
        await a_read(uow, side, JULY, last, rollovers=1 if number == "L" else 0)
    used = (await consumption_of(uow.sql, [point.id], JULY))[point.id]
    assert (used.quantity.value, used.quantity.unit) == (4300, "CF")


async def test_deduct_meters_come_off_and_too_much_is_an_exception(uow):
    main, _, main_register = await a_metered_point(uow)
    garden, _, garden_register = await a_metered_point(uow)
    await a_deduction(uow, main, garden)
    await a_read(uow, main_register, JUNE, 0)
    await a_read(uow, main_register, JULY, 40)
    await a_read(uow, garden_register, JUNE, 0)
    await a_read(uow, garden_register, JULY, 15)
    used = (await consumption_of(uow.sql, [main.id], JULY))[main.id]
    assert (used.quantity.value, used.after_deductions.value) == (40, 25)
    await a_read(uow, garden_register, JULY, 55, revision=1)
    used = (await consumption_of(uow.sql, [main.id], JULY))[main.id]
    assert (used.after_deductions.value, used.block) == (0, Block.DEDUCT_EXCEEDS_MAIN)


async def test_an_estimate_makes_the_consumption_estimated_and_the_next_read_takes_the_rest(uow):
    point, _, register = await a_metered_point(uow)
    await a_read(uow, register, date(2026, 5, 1), 100)
    await a_read(uow, register, JUNE, 130, method="estimated")
    await a_read(uow, register, JULY, 150)
    since = {point.id: date(2026, 5, 1)}
    first = (await consumption_of(uow.sql, [point.id], JUNE, since))[point.id]
    assert (first.quantity.value, first.method) == (30, Method.ESTIMATED)
    second = (await consumption_of(uow.sql, [point.id], JULY, {point.id: JUNE}))[point.id]
    assert second.quantity.value == 20


@pytest.mark.parametrize(
    ("changes", "blocked"),
    [
        ({}, True),
        ({"state": "held"}, True),
        ({"severity": "warn"}, False),
    ],
)
async def test_an_undecided_blocking_exception_forbids_the_bill(uow, changes, blocked):
    point, _, register = await a_metered_point(uow)
    await a_read(uow, register, JUNE, 100)
    await a_read(uow, register, JULY, 180)
    if changes.get("state") == "held":
        await an_exception(uow, register, JULY)
        await uow.sql.execute(
            "UPDATE read_reviews SET state = 'held', decided_by = $1, decided_at = now()", uuid7()
        )
    else:
        await an_exception(uow, register, JULY, **changes)
    used = (await consumption_of(uow.sql, [point.id], JULY))[point.id]
    assert (used.blocked_by == "80 HCF in 30 days") is blocked


async def test_a_missing_read_at_the_point_forbids_the_bill(uow):
    point, _, register = await a_metered_point(uow)
    await a_read(uow, register, JUNE, 100)
    await a_read(uow, register, JULY, 180)
    reason = "Skipped: dog"
    await an_exception(uow, None, JULY, rule="missing", reason=reason, service_point_id=point.id)
    used = (await consumption_of(uow.sql, [point.id], JULY))[point.id]
    assert used.blocked_by == reason


async def test_every_point_asked_for_is_answered(uow):
    bare = await a_service_point(uow)
    answer = await consumption_of(uow.sql, [bare.id], JULY)
    assert answer[bare.id].block is Block.NO_METER


async def test_the_number_of_queries_does_not_grow_with_the_points(uow, monkeypatch):
    points = []
    for value in range(12):
        point, _, register = await a_metered_point(uow)
        await a_read(uow, register, JUNE, value)
        await a_read(uow, register, JULY, 2 * value)
        points.append(point.id)
    asked = []
    fetch = uow.sql.fetch

    async def counted(query, *args):
        asked.append(query)
        return await fetch(query, *args)

    monkeypatch.setattr(uow.sql, "fetch", counted)
    used = await consumption_of(uow.sql, points, JULY)
    assert [used[p].quantity.value for p in points] == [Decimal(v) for v in range(12)]
    assert len(asked) == 5


async def test_a_read_of_no_register_is_refused_by_the_database(uow):
    stranger = type("Stranger", (), {"id": uuid7()})()
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="no register"):
        await a_read(uow, stranger, JUNE, 1)


@pytest.mark.parametrize("act", ["UPDATE reads SET value = 1", "DELETE FROM reads"])
@pytest.mark.parametrize("table", ["reads", "reads_p2026_06"])
async def test_reads_are_never_changed_not_even_in_their_partition(uow, act, table):
    _, _, register = await a_metered_point(uow)
    await a_read(uow, register, JUNE, 1)
    with pytest.raises(asyncpg.CheckViolationError, match="corrected by adding"):
        await uow.sql.execute(act.replace("reads", table, 1))
