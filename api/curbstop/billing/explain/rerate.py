"""Past bills under other rates: one bill at once, a whole period as a job.

Bills keep what they were rated from, so the past is priced with its own reads, days and facts, and
only the rates differ. Nothing is written.
"""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

import asyncpg

from curbstop.billing.bills.queries import StoredSegment, find_bill, segments_of
from curbstop.billing.bills.rating import rate_shared
from curbstop.billing.explain.schemas import RepricedBill, RerateOut, RerateResult
from curbstop.billing.explain.tally import RatedBill, Tally
from curbstop.billing.terms import gallons_per_hcf
from curbstop.kernel.dates import Period
from curbstop.kernel.errors import BadInput, FieldError, NotFound
from curbstop.kernel.units import Unit, conversion
from curbstop.platform.db import Sql
from curbstop.platform.queue import JobContext
from curbstop.rates.declarations.queries import declarations_within
from curbstop.rates.engine import Catalog, CompiledTariff, RatingError, explain, label
from curbstop.rates.engine.definition import TariffBody
from curbstop.rates.engine.distribution import Change
from curbstop.rates.tariffs.body import stored_version
from curbstop.rates.tariffs.problems import VersionNotFound
from curbstop.rates.tariffs.queries import alone

BILLS_AT_ONCE = 2_500
_MILLI = Decimal("0.001")

_VERSION = """
SELECT v.id, v.sha256, v.body, t.body AS tariff_body FROM tariff_versions v
JOIN tariffs t ON t.id = v.tariff_id WHERE v.id = ANY($1) ORDER BY v.id
"""

# Posted bills whose period ends in the span, by id.
_BILLS = """
SELECT b.id, b.current_cents, b.account_class, b.account_id, a.number AS account_number FROM bills b
JOIN accounts a ON a.id = b.account_id
JOIN run_chunks c ON c.run_id = b.run_id AND c.number = b.chunk AND c.state = 'posted'
WHERE b.period_to > $1 AND b.period_to <= $2 AND b.reversed_at IS NULL AND b.id > $3
  AND EXISTS (SELECT 1 FROM bill_segments s WHERE s.bill_id = b.id AND s.rate_code = ANY($4))
ORDER BY b.id LIMIT $5
"""
_COUNT = """
SELECT count(*) FROM bills b
JOIN run_chunks c ON c.run_id = b.run_id AND c.number = b.chunk AND c.state = 'posted'
WHERE b.period_to > $1 AND b.period_to <= $2 AND b.reversed_at IS NULL
  AND EXISTS (SELECT 1 FROM bill_segments s WHERE s.bill_id = b.id AND s.rate_code = ANY($3))
"""


class RerateNotFound(NotFound):
    title = "No such re-rating"


async def catalog_of(sql: Sql, version_ids: Iterable[UUID], period: Period) -> Catalog:
    """Each version alone in force through the period, drafts included.

    Raises VersionNotFound, BadInput when two are of one tariff.
    """
    wanted = list(dict.fromkeys(version_ids))
    rows = await sql.fetch(_VERSION, wanted)
    if missing := set(wanted) - {row["id"] for row in rows}:
        raise VersionNotFound(", ".join(str(version) for version in sorted(missing)))
    tariffs = [_alone(row, period) for row in rows]
    if len({tariff.code for tariff in tariffs}) < len(tariffs):
        why = "two of these versions are of one tariff"
        raise BadInput(why, FieldError("/version_ids", why))
    return Catalog(tariffs, await declarations_within(sql, period))


def _alone(row: asyncpg.Record, period: Period) -> CompiledTariff:
    version = stored_version(row["id"], row["sha256"], row["body"])
    return alone(TariffBody.model_validate(row["tariff_body"]), version, row["id"], period)


_ASKED = """
SELECT id AS job_id, state, args, created_at AS asked_at, result FROM jobs
WHERE id = $1 AND kind = 'billing.rerate'
"""


async def find_rerate(sql: Sql, job_id: UUID) -> RerateOut:
    """A re-rating with what was asked. Raises RerateNotFound."""
    row = await sql.fetchrow(_ASKED, job_id)
    if row is None:
        raise RerateNotFound(str(job_id))
    found = {name: row[name] for name in ("job_id", "state", "asked_at", "result")}
    return RerateOut.model_validate(row["args"] | found)


