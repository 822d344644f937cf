"""Reading bills with their segments and lines."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

import asyncpg

from curbstop.billing.bills.problems import BillNotFound
from curbstop.billing.bills.rating import Share, input_from, share_from
from curbstop.billing.bills.schemas import BillRow
from curbstop.kernel.dates import Period
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec
from curbstop.rates.engine.inputs import RatingInput
from curbstop.rates.engine.lines import RatedLine

_STATE = (
    "CASE WHEN b.reversed_at IS NOT NULL THEN 'reversed'"
    " WHEN c.state = 'posted' THEN 'posted' ELSE 'draft' END"
)
_OWN = {
    name: f"b.{name}"
    for name in BillRow.model_fields
    if name not in ("state", "account_number", "customer_name")
}

BILLS = ListSpec(
    row=BillRow,
    source=(
        "bills b JOIN account_summaries a ON a.account_id = b.account_id"
        " JOIN run_chunks c ON c.run_id = b.run_id AND c.number = b.chunk"
    ),
    columns={
        **_OWN,
        "state": _STATE,
        "account_number": "a.number",
        "customer_name": "a.customer_name",
    },
    sort="-bill_on,account_number",
    tiebreak="b.id",
    filters={
        "account_id": "b.account_id = {}",
        "run_id": "b.run_id = {}",
        "kind": "b.kind = {}",
        "state": f"{_STATE} = {{}}",
        "account_class": "b.account_class = {}",
        "zero": "(b.current_cents = 0) = {}",
        "credit": "(b.current_cents < 0) = {}",
        "estimated": "b.estimated = {}",
    },
    search="a.search ILIKE {} OR b.number ILIKE {}",
)


class StoredLine(NamedTuple):
    """A line as it was rated, where it stands and whose it is."""

    line: int
    agreement_id: UUID
    rated: RatedLine


class StoredSegment(NamedTuple):
    """A segment as it was stored, and the rating input that it keeps."""

    row: asyncpg.Record
    bill: RatingInput
    share: Share | None
    lines: list[StoredLine]

    @property
    def cents(self) -> int:
        """What its lines come to."""
        return sum(line.rated.amount_cents for line in self.lines)


_LINES = """
SELECT bill_id, line, agreement_id, version_id::text AS version_id, component, model,
       charge_group, gl, from_on, to_on, tier, quantity, unit, price, numerator, denominator,
       tier_from, tier_to, facts, amount_cents
FROM bill_lines WHERE bill_id = ANY($1) ORDER BY bill_id, line
"""


async def find_bill(sql: Sql, bill_id: UUID) -> BillRow:
    """One bill's head. Raises BillNotFound."""
    columns = ", ".join(f"{expression} AS {name}" for name, expression in BILLS.columns.items())
    row = await sql.fetchrow(
        f"SELECT {columns} FROM {BILLS.source} WHERE b.id = $1",  # noqa: S608
        bill_id,
    )
    if row is None:
        raise BillNotFound(str(bill_id))
    return BillRow.model_validate(dict(row))


async def segments_of(sql: Sql, bill_ids: Sequence[UUID]) -> dict[UUID, list[StoredSegment]]:
    """The segments of bills with their lines, in the order of the lines. Two queries."""
    lines: dict[tuple[UUID, UUID], list[StoredLine]] = {}
    for bill_id, line, agreement_id, *rated in await sql.fetch(_LINES, list(bill_ids)):
        stored = StoredLine(line, agreement_id, RatedLine._make(rated))
        lines.setdefault((bill_id, agreement_id), []).append(stored)
    found: dict[UUID, list[StoredSegment]] = {bill_id: [] for bill_id in bill_ids}
    for row in await sql.fetch(
        "SELECT * FROM bill_segments WHERE bill_id = ANY($1) ORDER BY bill_id, agreement_id",
        list(bill_ids),
    ):
        own = lines.get((row["bill_id"], row["agreement_id"]), [])
        found[row["bill_id"]].append(_segment(row, own))
    for segments in found.values():
        segments.sort(key=lambda s: s.lines[0].line if s.lines else 0)
    return found


def _segment(row: asyncpg.Record, lines: list[StoredLine]) -> StoredSegment:
    period = Period(row["period_from"], row["period_to"])
    cycle = None
    if row["cycle_from"] is not None:
        cycle = Period(row["cycle_from"], row["cycle_to"])
    bill = input_from(row["rate_code"], period, cycle, row["quantity"], row["unit"], row["facts"])
    return StoredSegment(row, bill, share_from(row["facts"]), lines)
