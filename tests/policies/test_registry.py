"""The catalog holds together: every default is valid, lawful and of its kind."""

from datetime import date
from decimal import Decimal

import pytest

from curbstop.policies.kinds import Kind, WrongValue, parse, to_json
from curbstop.policies.regimes import regimes
from curbstop.policies.registry import (
    UnknownPolicy,
    default_of,
    limits_of,
    parse_value,
    policy,
    registry,
)
from curbstop.policies.values import Policies, StoredValue

# The table of the research notes: regime → basic ceiling, recurring ceiling a month, section.
CEILINGS = {
    "csd": ("10", "1", "61115(a)(3)(C)"),
    "revenue_bond_1941": ("10", "0.5", "54348"),
    "county_water": ("10", "0.5", "31030"),
    "municipal_water": ("10", "0.5", "71613"),
    "irrigation": (None, None, "22280"),
    "public_utility": (None, None, "16461"),
    "california_water": ("10", "1.5", "35470.5"),
    "water_storage": ("10", "1", "47182"),
    "sewer": ("10", "0.5", "5473.10"),
    "standby": ("6", "0", "31032"),
}


def decimal_or_none(text):
    return None if text is None else Decimal(text)


@pytest.mark.parametrize("code", CEILINGS)
def test_late_penalty_ceilings_by_regime(code):
    basic, recurring, section = CEILINGS[code]
    regime = regimes()[code]
    assert limits_of(policy("late.basic_percent"), regime).ceiling == decimal_or_none(basic)
    limits = limits_of(policy("late.recurring_percent"), regime)
    assert limits.ceiling == decimal_or_none(recurring)
    assert section in limits.citation


def test_every_regime_of_the_file_is_checked_above():
    assert set(regimes()) == set(CEILINGS)


@pytest.mark.parametrize("code", CEILINGS)
def test_every_default_is_of_its_kind_and_lawful(code):
    for entry in registry().values():
        default = default_of(entry, regimes()[code])
        assert parse_value(entry, to_json(default)) == default
        assert limits_of(entry, regimes()[code]).warning(entry, default) is None


def test_keys_are_unique_and_named_alike():
    for key, entry in registry().items():
        group, _, name = key.partition(".")
        assert group == entry.group
        assert name.replace("_", "").isalnum()
        assert name.islower()
        assert entry.title


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        ("billing.due_days", 0),
        ("billing.due_days", 367),
        ("late.grace_days", 10**9),
        ("leak.percent", "101"),
        ("leak.months_between", 601),
        ("leak.periods", 13),
    ],
)
def test_a_number_that_makes_no_sense_is_refused(key, raw):
    """No date lies a thousand million days ahead: what computes one would fail."""
    with pytest.raises(WrongValue, match=r"or (more|less)"):
        parse_value(policy(key), raw)


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (Kind.INTEGER, "3"),
        (Kind.INTEGER, 3.0),
        (Kind.INTEGER, True),
        (Kind.INTEGER, 10**30),
        (Kind.CENTS, -1),
        (Kind.CENTS, "100"),
        (Kind.DECIMAL, 0.5),
        (Kind.DECIMAL, "NaN"),
        (Kind.DECIMAL, "1e5"),
        (Kind.DECIMAL, "9" * 40),
        (Kind.DECIMAL, None),
        (Kind.PERCENT, "-1"),
        (Kind.PERCENT, "1001"),
        (Kind.FLAG, 1),
        (Kind.TEXT, "x" * 2001),
        (Kind.TEXT, "a\0b"),
        (Kind.TEXT, "half a character \ud800"),
        (Kind.COLOUR, "red"),
        (Kind.COLOUR, "#0a5c82\n"),
        (Kind.TEXTS, "not a list"),
        (Kind.TEXTS, [1]),
        (Kind.CODES, ["water", "water"]),
        (Kind.CODES, ["Water; DROP"]),
        (Kind.DATES, ["2026-02-30"]),
        (Kind.DATES, ["2026-12-24", "2026-12-24"]),
        (Kind.CENTS_BY_CODE, {"leak": "5"}),
        (Kind.CENTS_BY_CODE, ["leak"]),
    ],
)
def test_values_of_another_kind_are_refused(kind, raw):
    with pytest.raises(WrongValue):
        parse(kind, raw)


def test_choices_and_own_minimum_are_refused():
    with pytest.raises(WrongValue, match="one of: charge"):
        parse_value(policy("late.recurring_base"), "everything")
    with pytest.raises(WrongValue, match="1 or more"):
        parse_value(policy("billing.due_days"), 0)


def stored(key, value):
    return StoredValue(None, key, value, date(2026, 1, 1), "cited", "Board")


def test_two_persons_set_all_but_words_and_calendar():
    alone = {policy.group for policy in registry().values() if not policy.needs_second}
    assert alone == {"district", "office", "statement"}
    assert policy("district.regime").needs_second


def test_getters_refuse_another_kind_and_unknown_keys():
    policies = Policies(date(2026, 1, 1), [])
    with pytest.raises(TypeError):
        policies.decimal("billing.due_days")
    with pytest.raises(TypeError):
        policies.integer("office.judicial_holidays")
    with pytest.raises(UnknownPolicy):
        policies.text("district.motto")


def test_a_retired_key_in_the_table_does_no_harm():
    assert Policies(date(2026, 1, 1), [stored("old.key", 1)]).integer("billing.due_days") == 30
