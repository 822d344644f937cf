"""A run remembers what it priced: whatever one account lends another is what it would get alone."""

from dataclasses import fields, replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curbstop.billing.runs.periods import Rates
from curbstop.rates.engine import Catalog, RatingError, RatingInput, compile_tariff, rate
from curbstop.rates.engine.definition import Tariff
from curbstop.rates.engine.lines import RatedLine
from tests.oracle.strategies import cases, tariffs
from tests.oracle.test_oracle import PHASES, bill_of


def alone(catalog: Catalog, bill: RatingInput) -> list[RatedLine] | None:
    try:
        return rate(catalog, bill)
    except RatingError:
        return None


def from_run(rates: Rates, bill: RatingInput) -> list[RatedLine] | None:
    try:
        return list(rates.price(bill, None).lines)
    except RatingError:
        return None


def neighbours(one: RatingInput, other: RatingInput) -> list[RatingInput]:
    """One account, and the same with each single fact of the other: all that a memory confuses."""
    plain = [replace(each, declarations=None, dated={}) for each in (one, other)]
    one, other = plain
    swapped = [
        replace(one, **{each.name: getattr(other, each.name)})
        for each in fields(RatingInput)
        if each.name not in ("rate_code", "period", "cycle", "unit")
    ]
    merged = [
        replace(one, attributes={**one.attributes, name: value})
        for name, value in other.attributes.items()
    ]
    days = replace(one, period=other.period, cycle=other.cycle)
    return [one, *swapped, *merged, days, replace(one, unit=other.unit), other]


@settings(
    max_examples=60,
    phases=PHASES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_no_account_gets_another_s_price(data):
    definition = Tariff.model_validate(data.draw(tariffs()))
    catalog = Catalog([compile_tariff(definition)])
    rates = Rates(catalog)
    one, other = (bill_of(data.draw(cases())) for _ in range(2))
    for bill in neighbours(one, other):
        assert from_run(rates, bill) == alone(catalog, bill)
