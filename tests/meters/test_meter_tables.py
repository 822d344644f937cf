"""What the tables themselves refuse: two meters in one place, one meter in two, circles."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.exc import DBAPIError
from tests.factories.meters import (
    a_compound_meter,
    a_deduction,
    a_meter,
    a_register,
    a_service_point,
    an_installation,
)

from curbstop.meters.kinds import InstallationRole, MeterStatus, RegisterNumber

JUNE = date(2024, 6, 1)


async def test_a_meter_is_at_one_point_at_a_time(uow):
    meter = await a_meter(uow)
    await an_installation(uow, meter=meter)
    with pytest.raises(DBAPIError, match="installations_meter_once"):
        await an_installation(uow, meter=meter, from_on=JUNE)


async def test_a_point_has_one_meter_in_each_role(uow):
    point = await a_service_point(uow)
    await an_installation(uow, point)
    await an_installation(uow, point, role=InstallationRole.BYPASS)
    with pytest.raises(DBAPIError, match="installations_point_once"):
        await an_installation(uow, point)


async def test_a_meter_may_go_out_and_in_on_one_day(uow):
    point = await a_service_point(uow)
    await an_installation(uow, point, to_on=JUNE)
    await an_installation(uow, point, from_on=JUNE)


async def test_make_and_serial_name_one_meter(uow):
    await a_meter(uow, serial="77")
    await a_meter(uow, serial="77", make="Neptune")
    with pytest.raises(DBAPIError, match="uq_meters_make_serial"):
        await a_meter(uow, serial="77")


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"dials": 0}, "dials_range"),
        ({"dials": 13}, "dials_range"),
        ({"decimals": 7}, "decimals_range"),
        ({"multiplier": Decimal(0)}, "multiplier_positive"),
        ({"billing_step": Decimal(-1)}, "billing_step_not_negative"),
    ],
)
async def test_a_register_must_be_able_to_count(uow, facts, rule):
    with pytest.raises(DBAPIError, match=rule):
        await a_meter(uow, registers=(facts,))


async def test_a_register_number_stands_once_on_a_meter(uow):
    meter = await a_compound_meter(uow)
    with pytest.raises(DBAPIError, match="uq_registers_meter_id_number"):
        await a_register(uow, meter, number=RegisterNumber.LOW)


async def test_a_retired_meter_has_its_day(uow):
    with pytest.raises(DBAPIError, match="retired_day"):
        await a_meter(uow, status=MeterStatus.RETIRED)


async def test_a_child_has_one_parent_at_a_time(uow):
    a, b, c = [await a_service_point(uow) for _ in range(3)]
    await a_deduction(uow, a, c, to_on=JUNE)
    await a_deduction(uow, b, c, from_on=JUNE)
    with pytest.raises(DBAPIError, match="deductions_child_once"):
        await a_deduction(uow, a, c, from_on=date(2025, 1, 1))


async def test_deductions_never_go_round(uow):
    a, b, c = [await a_service_point(uow) for _ in range(3)]
    await a_deduction(uow, a, b)
    await a_deduction(uow, b, c, from_on=JUNE)
    with pytest.raises(DBAPIError, match="circle"):
        await a_deduction(uow, c, a, from_on=date(2025, 1, 1))


async def test_a_circle_needs_a_day_on_which_it_is_closed(uow):
    a, b = [await a_service_point(uow) for _ in range(2)]
    await a_deduction(uow, a, b, to_on=JUNE)
    await a_deduction(uow, b, a, from_on=JUNE)


@pytest.mark.parametrize("table", ["service_points", "meters", "registers", "installations"])
async def test_plant_is_never_deleted(uow, table):
    await an_installation(uow)
    with pytest.raises(Exception, match="DELETE on"):
        await uow.sql.execute(f"DELETE FROM {table}")
