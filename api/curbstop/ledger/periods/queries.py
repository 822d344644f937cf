"""Months from the first entry to today."""

from datetime import date

from curbstop.ledger.periods.schemas import PeriodOut
from curbstop.platform.db import Sql

_MONTHS = """
WITH span AS (SELECT date_trunc('month', LEAST($1::date, COALESCE(
    (SELECT min(posted_on) FROM journal_entries), $1::date)))::date AS first),
booked AS (SELECT date_trunc('month', e.posted_on)::date AS month,
    count(DISTINCT e.id) AS entries, COALESCE(sum(l.cents), 0)::bigint AS cents
  FROM journal_entries e LEFT JOIN journal_lines l ON l.entry_id = e.id GROUP BY 1)
SELECT m::date AS month,
  CASE WHEN m <= (SELECT max(month) FROM periods WHERE state = 'closed') THEN 'closed'
    ELSE 'open' END AS state,
  COALESCE(b.entries, 0) AS entries, COALESCE(b.cents, 0) AS cents, p.closed_at, p.closed_by
FROM span, generate_series(span.first, date_trunc('month', $1::date), interval '1 month') m
LEFT JOIN booked b ON b.month = m LEFT JOIN periods p ON p.month = m
ORDER BY m DESC
"""


async def list_periods(sql: Sql, today: date) -> list[PeriodOut]:
    """Every month, newest first, with what it holds."""
    return [PeriodOut.model_validate(dict(row)) for row in await sql.fetch(_MONTHS, today)]
