"""`curbstop tariff`: check a schedule's examples, price typed usage, compare two schedules."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from curbstop.cli.refusals import refuse
from curbstop.kernel.dates import Period, add_months
from curbstop.kernel.money import format_cents
from curbstop.rates.engine import (
    Catalog,
    CompiledTariff,
    CompiledVersion,
    DateRange,
    RatedLine,
    RatingError,
    RatingInput,
    TariffFileError,
    compile_tariff,
    explain,
    label,
    load_tariff,
    rate,
    total_cents,
)
from curbstop.rates.engine.examples import ExampleResult, run_examples

app = typer.Typer(help="Rate schedules as data.", no_args_is_help=True, rich_markup_mode=None)

FileArgument = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]
Quantity = Annotated[str, typer.Option("--quantity", "-q", help="Use, in the tariff's unit.")]
Facts = Annotated[
    list[str] | None, typer.Option("--fact", "-f", help="A fact: meter_size=3/4. Repeatable.")
]
Declared = Annotated[
    list[str] | None, typer.Option("--declared", "-d", help="A declaration in force. Repeatable.")
]
FromOn = Annotated[str | None, typer.Option("--from", help="First billed day, YYYY-MM-DD.")]
ToOn = Annotated[str | None, typer.Option("--to", help="The day after the last billed day.")]
Winter = Annotated[str | None, typer.Option("--winter-average", help="In the tariff's unit.")]
Inches = Annotated[str | None, typer.Option("--evapotranspiration", help="Inches in the period.")]
Language = Annotated[str, typer.Option("--language", help="en or es.")]


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, readable=True)],
    language: Language = "en",
) -> None:
    """Run the worked examples of tariff files; exit code 1 when one differs."""
    failed = total = 0
    for file in files:
        tariff = _load(file)
        name = tariff.versions[0].tariff.name.text(language)
        typer.echo(f"{file}: {tariff.code}, {name}, {len(tariff.versions)} version(s)")
        for result in run_examples(Catalog([tariff]), tariff.versions):
            total += 1
            failed += bool(result.differences)
            _print_example(result, language)
    typer.echo(f"{total - failed} of {total} examples agree")
    if failed:
        raise refuse(f"{failed} example(s) differ")


@app.command()
def price(
    file: FileArgument,
    quantity: Quantity = "0",
    fact: Facts = None,
    declared: Declared = None,
    from_on: FromOn = None,
    to_on: ToOn = None,
    winter_average: Winter = None,
    evapotranspiration: Inches = None,
    language: Language = "en",
) -> None:
    """Price typed usage and print each line's formula."""
    tariff = _load(file)
    facts, codes = _facts(fact), declared or []
    period = _period(tariff.versions[-1], from_on, to_on)
    extra = (_number(winter_average), _number(evapotranspiration))
    bill = _bill(tariff, period, _decimal(quantity), facts, codes, extra)
    catalog = Catalog([tariff])
    lines = _rate(catalog, bill)
    _print_lines(catalog, lines, language)
    typer.echo(f"total {format_cents(total_cents(lines))}")


@app.command()
def compare(
    old: FileArgument,
    new: FileArgument,
    quantities: Annotated[
        str, typer.Option("--quantities", "-q", help="Uses to compare, separated by commas.")
    ] = "0,5,10,15,20,30,50",
    fact: Facts = None,
    declared: Declared = None,
    winter_average: Winter = None,
    evapotranspiration: Inches = None,
) -> None:
    """Price the same usages under the last versions of two files, and show the difference."""
    tariffs = _load(old), _load(new)
    facts, codes = _facts(fact), declared or []
    extra = (_number(winter_average), _number(evapotranspiration))
    typer.echo(f"{'use':>10} {'old':>12} {'new':>12} {'change':>12}")
    for text in quantities.split(","):
        totals = []
        for tariff in tariffs:
            period = _period(tariff.versions[-1], None, None)
            bill = _bill(tariff, period, _decimal(text), facts, codes, extra)
            totals.append(total_cents(_rate(Catalog([tariff]), bill)))
        before, after = totals
        figures = (format_cents(cents) for cents in (before, after, after - before))
        typer.echo(" ".join([f"{text.strip():>10}", *(f"{figure:>12}" for figure in figures)]))


def _load(file: Path) -> CompiledTariff:
    try:
        return compile_tariff(load_tariff(file.read_text(encoding="utf-8")))
    except TariffFileError as problem:
        for error in problem.errors:
            typer.secho(f"{file}: {error}", err=True)
        raise refuse(f"{file} is not a tariff ({len(problem.errors)} error(s))") from None
    except UnicodeDecodeError as problem:
        raise refuse(f"{file} is not UTF-8 text: {problem.reason}") from None


def _rate(catalog: Catalog, bill: RatingInput) -> list[RatedLine]:
    try:
        return rate(catalog, bill)
    except RatingError as problem:
        raise refuse(problem.detail) from None


def _bill(
    tariff: CompiledTariff,
    period: Period,
    quantity: Decimal,
    facts: dict[str, str],
    declared: Sequence[str],
    extra: tuple[Decimal | None, Decimal | None],
) -> RatingInput:
    return RatingInput(
        rate_code=tariff.code,
        period=period,
        quantity=quantity,
        attributes=facts,
        declarations={code: [DateRange(period.start, None)] for code in declared},
        winter_average=extra[0],
        evapotranspiration=extra[1],
    )


def _print_example(result: ExampleResult, language: str) -> None:
    mark = "differs" if result.differences else "ok"
    total = format_cents(total_cents(list(result.lines)))
    typer.echo(f"  {mark:>7}  {result.example.name}: {total}")
    for line in result.lines:
        _print_line(line, result.version, language)
    for difference in result.differences:
        typer.secho(f"           {difference}", fg="red")


def _print_lines(catalog: Catalog, lines: Sequence[RatedLine], language: str) -> None:
    for line in lines:
        _print_line(line, catalog.version(line.version_id), language)


def _print_line(line: RatedLine, version: CompiledVersion, language: str) -> None:
    typer.echo(f"           {label(line, version, language)}: {explain(line, version, language)}")


def _period(version: CompiledVersion, from_on: str | None, to_on: str | None) -> Period:
    start = _date(from_on) if from_on else version.effective_on
    months = version.definition.policy.cycle_months
    end = _date(to_on) if to_on else add_months(start, months)
    if end < start:
        raise refuse(f"the period ends {end} before it starts {start}")
    return Period(start, end)


def _facts(texts: Sequence[str] | None) -> dict[str, str]:
    facts: dict[str, str] = {}
    for text in texts or ():
        name, equals, value = text.partition("=")
        if not equals:
            raise refuse(f"'{text}' is not a fact; write name=value")
        facts[name.strip()] = value.strip()
    return facts


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise refuse(f"'{text}' is not a date; write YYYY-MM-DD") from None


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        raise refuse(f"'{text}' is not a number") from None


def _number(text: str | None) -> Decimal | None:
    return None if text is None else _decimal(text)
