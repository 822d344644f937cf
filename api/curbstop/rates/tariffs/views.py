"""A version as the API shows it, and usage priced under it."""

from datetime import date
from uuid import UUID

import asyncpg

from curbstop.platform.db import Sql
from curbstop.rates.declarations.queries import declarations_within
from curbstop.rates.engine import Catalog, CompiledTariff, rate, total_cents
from curbstop.rates.engine.definition import TariffBody, Version
from curbstop.rates.tariffs import bench
from curbstop.rates.tariffs.body import stored_version
from curbstop.rates.tariffs.changes import changes_between
from curbstop.rates.tariffs.checking import check_draft
from curbstop.rates.tariffs.problems import VersionNotFound
from curbstop.rates.tariffs.queries import alone, find_version
from curbstop.rates.tariffs.schemas import (
    ChangesOut,
    ComparedOut,
    ComparisonOut,
    ComparisonRequest,
    DraftCheck,
    DraftChecked,
    PricedOut,
    UsageRequest,
    VersionOut,
    VersionRow,
)
from curbstop.rates.tariffs.sections import sections_of
from curbstop.rates.tariffs.wording import policy_lines
from curbstop.rates.tariffs.yaml_text import yaml_of


async def version_out(sql: Sql, version_id: UUID, today: date) -> VersionOut:
    """A version whole. Raises VersionNotFound."""
    row = await _row(sql, version_id, today)
    version = _version(row)
    fields = {name: row[name] for name in VersionOut.model_fields if name in row}
    return VersionOut(
        **fields,
        sections=sections_of(version),
        policy=policy_lines(version.policy),
        yaml=yaml_of(version),
    )


async def check(sql: Sql, version_id: UUID, request: DraftCheck, today: date) -> DraftChecked:
    """A draft as it is typed, against its tariff. Raises VersionNotFound."""
    return await check_draft(sql, await _row(sql, version_id, today), request)


async def changes(sql: Sql, version_id: UUID, other_id: UUID, today: date) -> ChangesOut:
    """From the other version to this one, number by number. Raises VersionNotFound."""
    after, before = await _row(sql, version_id, today), await _row(sql, other_id, today)
    return ChangesOut(
        before=_as_listed(before),
        after=_as_listed(after),
        items=changes_between(_version(before), _version(after)),
    )


def _as_listed(row: asyncpg.Record) -> VersionRow:
    return VersionRow(**{name: row[name] for name in VersionRow.model_fields})


async def price(sql: Sql, version_id: UUID, request: UsageRequest, today: date) -> PricedOut:
    """Typed usage under one version. Raises VersionNotFound, BadInput, RatingError."""
    tariff = await _alone(sql, version_id, request, today)
    declared = await declarations_within(sql, bench.billed_period(request))
    return bench.priced(tariff, bench.rating_input(tariff.code, request, declared), version_id)


async def compare(
    sql: Sql, version_id: UUID, request: ComparisonRequest, today: date
) -> ComparisonOut:
    """The same usages under two versions. Raises VersionNotFound, BadInput, RatingError."""
    declared = await declarations_within(sql, bench.billed_period(request))
    totals: list[list[int]] = []
    for one in (version_id, request.other_id):
        tariff = await _alone(sql, one, request, today)
        catalog = Catalog([tariff])
        bills = [
            bench.rating_input(tariff.code, request, declared, quantity)
            for quantity in request.quantities
        ]
        totals.append([total_cents(rate(catalog, bill)) for bill in bills])
    items = [
        ComparedOut(
            quantity=quantity, this_cents=this, other_cents=other, change_cents=this - other
        )
        for quantity, this, other in zip(request.quantities, *totals, strict=True)
    ]
    return ComparisonOut(version_id=version_id, other_id=request.other_id, items=items)


async def _alone(sql: Sql, version_id: UUID, request: UsageRequest, today: date) -> CompiledTariff:
    row = await _row(sql, version_id, today)
    tariff = TariffBody.model_validate(row["tariff_body"])
    return alone(tariff, _version(row), version_id, bench.billed_period(request))


async def _row(sql: Sql, version_id: UUID, today: date) -> asyncpg.Record:
    row = await find_version(sql, version_id, today)
    if row is None:
        raise VersionNotFound(str(version_id))
    return row


def _version(row: asyncpg.Record) -> Version:
    return stored_version(row["id"], row["sha256"], row["body"])
