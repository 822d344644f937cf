"""Periods, units, ids: small facts that everything else trusts."""

import calendar
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbstop.kernel.dates import (
    Period,
    add_business_days,
    add_months,
    local_date,
)
from curbstop.kernel.ids import account_number, is_account_number, uuid7
from curbstop.kernel.units import Quantity, Unit

days = st.dates(date(1990, 1, 1), date(2100, 1, 1))


def test_a_leap_day_counts():
    assert Period(date(2028, 2, 28), date(2028, 3, 1)).days == 2


def test_the_end_day_belongs_to_the_successor():
    june = Period(date(2026, 6, 1), date(2026, 7, 1))
    assert date(2026, 6, 30) in june
    assert date(2026, 7, 1) not in june


@given(days, st.integers(1, 400), st.lists(days, max_size=5))
def test_splitting_covers_the_period_without_gap(start, length, cuts):
    whole = Period(start, start + timedelta(days=length))
    parts = whole.split_at(*cuts)
    assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)
    assert sum(part.days for part in parts) == whole.days
    assert all(a.end == b.start for a, b in pairwise(parts))


@given(days, st.integers(-60, 60))
def test_adding_months_keeps_the_day_or_the_months_last(day, months):
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    last = calendar.monthrange(later.year, later.month)[1]
    assert later.day == min(day.day, last)


def test_business_days_skip_weekends_and_holidays():
    friday, holiday = date(2026, 7, 3), date(2026, 7, 6)
    assert add_business_days(friday, 1) == date(2026, 7, 6)
    assert add_business_days(friday, 1, {holiday}) == date(2026, 7, 7)


def test_the_district_date_turns_at_its_own_midnight():
    zone = ZoneInfo("America/Los_Angeles")
    assert local_date(datetime(2026, 7, 1, 6, 59, tzinfo=UTC), zone) == date(2026, 6, 30)
    assert local_date(datetime(2026, 7, 1, 7, 0, tzinfo=UTC), zone) == date(2026, 7, 1)
    with pytest.raises(ValueError, match="time zone"):
        local_date(datetime(2026, 7, 1), zone)  # noqa: DTZ001 - the naive moment is the point


def test_an_hcf_is_a_hundred_cubic_feet_and_748_gallons():
    one = Quantity(Decimal(1), Unit.HCF)
    assert one.to(Unit.CF).value == 100
    assert one.to(Unit.GAL).value == 748
    assert Quantity(Decimal(600), Unit.CF).to(Unit.GAL).value == 4488
    assert Quantity(Decimal(1), Unit.AF).to(Unit.HCF).value == Decimal("435.6")


def test_unlike_units_do_not_add():
    with pytest.raises(ValueError, match="cannot combine"):
        Quantity(Decimal(1), Unit.HCF) + Quantity(Decimal(1), Unit.KGAL)


def test_ids_made_later_sort_later():
    made = [uuid7() for _ in range(50)]
    assert all(i.version == 7 for i in made)
    assert [i.int >> 80 for i in made] == sorted(i.int >> 80 for i in made)


@given(st.integers(0, 10**8 - 1), st.integers(0, 9), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(serial, occupancy, place, shift):
    number = account_number(serial, occupancy)
    assert is_account_number(number)
    digits = [i for i, c in enumerate(number) if c.isdigit()]
    at = digits[place % len(digits)]
    wrong = number[:at] + str((int(number[at]) + shift) % 10) + number[at + 1 :]
    assert not is_account_number(wrong)
