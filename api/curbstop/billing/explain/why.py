"""Why this bill: every line with its formula, reads, days, tariff version and resolution."""

from decimal import Decimal
from uuid import UUID

from curbstop.billing.bills.problems import NothingToCompareWith
from curbstop.billing.bills.queries import StoredSegment, find_bill, segments_of
from curbstop.billing.bills.rating import Share
from curbstop.billing.bills.schemas import (
    BillComparison,
    BillLineOut,
    BillOut,
    BillRow,
    BillSegmentOut,
    PolicyCited,
    ReadOut,
)
from curbstop.billing.explain.comparison import Difference, PricedSegment, compare
from curbstop.billing.explain.words import plain, sentences
from curbstop.billing.runs.review import Against
from curbstop.kernel.dates import Period
from curbstop.platform.db import Sql
from curbstop.policies import queries as policies
from curbstop.policies.registry import policy
from curbstop.rates.engine import CompiledVersion, RatedLine, explain, label
from curbstop.rates.tariffs.queries import approved_versions, catalog

CITED = ("billing.due_days", "billing.gallons_per_hcf")


async def explained_bill(sql: Sql, bill_id: UUID, language: str = "en") -> BillOut:
    """The bill with everything that explains it. Raises BillNotFound."""
    bill = await find_bill(sql, bill_id)
    segments = (await segments_of(sql, [bill_id]))[bill_id]
    ids = {UUID(line.rated.version_id) for segment in segments for line in segment.lines}
    versions = await approved_versions(sql, ids)
    row = await sql.fetchrow(
        "SELECT r.name AS run_name, r.posted_at, s.previous_cents, s.payments_cents,"
        " s.adjustments_cents, s.total_due_cents FROM bills b JOIN bill_runs r ON r.id = b.run_id"
        " LEFT JOIN statements s ON s.bill_id = b.id WHERE b.id = $1",
        bill_id,
    )
    assert row is not None
    return BillOut(
        **bill.model_dump(),
        **dict(row),
        segments=[_segment(segment, versions, language) for segment in segments],
        policies=await _cited(sql, bill),
    )


def _segment(
    segment: StoredSegment, versions: dict[str, CompiledVersion], language: str
) -> BillSegmentOut:
    row = segment.row
    return BillSegmentOut(
        agreement_id=row["agreement_id"],
        service=row["service"],
        rate_code=row["rate_code"],
        period_from=row["period_from"],
        period_to=row["period_to"],
        days=segment.bill.period.days,
        cycle_days=segment.bill.cycle.days if segment.bill.cycle else None,
        quantity=row["quantity"],
        unit=row["unit"],
        estimated=row["estimated"],
        share=_share_text(segment.share),
        facts=row["facts"],
        reads=[_read(read) for read in row["reads"]],
        lines=[
            _line(stored.line, stored.rated, versions[stored.rated.version_id], language)
            for stored in segment.lines
        ],
    )


def _share_text(share: Share | None) -> str | None:
    if share is None:
        return None
    mine, all_of_it = Decimal(share.weights[share.place]), Decimal(sum(share.weights))
    return f"{plain(mine / 100)} of {plain(all_of_it / 100)}"


def _read(read: dict[str, object]) -> ReadOut:
    values = dict(read)
    values["from_value"], values["to_value"] = values.pop("from"), values.pop("to")
    values["register_number"] = values.pop("register")
    return ReadOut.model_validate(values)


def _line(number: int, rated: RatedLine, version: CompiledVersion, language: str) -> BillLineOut:
    return BillLineOut(
        line=number,
        label=label(rated, version, language),
        explanation=explain(rated, version, language),
        component=rated.component,
        model=rated.model,
        charge_group=rated.group,
        from_on=rated.from_on,
        to_on=rated.to_on,
        tier=rated.tier,
        quantity=rated.quantity,
        unit=rated.unit,
        price=rated.price,
        days_numerator=rated.numerator,
        days_denominator=rated.denominator,
        amount_cents=rated.amount_cents,
        tariff_version_id=UUID(rated.version_id),
        tariff_code=version.tariff.code,
        resolution=version.definition.resolution,
        tariff_source=version.definition.source or version.tariff.source,
        effective_on=version.definition.effective_on,
    )


async def _cited(sql: Sql, bill: BillRow) -> list[PolicyCited]:
    applied = await policies.values(sql, bill.bill_on)
    return [
        PolicyCited(
            key=key,
            title=policy(key).title,
            value=str(applied.value(key)),
            citation=applied.applied(key).citation,
        )
        for key in CITED
    ]


_OTHER = """
SELECT o.id FROM bills b JOIN bills o ON o.account_id = b.account_id AND o.id <> b.id
  AND o.reversed_at IS NULL
JOIN run_chunks c ON c.run_id = o.run_id AND c.number = o.chunk AND c.state = 'posted'
WHERE b.id = $1 AND CASE $2
  WHEN 'previous' THEN o.period_to <= b.period_from
  ELSE o.period_to BETWEEN (b.period_to - interval '1 year' - interval '20 days')::date
    AND (b.period_to - interval '1 year' + interval '20 days')::date END
ORDER BY CASE $2 WHEN 'previous' THEN b.period_to - o.period_to
  ELSE abs(b.period_to - o.period_to - 365) END, o.id LIMIT 1
"""


async def compared_bill(
    sql: Sql, bill_id: UUID, against: Against, language: str = "en"
) -> BillComparison:
    """Why the bill differs from the last one or last year's. Raises BillNotFound,
    NothingToCompareWith.
    """
    bill = await find_bill(sql, bill_id)
    other_id = await sql.fetchval(_OTHER, bill_id, against.value)
    if other_id is None:
        raise NothingToCompareWith(against.value.replace("_", " "))
    other = await find_bill(sql, other_id)
    found = await segments_of(sql, [bill_id, other_id])
    codes = {s.bill.rate_code for segments in found.values() for s in segments}
    start = min(s.bill.period.start for segments in found.values() for s in segments)
    end = max(bill.period_to, other.period_to)
    rates = await catalog(sql, codes, Period(start, end.replace(year=end.year + 1, day=1)))
    parts = compare(rates, _priced(found[other_id]), _priced(found[bill_id]))
    return _comparison(bill, other, found, parts, language)


def _priced(segments: list[StoredSegment]) -> list[PricedSegment]:
    return [
        PricedSegment(s.row["agreement_id"], s.row["service"], s.bill, s.share, s.cents)
        for s in segments
    ]


def _comparison(
    bill: BillRow,
    other: BillRow,
    found: dict[UUID, list[StoredSegment]],
    parts: Difference,
    language: str,
) -> BillComparison:
    days, other_days = (Period(b.period_from, b.period_to).days for b in (bill, other))
    used, other_used = (
        sum((s.bill.quantity for s in found[b.id] if s.row["service"] != "sewer"), Decimal(0))
        for b in (bill, other)
    )
    return BillComparison(
        bill_id=bill.id,
        other_bill_id=other.id,
        other_number=other.number,
        difference_cents=bill.current_cents - other.current_cents,
        days_cents=parts.days,
        use_cents=parts.use,
        price_cents=parts.price,
        other_cents=parts.other,
        days=days,
        other_days=other_days,
        quantity=used,
        other_quantity=other_used,
        explanation=sentences(parts, (other_days, days), (other_used, used), language),
    )