async def reprice_bill(
    sql: Sql, bill_id: UUID, version_id: UUID, language: str = "en"
) -> RepricedBill:
    """An account's period under any version of a tariff that the bill was rated by.

    Raises BillNotFound, VersionNotFound, RatingError, BadInput (another tariff's version).
    """
    bill = await find_bill(sql, bill_id)
    segments = (await segments_of(sql, [bill_id]))[bill_id]
    catalog = await catalog_of(sql, [version_id], Period(bill.period_from, bill.period_to))
    [code] = catalog.tariffs
    concerned = [segment for segment in segments if segment.bill.rate_code == code]
    if not concerned:
        why = f"the bill has no service with the rate code {code}"
        raise BadInput(why, FieldError("/version_id", why))
    version = catalog.tariffs[code].versions[0]
    lines = [line for s in concerned for line in rate_shared(catalog, s.bill, s.share)]
    return RepricedBill(
        bill_id=bill_id,
        version_id=version_id,
        before_cents=sum(segment.cents for segment in concerned),
        after_cents=sum(line.amount_cents for line in lines),
        labels=[label(line, version, language) for line in lines],
        explanations=[explain(line, version, language) for line in lines],
        amounts_cents=[line.amount_cents for line in lines],
    )


async def rerate_period(
    context: JobContext, version_ids: Sequence[UUID], from_on: date, to_on: date
) -> RerateResult:
    """Every posted bill whose period ends in `(from_on, to_on]` under the versions.

    Returns the distribution of bill changes, whole, by class and by use, who pays most more, and
    the bills that could not be priced with the reasons of the first of them. Raises
    VersionNotFound, BadInput.
    """
    async with context.read() as reader:
        earliest = await reader.sql.fetchval(
            "SELECT min(period_from) FROM bills WHERE period_to > $1 AND period_to <= $2",
            *(from_on, to_on),
        )
        catalog = await catalog_of(reader.sql, version_ids, Period(earliest or from_on, to_on))
        codes = list(catalog.tariffs)
        total = await reader.sql.fetchval(_COUNT, from_on, to_on, codes)
        gallons = await gallons_per_hcf(reader.sql, to_on)
    tally, last = Tally(), UUID(int=0)
    while True:
        async with context.read() as reader:
            rows = await reader.sql.fetch(_BILLS, from_on, to_on, last, codes, BILLS_AT_ONCE)
            segments = await segments_of(reader.sql, [row["id"] for row in rows])
        if not rows:
            break
        last = rows[-1]["id"]
        await asyncio.to_thread(_rerate, catalog, rows, segments, gallons, tally)
        await context.progress(len(tally.changes) + tally.refused, total, "bills")
    return tally.result()


def _rerate(
    catalog: Catalog,
    rows: Sequence[asyncpg.Record],
    segments: dict[UUID, list[StoredSegment]],
    gallons: Decimal,
    tally: Tally,
) -> None:
    for row in rows:
        after = row["current_cents"]
        concerned = [s for s in segments[row["id"]] if s.bill.rate_code in catalog.tariffs]
        try:
            for segment in concerned:
                lines = rate_shared(catalog, segment.bill, segment.share)
                after += sum(line.amount_cents for line in lines) - segment.cents
        except RatingError as refused:
            tally.refuse(row["id"], refused.detail)
        else:
            tally.add(
                RatedBill(
                    *(row["id"], row["account_id"], row["account_number"], row["account_class"]),
                    _metered(concerned, gallons),
                    Change(row["current_cents"], after),
                )
            )


def _metered(segments: Sequence[StoredSegment], gallons: Decimal) -> Decimal | None:
    """The water that the segments measured, in HCF; None when none of them has a quantity."""
    total = None
    for segment in segments:
        row = segment.row
        if row["quantity"] is not None and row["service"] != "sewer":
            factor = conversion(Unit(row["unit"]), Unit.HCF, gallons)
            total = (total or Decimal(0)) + row["quantity"] * factor.numerator / factor.denominator
    return total if total is None else total.quantize(_MILLI)
