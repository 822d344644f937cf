"""Consumption from reads: exchange, rollover, compound, deduct, steps. Pure values, no database."""

import itertools
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbstop.kernel.dates import Period
from curbstop.kernel.ids import uuid7
from curbstop.kernel.units import Quantity, Unit
from curbstop.readings.consumption.compute import (
    deduct,
    service_point_consumption,
)
from curbstop.readings.consumption.parts import propose_rollover, stepped
from curbstop.readings.consumption.quantities import (
    Block,
    Consumption,
    InstalledMeter,
    Method,
    ReadPoint,
    RegisterFacts,
)
from curbstop.readings.kinds import ReadMethod

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def register(number="0", *, dials=4, decimals=0, multiplier=1, unit=Unit.HCF, step=1):
    return RegisterFacts(
        register_id=uuid7(),
        number=number,
        dials=dials,
        decimals=decimals,
        multiplier=Decimal(multiplier),
        unit=unit,
        billing_step=Decimal(step),
    )


def meter(*registers, serial="M1", from_on=date(2020, 1, 1), to_on=None):
    return InstalledMeter(uuid7(), uuid7(), serial, from_on, to_on, registers or (register(),))


def read(day, value, method=ReadMethod.RADIO, rollovers=0, open_reason=None):
    return ReadPoint(day, Decimal(value), method, rollovers, open_reason)


def two_reads(m, first, second, *, window=MARCH, rollovers=0):
    return {
        r.register_id: [read(window.start, first), read(window.end, second, rollovers=rollovers)]
        for r in m.registers
    }


def consume(meters, reads, window=MARCH, expected=20) -> Consumption:
    usual: dict[UUID, Decimal] = {
        r.register_id: Decimal(expected) for m in meters for r in m.registers
    }
    return service_point_consumption(uuid7(), meters, reads, window, expected=usual)


def simple(used, window=MARCH):
    m = meter()
    return consume([m], two_reads(m, 100, 100 + used, window=window), window)


def test_an_exchange_mid_period_is_one_quantity_from_both_meters():
    old = meter(serial="OLD", to_on=date(2026, 3, 12))
    new = meter(serial="NEW", from_on=date(2026, 3, 12))
    reads = {
        old.registers[0].register_id: [read(MARCH.start, 1240), read(date(2026, 3, 12), 1262)],
        new.registers[0].register_id: [read(date(2026, 3, 12), 0), read(MARCH.end, 9)],
    }
    used = consume([new, old], reads)
    assert used.quantity == Quantity(Decimal(31), Unit.HCF)
    assert [(p.serial, p.quantity.value) for p in used.parts] == [("OLD", 22), ("NEW", 9)]
    assert (used.period, used.blocked_by) == (MARCH, None)


def test_an_exchange_from_gallons_to_cubic_feet_is_summed_in_the_unit_of_the_new_meter():
    old = meter(register(unit=Unit.GAL, dials=7), to_on=date(2026, 3, 12))
    new = meter(register(unit=Unit.HCF), from_on=date(2026, 3, 12))
    reads = {
        old.registers[0].register_id: [read(MARCH.start, 1000), read(date(2026, 3, 12), 8480)],
        new.registers[0].register_id: [read(date(2026, 3, 12), 0), read(MARCH.end, 3)],
    }
    assert consume([old, new], reads).quantity == Quantity(Decimal(13), Unit.HCF)


def test_a_removed_meter_without_its_out_read_blocks_the_bill():
    old = meter(serial="OLD", to_on=date(2026, 3, 12))
    new = meter(serial="NEW", from_on=date(2026, 3, 12))
    reads = {
        old.registers[0].register_id: [read(MARCH.start, 1240), read(date(2026, 3, 10), 1262)],
        new.registers[0].register_id: [read(date(2026, 3, 12), 0), read(MARCH.end, 9)],
    }
    used = consume([old, new], reads)
    assert used.block is Block.MISSING_END
    assert "OLD" in used.blocked_by


def test_a_rollover_is_proposed_and_never_billed_by_itself():
    m = meter()
    used = consume([m], two_reads(m, 9987, 14))
    assert used.block is Block.ROLLOVER_PROPOSED
    assert "rollover of 27 proposed" in used.blocked_by
    assert "swapped" in used.blocked_by
    assert used.quantity.value == 0


def test_an_accepted_rollover_is_billed():
    m = meter()
    used = consume([m], two_reads(m, 9987, 14, rollovers=1))
    assert (used.quantity.value, used.blocked_by, used.parts[0].rollovers) == (27, None, 1)


@pytest.mark.parametrize(("previous", "current"), [(9400, 9300), (500, 20)])
def test_a_backward_read_far_from_the_turn_is_a_misread(previous, current):
    m = meter()
    used = consume([m], two_reads(m, previous, current))
    assert used.block is Block.BACKWARD
    assert (
        propose_rollover(m.registers[0], Decimal(previous), Decimal(current), Decimal(20)) is None
    )


def test_the_dials_that_bill_decide_the_turn_not_the_decimals():
    six_with_two = register(dials=6, decimals=2)
    proposal = propose_rollover(six_with_two, Decimal("9990.50"), Decimal("3.25"), Decimal(20))
    assert proposal.delta == Decimal("12.75")


def test_each_side_of_a_compound_meter_turns_on_its_own():
    high, low = register("H", dials=5), register("L", dials=4)
    m = meter(high, low)
    reads = {
        high.register_id: [read(MARCH.start, 100), read(MARCH.end, 140)],
        low.register_id: [read(MARCH.start, 9990), read(MARCH.end, 5, rollovers=1)],
    }
    used = consume([m], reads)
    assert used.quantity.value == 55
    assert [p.quantity.value for p in used.parts] == [40, 15]


