"""Each named rule on its own: what it catches, what it lets pass, and its parameters."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from curbstop.kernel.units import Unit
from curbstop.readings.kinds import ReadMethod
from curbstop.readings.validation.facts import (
    Asset,
    ParameterRow,
    Parameters,
    ReadFacts,
    Said,
    Season,
    parameters_for,
    season_of,
)
from curbstop.readings.validation.rules import RuleName, Severity, judge

ASSET = Asset("70000001", dials=4, decimals=0, multiplier=Decimal(1), unit=Unit.HCF)
USUAL = ReadFacts(
    asset=ASSET,
    today=date(2026, 7, 15),
    read_on=date(2026, 7, 1),
    value=Decimal(120),
    method=ReadMethod.RADIO,
    previous_on=date(2026, 6, 1),
    previous_value=Decimal(100),
    previous_method=ReadMethod.RADIO,
    recent_daily=Decimal("0.6"),
    used_before=True,
)


def rules(parameters=Parameters(), **changes):
    return [f.rule for f in judge(replace(USUAL, **changes), parameters)]


def reason(**changes):
    (finding,) = judge(replace(USUAL, **changes), Parameters())
    return finding.reason


def test_a_usual_read_passes():
    assert rules() == []


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"read_on": date(2026, 7, 16)}, RuleName.FUTURE),
        ({"other_value_same_day": Decimal(121)}, RuleName.DUPLICATE),
        ({"said": Said(meter_no="99999999")}, RuleName.MISMATCH),
        ({"said": Said(unit="GAL")}, RuleName.MISMATCH),
        ({"said": Said(dials=6)}, RuleName.MISMATCH),
        ({"said": Said(multiplier=Decimal(10))}, RuleName.MISMATCH),
        ({"previous_value": Decimal(9987), "value": Decimal(14)}, RuleName.ROLLOVER),
        ({"previous_value": Decimal(500), "value": Decimal(20)}, RuleName.NEGATIVE),
        ({"value": Decimal(150)}, RuleName.HIGH),
        ({"value": Decimal(107)}, RuleName.LOW),
        ({"value": Decimal(100), "zero_in_a_row": 2}, RuleName.ZERO),
        ({"value": Decimal(100), "zero_in_a_row": 1}, RuleName.STUCK),
        ({"active": False}, RuleName.INACTIVE),
        ({"estimated_in_a_row": 3}, RuleName.ESTIMATED),
    ],
)
def test_each_rule_catches_its_own(changes, rule):
    assert rules(**changes) == [rule]


@pytest.mark.parametrize(
    "changes",
    [
        {"other_value_same_day": Decimal(120)},
        {"said": Said(meter_no="70000001", unit="HCF", dials=4, multiplier=Decimal(1))},
        {"value": Decimal(136)},  # exactly twice the usual 18 is not above it
        {"recent_daily": Decimal("0.1"), "value": Decimal(108)},  # 2.7 x but only 5 HCF above
        {"value": Decimal(101), "recent_daily": Decimal("0.1")},  # usual 3 HCF: too little to judge
        {"active": False, "value": Decimal(101), "recent_daily": None},
        {"estimated_in_a_row": 2},
        {"value": Decimal(100), "used_before": False},
        {"previous_on": None, "previous_value": None, "value": Decimal(9000)},
    ],
)
def test_each_rule_lets_pass_what_is_within(changes):
    assert rules(**changes) == []


def test_the_same_season_last_year_goes_before_the_last_three_periods():
    assert rules(value=Decimal(160), same_season_daily=Decimal(2)) == []
    words = reason(value=Decimal(160), same_season_daily=Decimal("0.5"))
    assert words == "60 HCF in 30 days, same season last year 15"


def test_high_and_low_speak_of_water_not_of_counts():
    gallons = Asset("1", dials=9, decimals=0, multiplier=Decimal(10), unit=Unit.GAL)
    words = reason(asset=gallons, value=Decimal(3840), recent_daily=Decimal(30))
    assert words == "50 HCF in 30 days, the last three periods say 12.032"


def test_a_backward_read_after_an_estimate_is_the_estimate_s_fault_not_a_rollover():
    words = reason(
        previous_value=Decimal(9990), value=Decimal(9980), previous_method=ReadMethod.ESTIMATED
    )
    assert "the estimate before was too high; cancel and rebill" in words


def test_a_read_that_the_dials_cannot_show_is_a_mismatch():
    assert "does not fit 4 whole digits" in reason(value=Decimal(10120), recent_daily=None)


def test_what_blocks_and_what_only_warns():
    (high,) = judge(replace(USUAL, value=Decimal(150)), Parameters())
    (low,) = judge(replace(USUAL, value=Decimal(107)), Parameters())
    assert (high.severity, low.severity) == (Severity.BLOCK, Severity.WARN)


def test_parameters_narrow_by_class_before_season():
    rows = [
        ParameterRow(None, "summer", "high_factor", Decimal(3)),
        ParameterRow("commercial", None, "high_factor", Decimal(4)),
        ParameterRow("commercial", "winter", "high_factor", Decimal(5)),
    ]

    def factor(account_class, season):
        return parameters_for(rows, account_class, season).high_factor

    assert factor("residential", Season.SUMMER) == 3
    assert factor("commercial", Season.SUMMER) == 4
    assert factor("commercial", Season.WINTER) == 5
    assert factor("residential", Season.WINTER) == 2
    assert rules(parameters_for(rows, "commercial", Season.SUMMER), value=Decimal(150)) == []


def test_summer_is_may_to_october():
    days = [date(2026, month, 15) for month in range(1, 13)]
    assert [d.month for d in days if season_of(d) is Season.SUMMER] == [5, 6, 7, 8, 9, 10]
