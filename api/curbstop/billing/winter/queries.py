"""Reading winter averages, and the use that they are made of."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from curbstop.billing.winter.problems import ProposalNotFound
from curbstop.billing.winter.schemas import (
    WinterAverageOut,
    WinterLineOut,
    WinterProposalOut,
    WinterProposalRow,
)
from curbstop.kernel.dates import Period
from curbstop.kernel.units import Unit, conversion
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec
from curbstop.rates.engine.winter import PastUse

WINTER_AVERAGES = ListSpec(
    row=WinterAverageOut,
    source=(
        "winter_averages w JOIN agreements g ON g.id = w.agreement_id"
        " JOIN account_summaries a ON a.account_id = g.account_id"
        " LEFT JOIN users s ON s.id = w.set_by LEFT JOIN users p ON p.id = w.approved_by"
    ),
    columns={
        "agreement_id": "w.agreement_id",
        "account_id": "g.account_id",
        "account_number": "a.number",
        "customer_name": "a.customer_name",
        "rate_code": "g.rate_code",
        "from_on": "w.from_on",
        "quantity": "w.quantity",
        "source": "w.source",
        "set_by_name": "coalesce(s.name, '')",
        "approved_by_name": "coalesce(p.name, '')",
    },
    sort="-from_on,account_number",
    tiebreak="w.agreement_id",
    filters={
        "rate_code": "g.rate_code = {}",
        "account_id": "g.account_id = {}",
        "from_on": "w.from_on = {}",
    },
    search="a.search ILIKE {} OR w.source ILIKE {}",
)

_COUNTED = """winter_proposals p CROSS JOIN LATERAL (
  SELECT count(*) AS agreements, count(l.quantity) AS to_set,
    count(*) FILTER (WHERE l.flag NOT IN ('fine', 'by_hand')) AS flagged
  FROM winter_lines l WHERE l.proposal_id = p.id
) n"""
_ROW = {
    **{name: f"p.{name}" for name in WinterProposalRow.model_fields},
    **{name: f"n.{name}" for name in ("agreements", "to_set", "flagged")},
}
PROPOSALS = ListSpec(
    row=WinterProposalRow,
    source=_COUNTED,
    columns=_ROW,
    sort="-prepared_at",
    tiebreak="p.id",
    filters={"state": "p.state = {}", "rate_code": "p.rate_code = {}"},
    search="p.rate_code ILIKE {} OR p.reason ILIKE {}",
)


def lines_of(proposal_id: UUID) -> ListSpec[WinterLineOut]:
    """The lines of a proposal."""
    return ListSpec(
        row=WinterLineOut,
        source=(
            "winter_lines l JOIN agreements g ON g.id = l.agreement_id"
            f" AND l.proposal_id = '{proposal_id}'"
            " JOIN account_summaries a ON a.account_id = g.account_id"
        ),
        columns={
            "id": "l.agreement_id",
            "account_id": "g.account_id",
            "account_number": "a.number",
            "customer_name": "a.customer_name",
            **{name: f"l.{name}" for name in ("quantity", "previous", "flag", "note")},
            "change": "l.quantity - l.previous",
        },
        sort="account_number",
        tiebreak="l.agreement_id",
        filters={
            "flag": "l.flag = {}",
            "flagged": "(l.flag NOT IN ('fine', 'by_hand')) = {}",
        },
        search="a.search ILIKE {} OR l.note ILIKE {}",
    )


_AGREEMENTS = """
SELECT id FROM agreements WHERE rate_code = $1 AND from_on <= $2 AND (to_on IS NULL OR to_on > $2)
ORDER BY id
"""

# The metered water of the same account at the same point, as it was billed.
_USE = """
SELECT g.id, s.period_from, s.period_to, s.quantity, s.unit
FROM agreements g
JOIN agreements w ON w.account_id = g.account_id AND w.service_point_id = g.service_point_id
  AND w.service = 'water'
JOIN bill_segments s ON s.agreement_id = w.id AND s.live AND s.quantity IS NOT NULL
JOIN bills b ON b.id = s.bill_id
JOIN run_chunks c ON c.run_id = b.run_id AND c.number = b.chunk AND c.state = 'posted'
WHERE g.id = ANY($1) AND s.period_to > $2 AND s.period_from < $3
ORDER BY g.id, s.period_from
"""


async def agreements_on(sql: Sql, rate_code: str, on: date) -> list[UUID]:
    """The agreements that a rate prices on a day."""
    return [row["id"] for row in await sql.fetch(_AGREEMENTS, rate_code, on)]


async def past_use(
    sql: Sql, agreement_ids: Sequence[UUID], span: Period, unit: Unit, gallons_per_hcf: Decimal
) -> dict[UUID, list[PastUse]]:
    """Each agreement's billed water in the span, in the given unit, oldest first."""
    history: defaultdict[UUID, list[PastUse]] = defaultdict(list)
    for row in await sql.fetch(_USE, list(agreement_ids), span.start, span.end):
        factor = conversion(Unit(row["unit"]), unit, gallons_per_hcf)
        quantity = row["quantity"] * factor.numerator / factor.denominator
        use = PastUse(Period(row["period_from"], row["period_to"]), quantity)
        history[row["id"]].append(use)
    return history


