"""Rounding and splitting, against definitions written another way."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from curbstop.kernel.money import Cents, NonZeroCents, format_cents, round_to_cents, split_cents

dollars = st.decimals(min_value=-(10**8), max_value=10**8, places=6)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(sum)


@given(dollars)
def test_rounding_is_half_away_from_zero(amount):
    exact = Fraction(amount) * 100
    floor = abs(exact).numerator // abs(exact).denominator
    expected = floor + (abs(exact) - floor >= Fraction(1, 2))
    assert round_to_cents(amount) == (expected if exact >= 0 else -expected)
    assert round_to_cents(Fraction(amount)) == round_to_cents(amount)


@given(dollars)
def test_a_reversal_is_the_exact_negative(amount):
    assert round_to_cents(-amount) == -round_to_cents(amount)


@given(st.integers(-(10**10), 10**10), weights)
def test_parts_sum_to_the_whole_and_stray_less_than_a_cent(total, parts):
    split = split_cents(total, parts)
    assert sum(split) == total
    for part, weight in zip(split, parts, strict=True):
        assert abs(part - Fraction(total * weight, sum(parts))) < 1


def test_a_shared_meter_of_33_33_34_splits_100_dollars_exactly():
    assert split_cents(10_000, [33, 33, 34]) == [3_300, 3_300, 3_400]


def test_weights_must_be_positive():
    for bad in ([], [0, 0], [1, -1, 2]):
        with pytest.raises(ValueError, match="weights"):
            split_cents(100, bad)


@pytest.mark.parametrize("value", ["1250", 12.5, 12.0, True, 10**14, None])
def test_cents_are_strict_integers(value):
    with pytest.raises(ValidationError):
        TypeAdapter(Cents).validate_python(value)


def test_non_zero_cents_refuse_zero():
    with pytest.raises(ValidationError, match="must not be zero"):
        TypeAdapter(NonZeroCents).validate_python(0)


def test_format():
    assert format_cents(-123_456_789) == "-$1,234,567.89"
    assert format_cents(5) == "$0.05"


def test_round_known_halves():
    assert [round_to_cents(Decimal(d)) for d in ("0.005", "0.015", "-0.005")] == [1, 2, -1]
