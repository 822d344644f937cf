"""A draft as it is typed: what is wrong and where, how it reads, and what its examples come to."""

from uuid import UUID

import asyncpg

from curbstop.kernel.errors import BadInput
from curbstop.platform.db import Sql
from curbstop.rates.declarations.queries import declarations_within
from curbstop.rates.engine import Catalog, RatingError, compile_tariff, total_cents
from curbstop.rates.engine.definition import Tariff, TariffBody, Version
from curbstop.rates.engine.examples import ExampleResult, run_examples
from curbstop.rates.engine.source import FileError, TariffFileError, read_version
from curbstop.rates.tariffs import bench
from curbstop.rates.tariffs.body import body_of, pointer_of, version_from_client
from curbstop.rates.tariffs.codes import unknown_codes
from curbstop.rates.tariffs.queries import alone, approved_before
from curbstop.rates.tariffs.schemas import (
    DraftCheck,
    DraftChecked,
    ExampleOut,
    MistakeOut,
    PricedOut,
    UsageRequest,
)
from curbstop.rates.tariffs.sections import sections_of
from curbstop.rates.tariffs.wording import policy_lines
from curbstop.rates.tariffs.yaml_text import yaml_of


async def check_draft(sql: Sql, row: asyncpg.Record, request: DraftCheck) -> DraftChecked:
    """What the typed draft is; mistakes are part of the answer. `row` as of `find_version`."""
    try:
        version, lines = _read(request)
    except TariffFileError as problem:
        return _mistaken(problem.errors)
    except BadInput as problem:
        return DraftChecked.of_mistakes(
            [MistakeOut(pointer=e.pointer, line=None, reason=e.detail) for e in problem.errors]
        )
    body = body_of(version)
    if unknown := await unknown_codes(sql, body, lines):
        return _mistaken(unknown)
    tariff = TariffBody.model_validate(row["tariff_body"])
    results = await example_results(sql, row["tariff_id"], tariff, version)
    priced, refused = await _priced(sql, tariff, version, row["id"], request.usage)
    return DraftChecked(
        mistakes=[],
        body=body,
        yaml=yaml_of(version),
        sections=sections_of(version),
        policy=policy_lines(version.policy),
        examples=[example_out(result) for result in results],
        priced=priced,
        refused=refused,
    )


def _read(request: DraftCheck) -> tuple[Version, dict[tuple[str | int, ...], int]]:
    if request.yaml is not None:
        return read_version(request.yaml)
    return version_from_client(request.body or {}), {}


def _mistaken(errors: list[FileError]) -> DraftChecked:
    return DraftChecked.of_mistakes(
        [
            MistakeOut(pointer=pointer_of(error), line=error.line, reason=error.reason)
            for error in errors[:50]
        ]
    )


async def example_results(
    sql: Sql, tariff_id: UUID, tariff: TariffBody, version: Version
) -> list[ExampleResult]:
    """The version's examples, with the approved versions before it for changes within a period."""
    earlier = await approved_before(sql, tariff_id, version.effective_on)
    whole = tariff.model_dump() | {"versions": [*earlier, version]}
    compiled = compile_tariff(Tariff.model_validate(whole))
    return run_examples(Catalog([compiled]), compiled.versions[-1:])


def example_out(result: ExampleResult) -> ExampleOut:
    """An example with its formula, as the office checks it by hand."""
    return ExampleOut(
        name=result.example.name,
        total_cents=total_cents(list(result.lines)),
        differences=list(result.differences),
        lines=[bench.line_out(line, result.version) for line in result.lines],
    )


async def _priced(
    sql: Sql, tariff: TariffBody, version: Version, version_id: UUID, usage: UsageRequest | None
) -> tuple[PricedOut | None, str | None]:
    if usage is None:
        return None, None
    try:
        period = bench.billed_period(usage)
        declared = await declarations_within(sql, period)
        bill = bench.rating_input(tariff.code, usage, declared)
        return bench.priced(alone(tariff, version, version_id, period), bill, version_id), None
    except RatingError as refusal:
        return None, refusal.detail
    except BadInput as refusal:
        return None, refusal.detail
