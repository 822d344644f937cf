"""What must hold of any tariff, whatever its numbers: no oracle needed."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from curbstop.kernel.dates import Period
from curbstop.kernel.money import round_to_cents
from curbstop.rates.engine import Catalog, RatingError, compile_tariff, rate, total_cents
from curbstop.rates.engine.arithmetic import ratio_cents
from curbstop.rates.engine.definition import Tariff
from curbstop.rates.engine.usage import use_between
from tests.oracle.oracle import Case
from tests.oracle.strategies import FIRST_DAY, amounts, cases, decimals, rules, tariffs
from tests.oracle.test_oracle import bill_of

bounded = settings(
    max_examples=120,
    deadline=None,
    database=None,
    print_blob=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
AT_END = dict.fromkeys(("rate", "attribute", "declaration", "season"), "at_end")
ON_WATER = ("fixed", "uniform", "tiered", "minimum")
YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))


def compiled(tariff: dict) -> Catalog:
    return Catalog([compile_tariff(Tariff.model_validate(tariff))])


def unsplit(tariff: dict) -> dict:
    """The tariff without splits: the parts of a split are rounded, and may shift by a step."""
    for version in tariff["versions"]:
        version["policy"] = version["policy"] | {"changes": AT_END}
        for component in version["components"]:
            if component["model"] == "tiered":
                component["method"] = "graduated"
    return tariff


@settings(bounded, max_examples=25)
@given(tariffs(ON_WATER).map(unsplit), st.lists(cases(), min_size=5, max_size=5), st.data())
def test_one_more_unit_is_never_cheaper(tariff, bills, data):
    catalog = compiled(tariff)
    for case in bills:
        bill = bill_of(case)
        more = data.draw(decimals("0.01", "5", 2))
        try:
            before = total_cents(rate(catalog, bill))
        except RatingError:
            continue
        dearer = replace(bill, quantity=bill.quantity + Decimal(more))
        assert total_cents(rate(catalog, dearer)) >= before


@bounded
@given(
    st.integers(0, 10**9),
    st.lists(st.integers(1, 364), max_size=6, unique=True),
    rules(6),
)
def test_the_parts_of_a_split_sum_to_the_whole_and_none_is_negative(use, days, rule):
    cuts = [FIRST_DAY + timedelta(days=day) for day in sorted(days)]
    policy = {"split": rule, "cycle_months": 1}
    split = Tariff.model_validate(_flat(policy)).versions[0].policy.split
    bounds = [YEAR.start, *cuts, YEAR.end]
    pairs = pairwise(bounds)
    parts = [use_between(use, YEAR, start, end, split) for start, end in pairs]
    assert sum(parts) == use
    assert min(parts) >= 0


def _flat(policy: dict, *components: dict) -> dict:
    fixed = {"key": "s", "model": "fixed", "label": "S", "group": "s", "price": "10"}
    version = {
        "effective_on": FIRST_DAY,
        "resolution": "R",
        "policy": policy,
        "components": list(components) or [fixed],
    }
    return {"code": "T", "name": "T", "versions": [version]}


@bounded
@given(
    amounts("0", "200", depth=0),
    amounts("0", "9", depth=0),
    decimals("1", "20", 1),
    decimals("0", "60", 2),
    st.integers(1, 59),
)
def test_billing_a_period_in_two_parts_comes_to_the_same_within_rounding(
    service, first, width, use, cut
):
    """Fixed charges and widths by days: two bills of a period differ by a cent for each line."""
    tiers = [{"width": width, "price": first}, {"price": "7.25"}]
    catalog = compiled(
        _flat(
            {"split": {"places": 6}},
            {"key": "s", "model": "fixed", "label": "S", "group": "s", "price": service},
            {"key": "u", "model": "tiered", "label": "U", "group": "u", "tiers": tiers},
        )
    )
    whole = Period(FIRST_DAY, FIRST_DAY + timedelta(days=60))
    parts = whole.split_at(FIRST_DAY + timedelta(days=cut))
    bill = bill_of(_case(whole, use))
    once = rate(catalog, bill)
    rule = Tariff.model_validate(_flat({"split": {"places": 6}})).versions[0].policy.split
    twice = []
    for part in parts:
        micro = use_between(int(Decimal(use) * 10**6), whole, part.start, part.end, rule)
        quantity = Decimal(micro) / 10**6
        twice += rate(catalog, replace(bill, period=part, cycle=whole, quantity=quantity))
    assert abs(total_cents(twice) - total_cents(once)) <= len(twice) + len(once)


def _case(period: Period, use: str) -> Case:
    return Case(period.start, period.end, (period.start, period.end), quantity=use)


@bounded
@given(st.integers(-(10**15), 10**15), st.integers(1, 10**12))
def test_cents_round_as_the_house_rounds(numerator, denominator):
    assert ratio_cents(numerator, denominator) == round_to_cents(
        Fraction(numerator, denominator) / 100
    )