class Asked(NamedTuple):
    """What a computation was asked for, and whether it is still to be made."""

    rate_code: str
    as_of_on: date
    from_on: date
    state: str


async def asked(sql: Sql, proposal_id: UUID) -> Asked:
    """Raises ProposalNotFound."""
    row = await sql.fetchrow(
        "SELECT rate_code, as_of_on, from_on, state FROM winter_proposals WHERE id = $1",
        proposal_id,
    )
    if row is None:
        raise ProposalNotFound(str(proposal_id))
    return Asked(*row)


async def find_proposal(sql: Sql, proposal_id: UUID) -> WinterProposalOut:
    """A proposal with how many lines deserve a look, by reason. Raises ProposalNotFound."""
    select = ", ".join(f"{column} AS {name}" for name, column in _ROW.items())
    row = await sql.fetchrow(
        f"SELECT {select}, p.authors, p.decision, p.version FROM {_COUNTED} WHERE p.id = $1",  # noqa: S608
        proposal_id,
    )
    if row is None:
        raise ProposalNotFound(str(proposal_id))
    sums = await sql.fetchrow(
        "SELECT coalesce(sum(quantity), 0) AS after, coalesce(sum(previous), 0) AS before"
        " FROM winter_lines WHERE proposal_id = $1 AND quantity IS NOT NULL",
        proposal_id,
    )
    flags = await sql.fetch(
        "SELECT flag, count(*) AS lines FROM winter_lines WHERE proposal_id = $1 GROUP BY flag",
        proposal_id,
    )
    by_flag = {one["flag"]: one["lines"] for one in flags}
    return WinterProposalOut.model_validate({**row, **(sums or {}), "by_flag": by_flag})


async def to_set(sql: Sql, proposal_id: UUID) -> list[tuple[UUID, Decimal]]:
    """The averages that the proposal sets."""
    rows = await sql.fetch(
        "SELECT agreement_id, quantity FROM winter_lines"
        " WHERE proposal_id = $1 AND quantity IS NOT NULL ORDER BY agreement_id",
        proposal_id,
    )
    return [(row["agreement_id"], row["quantity"]) for row in rows]


async def clear_lines(sql: Sql, proposal_id: UUID) -> None:
    """Remove what a computation that was interrupted wrote."""
    await sql.execute("DELETE FROM winter_lines WHERE proposal_id = $1", proposal_id)


async def write_lines(
    sql: Sql, lines: Iterable[tuple[UUID, UUID, Decimal | None, Decimal | None, str, str]]
) -> None:
    """Lines as (proposal, agreement, quantity, previous, flag, note), in one COPY."""
    columns = ("proposal_id", "agreement_id", "quantity", "previous", "flag", "note")
    await sql.copy("winter_lines", columns, lines)


# Half as much again or half as little, by two units or more; without a predecessor, three times
# what is usual for the rate.
_FLAGS = """
WITH usual AS (
  SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY quantity)::numeric AS median
  FROM winter_lines WHERE proposal_id = $1 AND quantity IS NOT NULL
), flagged AS (
  SELECT l.agreement_id, CASE
    WHEN l.quantity = 0 THEN 'zero'
    WHEN l.quantity - l.previous >= 2 AND l.quantity > l.previous * 1.5 THEN 'rose'
    WHEN l.previous - l.quantity >= 2 AND l.quantity < l.previous * 0.5 THEN 'fell'
    WHEN l.previous IS NULL AND l.quantity > usual.median * 3 THEN 'high'
    ELSE 'fine' END AS flag
  FROM winter_lines l CROSS JOIN usual WHERE l.proposal_id = $1 AND l.quantity IS NOT NULL
)
UPDATE winter_lines l SET flag = f.flag FROM flagged f
WHERE l.proposal_id = $1 AND l.agreement_id = f.agreement_id AND l.flag <> f.flag
"""


async def propose(sql: Sql, proposal_id: UUID) -> None:
    """Flag what deserves a look, and lay the computation before its reviewer."""
    await sql.execute(_FLAGS, proposal_id)
    await sql.execute(
        "UPDATE winter_proposals SET state = 'proposed', version = version + 1"
        " WHERE id = $1 AND state = 'computing'",
        proposal_id,
    )
