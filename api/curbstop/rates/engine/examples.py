"""Run the worked examples of a tariff: a schedule's own test."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from curbstop.kernel.dates import Period
from curbstop.kernel.money import round_to_cents
from curbstop.rates.engine.catalog import Catalog
from curbstop.rates.engine.compile import CompiledVersion
from curbstop.rates.engine.definition.tariff import DatedText, Example
from curbstop.rates.engine.errors import RatingError
from curbstop.rates.engine.inputs import Dated, DateRange, RatingInput
from curbstop.rates.engine.lines import RatedLine
from curbstop.rates.engine.rate import rate, total_cents


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What an example came to. `differences` is empty when it is as the schedule says."""

    version: CompiledVersion
    example: Example
    lines: Sequence[RatedLine]
    differences: Sequence[str]


def example_input(version: CompiledVersion, example: Example) -> RatingInput:
    """The rating input that an example describes."""
    period = version.definition.example_period(example)
    cycle = example.cycle
    declarations = example.declarations
    if isinstance(declarations, dict):
        ranges = {code: [DateRange(d.from_on, d.to_on)] for code, d in declarations.items()}
    else:
        ranges = {code: [DateRange(period.start, None)] for code in declarations}
    constant = {name: v for name, v in example.attributes.items() if isinstance(v, str)}
    dated = {
        name: [_dated(value) for value in values]
        for name, values in example.attributes.items()
        if not isinstance(values, str)
    }
    return RatingInput(
        rate_code=version.tariff.code,
        period=period,
        cycle=Period(cycle.from_on, cycle.to_on) if cycle and cycle.to_on else None,
        quantity=example.quantity,
        attributes=constant,
        dated=dated,
        declarations=ranges,
        winter_average=example.winter_average,
        evapotranspiration=example.evapotranspiration,
        events=example.events,
    )


def run_example(catalog: Catalog, version: CompiledVersion, example: Example) -> ExampleResult:
    """Price one example and compare it with its total and, when given, its lines."""
    try:
        lines = rate(catalog, example_input(version, example))
    except RatingError as refusal:
        return ExampleResult(version, example, [], [refusal.detail])
    differences: list[str] = []
    expected = round_to_cents(example.total)
    if total_cents(lines) != expected:
        differences.append(
            f"total is {_dollars(total_cents(lines))}, expected {_dollars(expected)}"
        )
    for key, dollars in (example.lines or {}).items():
        cents = sum(line.amount_cents for line in lines if line.component == key)
        if cents != round_to_cents(dollars):
            differences.append(f"{key} is {_dollars(cents)}, expected {dollars}")
    return ExampleResult(version, example, lines, differences)


def run_examples(catalog: Catalog, versions: Sequence[CompiledVersion]) -> list[ExampleResult]:
    """Every example of the versions, in order."""
    return [
        run_example(catalog, version, example)
        for version in versions
        for example in version.definition.examples
    ]


def _dated(value: DatedText) -> Dated:
    return Dated(value.from_on, value.to_on, value.value)


def _dollars(cents: int) -> str:
    return f"{Decimal(cents).scaleb(-2):.2f}"
