"""The label catalogues, their formats, and the chart's arithmetic."""

import re
import string
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from curbstop.documents.rendering.words import languages, words
from curbstop.documents.statements import History, UsagePeriod
from curbstop.documents.statements.chart import chart_svg, comparison
from tests.documents.statement_samples import history

ENGLISH = words("en")


def placeholders(label: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(label) if name}


def test_every_language_has_every_label_with_the_same_placeholders() -> None:
    assert {"en", "es"} <= set(languages())
    for language in languages():
        other = words(language)
        assert set(other.labels) == set(ENGLISH.labels)
        assert len(other.months) == 12
        for key, label in ENGLISH.labels.items():
            assert placeholders(other[key]) == placeholders(label), (language, key)


def test_formats() -> None:
    assert ENGLISH.quantity(Decimal("1234.500")) == "1,234.5"
    assert ENGLISH.quantity(Decimal("1E+3")) == "1,000"
    assert ENGLISH.quantity(Decimal(0)) == "0"
    assert ENGLISH.price(Decimal("4.0725")) == "$4.0725"
    assert ENGLISH.price(Decimal(3)) == "$3.00"
    assert ENGLISH.price(Decimal("-0.5")) == "-$0.50"
    assert ENGLISH.date(date(2026, 3, 1)) == "Mar 1, 2026"
    assert words("es").date(date(2026, 3, 1)) == "1 mar 2026"
    assert ENGLISH.service("storm_drain") == "Storm drain"


@pytest.mark.parametrize(
    ("usage", "year_ago", "says"),
    [
        ("14", "11", "3 HCF (27 %) more"),
        ("11", "14", "3 HCF (21 %) less"),
        ("11", "11.0", "the same as"),
        ("11", None, "You used 11 HCF in this period."),
        ("11", "0", "last year you used none"),
        ("0", "11", "11 HCF (100 %) less"),
    ],
)
def test_comparison_with_last_year(usage: str, year_ago: str | None, says: str) -> None:
    before = None if year_ago is None else Decimal(year_ago)
    period = UsagePeriod(date(2026, 11, 16), 30, Decimal(usage), before)
    sentence = comparison(History("HCF", (period,), Decimal(748)), ENGLISH)
    assert says in sentence
    gallons = round(Decimal(usage) * 748 / 30)
    assert f"about {gallons} gallons a day" in sentence


def bar_tops(svg: str, colour: str) -> list[Decimal]:
    """The upper ends of a colour's bars, oldest first; one path holds them all."""
    paths = re.findall(rf'<path d="([^"]*)" fill="{colour}"/>', svg)
    return [Decimal(top) for path in paths for top in re.findall(r"V([0-9.]+)h", path)]


def test_the_chart_draws_bars_in_proportion() -> None:
    svg = chart_svg(history(), ENGLISH, "#123456")
    tops = bar_tops(svg, "#123456")
    assert len(tops) == 13
    base, uses = Decimal(87), [period.usage for period in history().periods]
    units = [(base - top) / use for top, use in zip(tops, uses, strict=True)]
    assert max(units) - min(units) < Decimal("0.01")


@pytest.mark.parametrize("usage", ["0", "0.4", "3", "999999"])
def test_the_scale_always_holds_the_largest_bar(usage: str) -> None:
    period = UsagePeriod(date(2026, 11, 16), 30, Decimal(usage))
    svg = chart_svg(History("HCF", (period,)), ENGLISH, "#123456")
    lines = [Decimal(y) for y in re.findall(r"M26 ([0-9.]+)H258", svg)]
    tops = bar_tops(svg, "#123456")
    assert (len(lines), min(lines)) == (5, 6)
    assert len(tops) == (usage != "0")
    assert all(top >= 6 for top in tops)


def test_negative_use_draws_no_bar() -> None:
    periods = (*history().periods[:-1], replace(history().periods[-1], usage=Decimal(-2)))
    assert len(bar_tops(chart_svg(History("HCF", periods), ENGLISH, "#123456"), "#123456")) == 12
