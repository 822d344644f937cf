"""Why a bill is higher: the parts sum exactly, and each part moves only for its own cause."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from curbstop.billing.bills.rating import Share, rate_shared
from curbstop.billing.explain.comparison import Difference, PricedSegment, compare
from curbstop.kernel.dates import Period
from curbstop.rates.engine.catalog import Catalog
from curbstop.rates.engine.compile import compile_tariff
from curbstop.rates.engine.inputs import RatingInput
from curbstop.rates.engine.source import load_tariff
from tests.billing.samples import SEWER, WATER, sample_id

DEARER = (
    WATER
    + """
  - effective_on: 2026-07-01
    resolution: Resolution 2026-01
    components:
      - key: service
        model: fixed
        label: {en: Service charge, es: Servicio}
        group: water_service
        price: {by: meter_size, table: {5/8: 30.00, 1: 66.00}}
      - key: use
        model: tiered
        label: {en: Water use, es: Uso de agua}
        group: water_use
        tiers:
          - {width: 10, price: 3.50}
          - {price: 5.50}
"""
)
CATALOG = Catalog([compile_tariff(load_tariff(text)) for text in (DEARER, SEWER)])
SPRING = Period(date(2026, 5, 1), date(2026, 5, 31))


def segment(
    used: str,
    period: Period = SPRING,
    size: str = "5/8",
    agreement: str = "a",
    service: str = "water",
    cycle: Period | None = None,
    share: Share | None = None,
) -> PricedSegment:
    code = {"water": "W", "sewer": "S"}[service]
    bill = RatingInput(code, period, Decimal(used), cycle=cycle, attributes={"meter_size": size})
    cents = sum(line.amount_cents for line in rate_shared(CATALOG, bill, share))
    return PricedSegment(sample_id(agreement), service, bill, share, cents)


def moved(days: int, length: int = 30) -> Period:
    start = SPRING.start + timedelta(days=days)
    return Period(start, start + timedelta(days=length))


def test_only_more_water_is_use():
    assert compare(CATALOG, [segment("8")], [segment("14")]) == Difference(0, 26_00, 0, 0)


def test_only_new_rates_are_price():
    found = compare(CATALOG, [segment("8")], [segment("8", moved(90))])
    assert found == Difference(0, 0, 2_00 + 4_00, 0)


def test_only_a_larger_meter_is_other():
    found = compare(CATALOG, [segment("8")], [segment("8", size="1")])
    assert found == Difference(0, 0, 0, 32_00)


def test_more_days_at_the_same_use_a_day_are_days():
    found = compare(CATALOG, [segment("6")], [segment("7.2", moved(0, 36))])
    assert found == Difference(3_60, 0, 0, 0)


def test_a_new_service_and_a_dropped_one_are_other():
    sewer = segment("0", agreement="s", service="sewer")
    assert compare(CATALOG, [segment("5")], [segment("5"), sewer]) == Difference(0, 0, 0, 40_00)
    assert compare(CATALOG, [segment("5"), sewer], [segment("5")]) == Difference(0, 0, 0, -40_00)


def test_a_new_agreement_for_the_same_service_is_compared():
    found = compare(CATALOG, [segment("8")], [segment("14", agreement="b")])
    assert found == Difference(0, 26_00, 0, 0)


def test_what_cannot_be_priced_is_other_and_still_sums():
    broken = segment("8")
    broken = replace(broken, bill=replace(broken.bill, attributes={}))
    found = compare(CATALOG, [broken], [segment("14")])
    assert found == Difference(0, 0, 0, segment("14").cents - broken.cents)


uses = st.decimals(0, 400, places=2, allow_nan=False)
bills = st.builds(
    lambda used, start, length, size, partial, share: segment(
        str(used),
        moved(start, length),
        size,
        cycle=moved(start, 30) if partial else None,
        share=share,
    ),
    uses,
    st.integers(0, 120),
    st.integers(1, 95),
    st.sampled_from(["5/8", "1"]),
    st.booleans(),
    st.sampled_from([None, Share((3300, 3300, 3400), 1), Share((2500, 7500), 0)]),
)


@settings(max_examples=300, deadline=None)
@given(bills, bills)
def test_the_parts_always_sum_to_the_difference(before, after):
    assert compare(CATALOG, [before], [after]).total == after.cents - before.cents


@settings(max_examples=100, deadline=None)
@given(bills)
def test_a_bill_does_not_differ_from_itself(bill):
    assert compare(CATALOG, [bill], [bill]) == Difference(0, 0, 0, 0)
