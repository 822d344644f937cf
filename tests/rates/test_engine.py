"""The engine on bills small enough to work out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from curbstop.kernel.dates import Period
from curbstop.kernel.units import Unit
from curbstop.rates.engine import Dated, DateRange, MeasuredUse, RatingError, rate, total_cents
from tests.rates.tariffs_of import JULY, TIERS, bill, catalog, price, version

AUGUST_10 = Period(date(2026, 7, 11), date(2026, 9, 10))  # 61 days, 40 of them before 20 August


def test_an_exact_tier_edge_belongs_to_the_lower_tier():
    assert price(catalog(), bill("10")) == {"service": 3000, "use.1": 3000}
    assert price(catalog(), bill("10.01")) == {"service": 3000, "use.1": 3000, "use.2": 5}


def test_an_exchanged_meter_has_one_tier_allowance():
    """Old 1,240→1,262 and new 0→9 are 31 units: 20 in tier 1 and 11 in tier 2."""
    wide = catalog(version(TIERS.replace("width: 10", "width: 20")))
    assert price(wide, bill("31")) == {"service": 3000, "use.1": 6000, "use.2": 5500}


def test_a_rate_change_splits_use_and_widths_by_days():
    """61 days, 40 old and 21 new, 30 units: 19.67 and 10.33, together 30.00."""
    new = version(TIERS.replace("price: 3}", "price: 4}"), "2026-08-20")
    lines = rate(catalog(version(), new), bill("30", AUGUST_10))
    used = [(line.from_on, line.quantity) for line in lines if line.component == "use"]
    assert [quantity for _, quantity in used] == [
        *(Decimal("6.56"), Decimal("13.11")),  # 10 × 40/61 = 6.56 of tier 1
        *(Decimal("3.44"), Decimal("6.89")),
    ]
    assert sum(quantity for _, quantity in used) == 30
    fixed = [(line.numerator, line.denominator) for line in lines if line.component == "service"]
    assert fixed == [(40, 61), (21, 61)]


@pytest.mark.parametrize(("rule", "cents"), [("at_start", 3000), ("at_end", 4000)])
def test_a_rate_change_may_be_taken_at_one_end(rule, cents):
    new = version(
        TIERS.replace("price: 3}", "price: 4}"), "2026-08-20", f"{{changes: {{rate: {rule}}}}}"
    )
    assert price(catalog(version(), new), bill("10", AUGUST_10))["use.1"] == cents


def test_a_size_change_prorates_the_service_and_leaves_the_tiers_whole():
    sizes = [Dated(date(2020, 1, 1), date(2026, 7, 11), "3/4"), Dated(date(2026, 7, 11), None, "1")]
    lines = rate(catalog(), bill("12", dated={"size": sizes}))
    assert [(line.component, line.numerator, line.amount_cents) for line in lines] == [
        ("service", 10, 968),  # 30 × 10/31
        ("service", 21, 3387),  # 50 × 21/31
        ("use", 1, 3000),
        ("use", 1, 1000),
    ]


def test_measured_use_replaces_the_spreading_by_days():
    new = version(TIERS, "2026-08-20")
    change, end = date(2026, 8, 20), AUGUST_10.end
    measured = [
        MeasuredUse(AUGUST_10.start, change, Decimal(4)),
        MeasuredUse(change, end, Decimal(8)),
    ]
    lines = rate(catalog(version(), new), bill("12", AUGUST_10, measured=measured))
    by_version = {v: Decimal(0) for v in ("T@2026-01-01", "T@2026-08-20")}
    for line in lines:
        by_version[line.version_id] += (line.quantity or 0) if line.component == "use" else 0
    assert by_version == {"T@2026-01-01": 4, "T@2026-08-20": 8}


@pytest.mark.parametrize(
    ("policy", "cents"),
    [
        ("{proration: none}", 3000),
        ("{proration: actual}", 968),  # 10/31
        ("{proration: nominal, nominal_days: 30}", 1000),  # 10/30
        ("{proration: nominal, nominal_days: 365/12}", 986),  # 10 × 12/365
    ],
)
def test_proration_of_a_short_period_is_a_switch(policy, cents):
    short = Period(date(2026, 7, 1), date(2026, 7, 11))
    assert (
        price(catalog(version(policy=policy)), bill(period=short, cycle=JULY))["service"] == cents
    )


@pytest.mark.parametrize(("when", "cents"), [("partial", 3000), ("always", 3100)])
def test_a_whole_cycle_period_counts_as_one_unless_days_always_count(when, cents):
    policy = f"{{proration: nominal, nominal_days: 30, nominal_when: {when}}}"
    assert price(catalog(version(policy=policy)), bill())["service"] == cents


def test_widths_by_days_are_a_switch_of_their_own():
    short = bill("8", Period(date(2026, 7, 1), date(2026, 7, 11)), cycle=JULY)
    by_days = catalog(version(policy="{width_proration: actual, proration: none}"))
    whole = catalog(version(policy="{width_proration: none, proration: none}"))
    assert price(by_days, short) == {"service": 3000, "use.1": 969, "use.2": 2385}  # 3.23 and 4.77
    assert price(whole, short) == {"service": 3000, "use.1": 2400}


def test_bimonthly_cycles_may_price_by_the_month():
    policy = "{cycle_months: 2, fixed_per: month, widths_per: month}"
    july_august = Period(date(2026, 7, 1), date(2026, 9, 1))
    assert price(catalog(version(policy=policy)), bill("25", july_august)) == {
        "service": 6000,
        "use.1": 6000,
        "use.2": 2500,
    }


def test_a_declaration_counts_on_its_days_only():
    drought = (
        "- {key: drought, model: uniform, label: D, group: d, price: 1, when: {declared: stage-2}}"
    )
    declared = {"stage-2": [DateRange(date(2026, 7, 22), None)]}  # 10 of 31 days
    lines = rate(catalog(version(drought), declarations=declared), bill("31"))
    assert [(line.from_on, line.quantity) for line in lines] == [(date(2026, 7, 22), Decimal(10))]


def test_one_time_charges_fall_on_their_day():
    fee = "- {key: fee, model: one_time, label: Fee, group: fees, price: 35, event: opened}"
    tariffs = catalog(version(fee))
    assert price(tariffs, bill(events={"opened": date(2026, 7, 31)})) == {"fee": 3500}
    assert price(tariffs, bill(events={"opened": date(2026, 8, 1)})) == {}
    assert price(tariffs, bill()) == {}


def test_a_discount_never_goes_below_zero():
    off = TIERS + "- {key: aid, model: discount, label: Aid, group: aid, of: [service], amount: 45}"
    assert price(catalog(version(off)), bill("1"))["aid"] == -3000


def test_bounds_lift_and_cut():
    bounds = (
        TIERS
        + "- {key: hold, model: bounds, label: H, group: h, of: all, at_least: 40, at_most: 60}"
    )
    tariffs = catalog(version(bounds))
    assert price(tariffs, bill("2"))["hold"] == 400  # 36.00 up to 40.00
    assert "hold" not in price(tariffs, bill("5"))
    assert price(tariffs, bill("20"))["hold"] == -5000  # 110.00 down to 60.00


def test_use_is_converted_and_rounded_as_the_tariff_bills_it():
    whole = catalog(version(policy="{usage: {places: 0, mode: down}}"))
    gallons = replace(bill("7479"), unit=Unit.GAL)  # 9.9987 HCF
    assert price(whole, gallons)["use.1"] == 2700
    assert price(catalog(), gallons)["use.1"] == 3000  # 9.998663 HCF × 3.00


def test_an_agreement_of_no_days_has_no_lines():
    assert rate(catalog(), bill("5", Period(JULY.start, JULY.start))) == []


@pytest.mark.parametrize(
    ("rating", "reason"),
    [
        (bill("1", attributes={"size": "6"}), "size 6 has no value in component 'service'"),
        (replace(bill("1"), attributes={}), "size is not recorded for these days in component"),
        (bill("-1"), "a use of -1 cannot be billed"),
        (bill("0.0000001"), "more than six decimals"),
        (bill("NaN"), "cannot be billed"),
        (bill("1", Period(date(2025, 12, 1), date(2026, 1, 5))), "in force on 2025-12-01"),
        (replace(bill("1"), rate_code="X"), "no tariff has the rate code X"),
    ],
)
def test_refusals_name_the_fact(rating, reason):
    with pytest.raises(RatingError, match=reason):
        rate(catalog(), rating)


def test_the_same_bill_prices_the_same_whatever_was_priced_before():
    tariffs = catalog()
    first = rate(tariffs, bill("12.5"))
    for other in (bill("3"), bill("9", attributes={"size": "1"}), bill("400")):
        rate(tariffs, other)
    assert rate(tariffs, bill("12.5")) == first
    assert total_cents(first) == 3000 + 3000 + 1250
