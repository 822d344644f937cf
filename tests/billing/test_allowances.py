"""Several meters under one allowance: tiers once, fixed charges each, not a unit lost."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbstop.billing.bills.rating import input_from, rate_shared
from curbstop.billing.runs.build import build_chunk
from curbstop.billing.runs.models import ExceptionCode
from curbstop.kernel.dates import Period
from curbstop.rates.engine.rate import total_cents
from tests.billing.samples import JUNE, account, consumption, sample_rates, sample_terms

RATES = sample_rates()
ALWAYS = (date(2020, 1, 1), None)


def farm(*uses, allowance="yard", days=ALWAYS):
    """One account with a meter for each use, all under one allowance; no sewer."""
    houses = [account(number, str(used)) for number, used in enumerate(uses, 1)]
    first = houses[0]
    first.agreements = [house.agreements[1] for house in houses]
    for agreement in first.agreements:
        agreement.attributes = [*agreement.attributes, ("allowance", allowance, *days)]
    return first


def build(facts):
    return build_chunk(sample_terms(), RATES, [facts], 0, 0)


def lines_of(result):
    return [line for charged in result.charges for line in charged.priced.lines]


def test_two_meters_fill_the_tiers_together_and_pay_their_services_each():
    result = build(farm(7, 8))
    assert result.cents == 2 * 28_00 + 10 * 3_00 + 5 * 5_00
    assert [line.component for line in lines_of(result)].count("service") == 2


def test_without_the_attribute_each_meter_has_tiers_of_its_own():
    apart = farm(7, 8)
    apart.agreements[1].attributes = apart.agreements[1].attributes[:1]
    assert build(apart).cents == 2 * 28_00 + 15 * 3_00


def test_an_allowance_that_has_ended_counts_no_more():
    ended = (date(2020, 1, 1), JUNE.end - timedelta(days=1))
    assert build(farm(7, 8, days=ended)).cents == 2 * 28_00 + 15 * 3_00
    last_day = (JUNE.end - timedelta(days=1), JUNE.end)
    assert build(farm(7, 8, days=last_day)).cents == 2 * 28_00 + 10 * 3_00 + 5 * 5_00


def test_meters_read_on_other_days_are_an_exception_with_its_reason():
    facts = farm(7, 8)
    late = facts.agreements[1]
    longer = Period(JUNE.start, JUNE.end + timedelta(days=2))
    late.consumption = consumption(late.service_point_id, longer, "8")
    result = build(facts)
    assert result.bills == []
    assert result.troubles[0].code is ExceptionCode.CANNOT_PRICE
    assert "under the allowance yard" in result.troubles[0].reason


@pytest.mark.parametrize("uses", [(7, 8), (0, 31, 4)])
def test_what_a_segment_keeps_prices_the_same_again(uses):
    result = build(farm(*uses))
    again = 0
    for row in result.segments:
        _, _, _, _, rate_code, start, end, *rest = row
        cycle, quantity, unit, facts = rest[:2], rest[2], rest[3], rest[-1]
        period = Period(*cycle) if cycle[0] else None
        bill = input_from(rate_code, Period(start, end), period, quantity, unit, facts)
        again += total_cents(rate_shared(RATES.catalog, bill, None))
    assert again == result.cents
    assert sum(row[9] for row in result.segments) == sum(uses)
    assert len(result.segments[0][-2]) == len(uses), "the first shows all reads"


@given(st.lists(st.integers(0, 60), min_size=2, max_size=6))
def test_one_allowance_costs_what_one_meter_with_all_the_water_would(uses):
    alone = account(1, str(sum(uses)))
    alone.agreements = alone.agreements[1:]
    assert build(farm(*uses)).cents == build(alone).cents + (len(uses) - 1) * 28_00
