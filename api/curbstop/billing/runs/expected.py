"""Which accounts a run must bill. Not a copy of the calculation: the completeness proof uses it."""

from uuid import UUID

import asyncpg

from curbstop.platform.db import Sql

# An account is expected when a day of one of its agreements before the period's end is unbilled.
# What an unposted run holds is not billed yet, so such an account is expected and says why.
_UNBILLED = """
EXISTS (
  SELECT 1 FROM agreements g
  WHERE g.account_id = a.id AND g.from_on < $2::date
    AND coalesce((
      SELECT s.period_to FROM bill_segments s JOIN bills b ON b.id = s.bill_id
      JOIN bill_runs o ON o.id = b.run_id
      WHERE s.agreement_id = g.id AND s.live AND o.state = 'posted'
      ORDER BY s.period_from DESC LIMIT 1), g.from_on) < least($2::date, g.to_on)
)
"""

_OF_CYCLE = f"""
SELECT a.id FROM cycle_periods p
JOIN cycle_accounts m ON m.cycle_id = p.cycle_id AND m.from_on < p.period_to
  AND (m.to_on IS NULL OR m.to_on >= p.period_to)
JOIN accounts a ON a.id = m.account_id
WHERE p.id = $1 AND {_UNBILLED}
ORDER BY a.number
"""  # noqa: S608

_NAMED = """
SELECT a.id FROM accounts a WHERE a.id = ANY($1::uuid[]) ORDER BY a.number
"""


async def expected_accounts(sql: Sql, run: asyncpg.Record) -> list[UUID]:
    """The accounts that the run must bill or have excused, in the order of their numbers.

    Of a cycle: those in it when the period ends, with a service that has unbilled days before.
    Off-cycle: all that were named.
    """
    if run["cycle_period_id"] is None:
        rows = await sql.fetch(_NAMED, run["account_ids"])
    else:
        rows = await sql.fetch(_OF_CYCLE, run["cycle_period_id"], run["period_to"])
    return [row["id"] for row in rows]
