"""Estimates by the first method that applies, and their truing up."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbstop.kernel.ids import uuid7
from curbstop.kernel.units import Unit
from curbstop.readings.consumption.quantities import RegisterFacts
from curbstop.readings.estimation.methods import (
    EstimateInputs,
    EstimateMethod,
    TrueUpKind,
    estimate,
    true_up,
)

REGISTER = RegisterFacts(uuid7(), "0", 4, 0, Decimal(1), Unit.HCF, Decimal(1))
KNOWN = {
    "next_on": date(2026, 8, 1),
    "next_value": Decimal(161),
    "same_month_daily": Decimal("0.8"),
    "class_trend": Decimal("1.5"),
    "prior_daily": Decimal("0.5"),
    "class_daily": Decimal("0.4"),
}


def guess(previous=100, **known):
    inputs = EstimateInputs(date(2026, 6, 1), Decimal(previous), date(2026, 7, 1), **known)
    return estimate(REGISTER, inputs)


@pytest.mark.parametrize(
    ("without", "method", "used"),
    [
        ((), EstimateMethod.PRORATED, 30),
        (("next_on",), EstimateMethod.SAME_MONTH_LAST_YEAR, 36),
        (("next_on", "same_month_daily"), EstimateMethod.PRIOR_PERIOD, 15),
        (("next_on", "same_month_daily", "prior_daily"), EstimateMethod.CLASS_AVERAGE, 12),
    ],
)
def test_the_best_method_whose_inputs_are_there(without, method, used):
    made = guess(**{name: value for name, value in KNOWN.items() if name not in without})
    assert (made.method, made.used, made.value) == (method, used, 100 + used)


def test_the_method_is_printed_with_its_figures():
    made = guess(same_month_daily=Decimal("0.8"), class_trend=Decimal("1.5"))
    assert made.explanation == (
        "same month last year, with the trend of the class: 0.8 a day x 1.5 x 30 days = 36"
    )


def test_nothing_known_is_nothing_guessed():
    assert guess() is None


def test_an_estimate_may_pass_the_turn_of_the_dials():
    made = guess(9990, prior_daily=Decimal(1))
    assert (made.used, made.value, made.rollovers) == (30, 20, 1)


def test_estimate_30_then_50_in_all_leaves_20_and_cancels_nothing():
    truth = true_up(Decimal(30), Decimal(50), estimated_days=30, total_days=60)
    assert (truth.kind, truth.remainder) == (TrueUpKind.REMAINDER, 20)


def test_estimate_30_then_25_in_all_is_cancelled_and_rebilled_across_both():
    truth = true_up(Decimal(30), Decimal(25), estimated_days=30, total_days=60)
    assert (truth.kind, truth.remainder) == (TrueUpKind.CANCEL_AND_REBILL, 0)
    assert truth.spread == (12, 13)
    assert "only 25 used" in truth.reason


@given(st.integers(0, 10**6), st.integers(1, 90), st.integers(1, 90), st.integers(0, 10**6))
def test_the_spread_always_sums_to_the_truth(total, first_days, second_days, guessed):
    days = {"estimated_days": first_days, "total_days": first_days + second_days}
    truth = true_up(Decimal(guessed), Decimal(total), **days)
    assert sum(truth.spread) == total
    assert min(truth.spread) >= 0
