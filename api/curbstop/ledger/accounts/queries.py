"""Balances of GL accounts as of a day, and where charge groups lead."""

from datetime import date

from curbstop.ledger.accounts.schemas import ChargeGroupOut, GlBalanceOut, GlBalances
from curbstop.platform.db import Sql

# One pass over the lines: each is a debit of one account and a credit of another.
_BALANCES = """
WITH moved AS (
  SELECT s.code, sum(s.debit) AS debit, sum(s.credit) AS credit
  FROM journal_lines l JOIN journal_entries e ON e.id = l.entry_id AND e.posted_on <= $1
  CROSS JOIN LATERAL (VALUES (l.debit, l.cents, 0), (l.credit, 0, l.cents))
    AS s (code, debit, credit)
  GROUP BY s.code
)
SELECT g.code, g.name, g.kind, g.fund, g.role, g.control,
  coalesce(m.debit, 0)::bigint AS debit_cents, coalesce(m.credit, 0)::bigint AS credit_cents,
  coalesce(m.debit - m.credit, 0)::bigint AS balance_cents
FROM gl_accounts g LEFT JOIN moved m USING (code) ORDER BY g.code
"""

# What customers owe by their items, which the control account must come to.
_RECEIVABLE = """
SELECT coalesce(sum(i.cents), 0)::bigint FROM open_items i
JOIN journal_entries e ON e.id = i.entry_id WHERE e.posted_on <= $1
"""


async def balances(sql: Sql, as_of_on: date) -> GlBalances:
    """Every account of the chart as of the end of a day, with its proofs."""
    items = [GlBalanceOut(**row) for row in await sql.fetch(_BALANCES, as_of_on)]
    receivable: int = await sql.fetchval(_RECEIVABLE, as_of_on)
    difference = sum(item.balance_cents for item in items)
    control = sum(item.balance_cents for item in items if item.control)
    return GlBalances(
        as_of_on=as_of_on,
        items=items,
        difference_cents=difference,
        control_cents=control,
        receivable_cents=receivable,
        is_proved=difference == 0 and control == receivable,
    )


async def charge_groups(sql: Sql) -> list[ChargeGroupOut]:
    """Charge codes and the account of each, by that account and code."""
    rows = await sql.fetch(
        "SELECT c.code, c.name, c.fund, c.income_gl, g.name AS income_gl_name FROM charge_groups c"
        " JOIN gl_accounts g ON g.code = c.income_gl ORDER BY c.income_gl, c.code"
    )
    return [ChargeGroupOut(**row) for row in rows]