def test_a_compound_meter_with_one_side_estimated_is_an_estimated_bill():
    high, low = register("H"), register("L")
    m = meter(high, low)
    reads = {
        high.register_id: [read(MARCH.start, 100), read(MARCH.end, 140)],
        low.register_id: [read(MARCH.start, 10), read(MARCH.end, 20, ReadMethod.ESTIMATED)],
    }
    used = consume([m], reads)
    assert (used.quantity.value, used.method) == (50, Method.ESTIMATED)
    assert [p.method for p in used.parts] == [Method.ACTUAL, Method.ESTIMATED]


def test_a_compound_meter_with_one_side_missing_waits():
    high, low = register("H"), register("L")
    m = meter(high, low)
    reads = {
        high.register_id: [read(MARCH.start, 100), read(MARCH.end, 140)],
        low.register_id: [read(MARCH.start, 10), read(date(2026, 3, 20), 15)],
    }
    used = consume([m], reads)
    assert used.block is Block.MISSING_END
    assert "register L has no read on 2026-03-31" in used.blocked_by


def test_deduct_meters_reduce_what_the_sewer_sees():
    used = deduct(simple(40), [simple(15)])
    assert (used.quantity.value, used.after_deductions.value, used.blocked_by) == (40, 25, None)


def test_a_deduct_meter_above_the_main_one_is_an_exception_and_never_negative():
    used = deduct(simple(40), [simple(55)])
    assert used.after_deductions.value == 0
    assert used.block is Block.DEDUCT_EXCEEDS_MAIN


def test_a_deduct_meter_read_on_other_days_is_shared_out_by_days():
    child = simple(60, window=Period(date(2026, 2, 9), MARCH.end))
    used = deduct(simple(50), [child])
    assert used.deductions[0].quantity.value == Decimal("36.000")
    assert used.deductions[0].aligned is True
    assert used.after_deductions.value == 14


def test_the_multiplier_comes_before_the_truncation():
    r = register(dials=6, multiplier=10, unit=Unit.CF, step=100)
    m = meter(r)
    used = consume([m], two_reads(m, 105, 139))
    assert used.quantity.value == 300  # 1,050 → 1,000 and 1,390 → 1,300, not 34 → 0


@given(st.lists(st.integers(0, 5000), min_size=2, max_size=12))
def test_what_truncation_drops_one_period_is_billed_the_next(uses):
    r = register(dials=9, unit=Unit.CF, step=100)
    positions = [Decimal(sum(uses[: i + 1])) for i in range(len(uses))]
    steps = [stepped(b, r) - stepped(a, r) for a, b in itertools.pairwise(positions)]
    assert sum(steps) == stepped(positions[-1], r) - stepped(positions[0], r)


def test_the_end_of_february_2028_has_two_days():
    window = Period(date(2028, 2, 28), date(2028, 3, 1))
    assert simple(3, window).period.days == 2


def test_an_open_exception_forbids_the_bill_and_says_which():
    m = meter()
    reads = two_reads(m, 10, 90)
    key = m.registers[0].register_id
    reads[key][1] = read(MARCH.end, 90, open_reason="High: 80 against 20")
    used = consume([m], reads)
    assert (used.block, used.blocked_by) == (Block.OPEN_REVIEW, "High: 80 against 20")


def test_an_estimate_above_the_next_actual_read_asks_for_cancel_and_rebill():
    m = meter()
    key = m.registers[0].register_id
    reads = {key: [read(MARCH.start, 130, ReadMethod.ESTIMATED), read(MARCH.end, 125)]}
    used = consume([m], reads)
    assert used.block is Block.ESTIMATE_TOO_HIGH
    assert "cancel and rebill" in used.blocked_by


def test_a_day_without_a_read_at_its_start_blocks_rather_than_bills_the_neighbor():
    m = meter()
    reads = {m.registers[0].register_id: [read(date(2026, 2, 1), 5), read(MARCH.end, 50)]}
    assert consume([m], reads).block is Block.MISSING_START


def test_a_service_point_without_a_meter_is_said_to_be_without_one():
    assert consume([], {}).block is Block.NO_METER


def test_a_deduct_meter_at_the_same_point_is_taken_off_the_main_one():
    main, garden = meter(serial="MAIN"), replace(meter(serial="GARDEN"), deducts=True)
    reads = two_reads(main, 0, 40) | two_reads(garden, 0, 15)
    used = consume([main, garden], reads)
    assert (used.quantity.value, used.after_deductions.value) == (40, 25)


def test_a_bypass_counts_beside_the_main_meter_and_must_be_read_with_it():
    main, bypass = meter(serial="MAIN"), meter(serial="BYPASS")
    reads = two_reads(main, 0, 40) | two_reads(bypass, 0, 3)
    assert consume([main, bypass], reads).quantity.value == 43
    reads[bypass.registers[0].register_id] = [read(MARCH.start, 0), read(date(2026, 3, 9), 3)]
    used = consume([main, bypass], reads)
    assert (used.block, used.blocked_by) == (
        Block.MISSING_END,
        "Meter BYPASS has no read on 2026-03-31",
    )


def test_a_register_without_a_billing_step_bills_every_digit():
    r = register(dials=6, decimals=2, step=0)
    m = meter(r)
    assert consume([m], two_reads(m, "1.25", "3.75")).quantity.value == Decimal("2.50")
