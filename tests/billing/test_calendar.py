"""The calendar of a cycle: contiguous, half-open, and true to its anchor."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbstop.billing.cycles.calendar import Rhythm, plan_periods
from curbstop.kernel.dates import add_months, is_business_day

anchors = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@given(anchors, st.sampled_from([1, 2, 3]), st.integers(0, 40), st.integers(1, 40))
def test_periods_cover_every_day_once(anchor, months, skip, count):
    start = add_months(anchor, skip * months)
    planned = plan_periods(anchor, start, count, Rhythm(months))
    assert planned[0].period.start == start
    assert all(a.period.end == b.period.start for a, b in pairwise(planned))
    assert planned[-1].period.end == add_months(anchor, (skip + count) * months)
    assert all(p.read_from <= p.period.end <= p.read_to for p in planned)


def test_a_cycle_that_turns_on_the_31st_returns_to_it():
    planned = plan_periods(date(2026, 1, 31), date(2026, 1, 31), 3, Rhythm(1))
    assert [p.period.end for p in planned] == [
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
    ]


def test_a_bill_is_dated_on_a_business_day():
    holiday = date(2026, 7, 6)
    rhythm = Rhythm(1, bill_days_after=3)
    planned = plan_periods(date(2026, 6, 1), date(2026, 6, 1), 1, rhythm, [holiday])
    assert planned[0].bill_on == date(2026, 7, 7)  # 4 and 5 July are a weekend, the 6th is off
    assert is_business_day(planned[0].bill_on, [holiday])
    assert (planned[0].due_on - planned[0].bill_on).days == 25


def test_a_start_off_the_rhythm_is_refused():
    with pytest.raises(ValueError, match="whole periods"):
        plan_periods(date(2026, 1, 1), date(2026, 2, 15), 12, Rhythm(1))
    with pytest.raises(ValueError, match="whole periods"):
        plan_periods(date(2026, 1, 1), date(2026, 2, 1), 6, Rhythm(2))
