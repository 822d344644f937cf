"""Everything that statements of posted bills say, read in sets: one query for each kind of fact."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

import asyncpg

from curbstop.billing.bills.queries import StoredSegment, segments_of
from curbstop.platform.db import Sql
from curbstop.policies import queries as policies
from curbstop.policies.values import Policies
from curbstop.rates.engine import CompiledVersion
from curbstop.rates.tariffs.queries import approved_versions

_HEADS = """
SELECT b.id, b.number, b.kind, b.account_id, b.period_from, b.period_to, b.bill_on, b.due_on,
       s.previous_cents, s.payments_cents, s.adjustments_cents, s.current_cents,
       s.total_due_cents, a.number AS account_number, a.mail_name, a.mail_line, a.mail_line2,
       a.mail_city, a.mail_state, a.mail_zip, a.mail_country, a.language, m.service_address
FROM bills b JOIN statements s ON s.bill_id = b.id JOIN accounts a ON a.id = b.account_id
JOIN account_summaries m ON m.account_id = b.account_id
WHERE b.id = ANY($1)
"""

# Billed water by period, this bill's and those of the two years before it.
_USE = """
SELECT w.id AS bill_id, b.period_to, max(s.period_to - s.period_from) AS days,
       sum(s.quantity) AS quantity, min(s.unit) AS unit
FROM bills w JOIN bills b ON b.account_id = w.account_id AND b.reversed_at IS NULL
  AND b.period_to <= w.period_to AND b.period_to > w.period_to - 800
JOIN statements t ON t.bill_id = b.id
JOIN bill_segments s ON s.bill_id = b.id AND s.quantity IS NOT NULL AND s.service <> 'sewer'
WHERE w.id = ANY($1) GROUP BY w.id, b.period_to ORDER BY w.id, b.period_to
"""

# What was past due when the bill was dated, as the books stood just before it: later payments
# and the credits that its own posting applied do not count.
_ARREARS = """
SELECT s.bill_id, b.bill_on - i.due_on AS days, i.cents - coalesce(p.cents, 0) AS cents
FROM statements s JOIN bills b ON b.id = s.bill_id
JOIN open_items i ON i.account_id = s.account_id AND i.cents > 0 AND i.due_on < b.bill_on
JOIN journal_entries e ON e.id = i.entry_id AND e.seq <= s.through_seq
LEFT JOIN LATERAL (
  SELECT sum(a.cents) AS cents FROM applications a
  JOIN journal_entries ae ON ae.id = a.entry_id AND ae.seq <= s.through_seq
  WHERE a.account_id = s.account_id AND a.item_id = i.id
) p ON true
WHERE s.bill_id = ANY($1) AND s.total_due_cents > s.current_cents
  AND i.cents > coalesce(p.cents, 0)
ORDER BY s.bill_id, i.due_on
"""


class UseRow(NamedTuple):
    """Billed water of one period."""

    ended_on: date
    days: int
    quantity: Decimal
    unit: str


@dataclass(slots=True)
class StatementFacts:
    """What one statement is made of. `past_due` holds days past due and cents."""

    head: asyncpg.Record
    segments: list[StoredSegment]
    versions: dict[str, CompiledVersion]
    use: list[UseRow]
    past_due: list[tuple[int, int]]
    policies: Policies


async def statement_facts(sql: Sql, bill_ids: Sequence[UUID]) -> dict[UUID, StatementFacts]:
    """Facts by bill; bills that are not posted are absent."""
    ids = list(bill_ids)
    heads = await sql.fetch(_HEADS, ids)
    segments = await segments_of(sql, [head["id"] for head in heads])
    named = {
        UUID(line.rated.version_id) for of in segments.values() for s in of for line in s.lines
    }
    versions = await approved_versions(sql, named)
    use: defaultdict[UUID, list[UseRow]] = defaultdict(list)
    for row in await sql.fetch(_USE, ids):
        past = UseRow(row["period_to"], row["days"], row["quantity"], row["unit"])
        use[row["bill_id"]].append(past)
    past_due: defaultdict[UUID, list[tuple[int, int]]] = defaultdict(list)
    for row in await sql.fetch(_ARREARS, ids):
        past_due[row["bill_id"]].append((row["days"], int(row["cents"])))
    days = {head["bill_on"] for head in heads}
    in_force = {day: await policies.values(sql, day) for day in days}
    return {
        head["id"]: StatementFacts(
            head,
            segments[head["id"]],
            versions,
            use[head["id"]],
            past_due[head["id"]],
            in_force[head["bill_on"]],
        )
        for head in heads
    }
