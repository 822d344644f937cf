"""What readings and billing ask in bulk: a fixed number of queries, the right days."""

from datetime import date
from decimal import Decimal

from tests.factories.counting import CountedSql
from tests.factories.meters import (
    a_compound_meter,
    a_deduction,
    a_service_point,
    an_installation,
)

from curbstop.kernel.dates import Period
from curbstop.kernel.units import Unit
from curbstop.meters.queries import deductions_in, installations_in

JUNE = Period(date(2024, 6, 1), date(2024, 7, 1))


async def test_installations_of_a_period_include_both_meters_of_an_exchange(uow):
    point, other, bare = [await a_service_point(uow) for _ in range(3)]
    compound = await a_compound_meter(uow)
    await an_installation(uow, point, from_on=date(2023, 1, 1), to_on=date(2024, 6, 1))
    await an_installation(uow, point, from_on=date(2024, 6, 1), to_on=date(2024, 6, 20))
    await an_installation(uow, point, compound, from_on=date(2024, 6, 20))
    await an_installation(uow, other, from_on=date(2024, 7, 2))
    found = await installations_in(uow.sql, [point.id, other.id, bare.id], JUNE)
    assert list(found) == [point.id]
    first, second = found[point.id]
    assert (first.from_on, first.to_on, second.to_on) == (
        *(date(2024, 6, 1), date(2024, 6, 20)),
        None,
    )
    assert (second.meter_id, second.serial) == (compound.id, compound.serial)
    assert [register.number for register in second.registers] == ["H", "L"]
    register = first.registers[0]
    assert (register.unit, register.billing_step, register.dials) == (Unit.CF, Decimal(100), 6)


async def test_a_meter_set_on_the_last_day_is_there(uow):
    point = await a_service_point(uow)
    await an_installation(uow, point, from_on=JUNE.end)
    assert point.id in await installations_in(uow.sql, [point.id], JUNE)


async def test_deductions_of_a_period_are_those_with_a_day_in_it(uow):
    parent, a, b, c = [await a_service_point(uow) for _ in range(4)]
    await a_deduction(uow, parent, a, from_on=date(2024, 1, 1), to_on=JUNE.start)
    await a_deduction(uow, parent, b, from_on=date(2024, 1, 1))
    await a_deduction(uow, parent, c, from_on=JUNE.end)
    found = await deductions_in(uow.sql, [parent.id], JUNE)
    assert [fact.child_service_point_id for fact in found[parent.id]] == [b.id]


async def test_the_number_of_queries_does_not_grow_with_the_points(uow):
    points = [await a_service_point(uow) for _ in range(5)]
    for point in points:
        await an_installation(uow, point)
    few, many = CountedSql(uow.sql), CountedSql(uow.sql)
    await installations_in(few, [points[0].id], JUNE)
    await installations_in(many, [point.id for point in points], JUNE)
    assert few.statements == many.statements == 2
