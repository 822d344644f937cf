"""What a line says of itself, from its stored values alone."""

from datetime import date
from decimal import Decimal

import pytest

from curbstop.kernel.dates import Period
from curbstop.rates.engine import RatedLine, explain, label, rate
from curbstop.rates.engine.lines import facts_text, read_facts
from tests.rates.tariffs_of import TIERS, bill, catalog, version

MODELS = """
- {key: edu, model: fixed, label: {en: Sewer, es: Drenaje}, group: sewer, price: 30.50,
   units: {attribute: edu}, unit_name: EDU}
- {key: min, model: minimum, label: {en: Minimum, es: Mínimo}, group: water_service, price: 19.58,
   allowance: 10, excess: 2.27}
- {key: tax, model: percentage, label: {en: Tax, es: Iva}, group: o, of: [edu], percent: 7.5}
- {key: aid, model: discount, label: {en: Aid, es: Ayuda}, group: other, of: [edu], amount: 5}
- {key: floor, model: bounds, label: {en: Floor, es: Base}, group: other, of: all, at_least: 200}
"""


def told(tariffs, rating, language: str = "en") -> list[str]:
    return [
        f"{label(line, tariffs.version(line.version_id), language)}: "
        f"{explain(line, tariffs.version(line.version_id), language)}"
        for line in rate(tariffs, rating)
    ]


def test_every_model_says_its_formula():
    tariffs = catalog(version(MODELS, policy="{cycle_months: 2, fixed_per: month}"))
    period = Period(date(2026, 7, 1), date(2026, 9, 1))
    assert told(tariffs, bill("12", period, attributes={"edu": "3"})) == [
        "Sewer: 3 EDU × 2 months × $30.50 = $183.00 · edu 3 · R 2026-01-01",
        "Minimum: 2 months × $19.58 = $39.16 · R 2026-01-01",
        "Minimum, above the allowance: 2 HCF × $2.27 = $4.54 · over 10 HCF · R 2026-01-01",
        "Tax: 7.5% of $183.00 = $13.73 · R 2026-01-01",
        "Aid: 2 months × -$5.00 = -$10.00 · R 2026-01-01",
        "Floor: $230.43 raised to the minimum of 2 months × $200.00: $169.57 · R 2026-01-01",
    ]


def test_days_and_spanish():
    short = bill("3", Period(date(2026, 7, 1), date(2026, 7, 11)))
    cycle = Period(date(2026, 7, 1), date(2026, 8, 1))
    rating = type(short)(**{f: getattr(short, f) for f in short.__slots__} | {"cycle": cycle})
    assert told(catalog(version(TIERS)), rating, "es") == [
        "Service: $30.00 × 10/31 días = $9.68 · size 3/4 · R 2026-01-01",
        "Agua, nivel 1: 3 HCF × $3.00 = $9.00 · nivel 1, 0–3.23 HCF · 10/31 días · R 2026-01-01",
    ]


def test_the_explanation_needs_nothing_but_the_stored_line():
    tariffs = catalog()
    for line in rate(tariffs, bill("12.5")):
        stored = RatedLine(*tuple(line))
        current = tariffs.version(line.version_id)
        assert explain(stored, current) == explain(line, current)


@pytest.mark.parametrize("text", ["3/4", "a=b;c", "50 %", "ñ ½ 水", ""])
def test_facts_survive_their_text(text):
    assert read_facts(facts_text({"a": text, "b": "x"})) == {"a": text, "b": "x"}


def test_a_line_can_be_worked_out_again_from_its_numbers():
    for line in rate(catalog(), bill("12.37")):
        dollars = (line.quantity or 1) * line.price * line.numerator / Decimal(line.denominator)
        assert round(dollars * 100) == line.amount_cents
