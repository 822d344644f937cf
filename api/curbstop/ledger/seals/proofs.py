"""Proofs over the whole ledger; each names the first row that does not fit and what differs."""

from curbstop.ledger.seals.schemas import Finding
from curbstop.platform.db import Sql

_SIGNED = "CASE WHEN d.control THEN l.cents ELSE -l.cents END"

_RECEIVABLE = f"""
WITH journal AS (
  SELECT l.account_id, sum({_SIGNED}) AS cents FROM journal_lines l
    JOIN gl_accounts d ON d.code = l.debit WHERE l.account_id IS NOT NULL GROUP BY 1),
items AS (
  SELECT account_id, sum(cents) AS cents, -sum(open_cents) FILTER (WHERE cents < 0) AS unapplied
    FROM item_balances GROUP BY 1)
SELECT COALESCE(a.number, account_id::text) AS number, COALESCE(j.cents, 0)::bigint AS journal,
  COALESCE(i.cents, 0)::bigint AS items, COALESCE(b.balance_cents, 0) AS balance,
  COALESCE(i.unapplied, 0)::bigint AS unapplied, COALESCE(b.unapplied_cents, 0) AS kept
FROM journal j FULL JOIN items i USING (account_id) FULL JOIN account_balances b USING (account_id)
LEFT JOIN accounts a ON a.id = account_id
WHERE COALESCE(j.cents, 0) <> COALESCE(i.cents, 0)
   OR COALESCE(j.cents, 0) <> COALESCE(b.balance_cents, 0)
   OR COALESCE(i.unapplied, 0) <> COALESCE(b.unapplied_cents, 0)
ORDER BY 1 LIMIT 1
"""  # noqa: S608

_CONTROL = """
SELECT (SELECT COALESCE(sum(CASE WHEN d.control THEN cents ELSE 0 END
      - CASE WHEN c.control THEN cents ELSE 0 END), 0)::bigint FROM journal_lines l
    JOIN gl_accounts d ON d.code = l.debit JOIN gl_accounts c ON c.code = l.credit) AS control,
  (SELECT COALESCE(sum(balance_cents), 0)::bigint FROM account_balances) AS accounts
"""

_ENTRIES = """
SELECT e.seq, COALESCE(e.id, l.entry_id, i.entry_id) AS id, e.id IS NULL AS gone,
  COALESCE(l.debts, 0)::bigint AS line_debts, COALESCE(i.debts, 0)::bigint AS item_debts,
  COALESCE(l.credits, 0)::bigint AS line_credits, COALESCE(i.credits, 0)::bigint AS item_credits
FROM journal_entries e
FULL JOIN (SELECT l.entry_id, count(*) AS lines,
    sum(l.cents) FILTER (WHERE d.control AND l.account_id IS NOT NULL) AS debts,
    sum(l.cents) FILTER (WHERE NOT d.control AND l.account_id IS NOT NULL) AS credits
  FROM journal_lines l LEFT JOIN gl_accounts d ON d.code = l.debit GROUP BY 1) l
  ON l.entry_id = e.id
FULL JOIN (SELECT entry_id, sum(cents) FILTER (WHERE cents > 0) AS debts,
    -sum(cents) FILTER (WHERE cents < 0) AS credits FROM open_items GROUP BY 1) i
  ON i.entry_id = COALESCE(e.id, l.entry_id)
WHERE e.id IS NULL OR (l.entry_id IS NULL AND e.kind <> 'credit_use')
   OR COALESCE(l.debts, 0) <> COALESCE(i.debts, 0)
   OR COALESCE(l.credits, 0) <> COALESCE(i.credits, 0)
ORDER BY e.seq NULLS FIRST LIMIT 1
"""

_SETTLED = """
SELECT id, cents, open_cents FROM item_balances
WHERE open_cents * sign(cents) < 0 OR abs(open_cents) > abs(cents) ORDER BY id LIMIT 1
"""
_STRAYS = """
SELECT a.id FROM applications a WHERE NOT EXISTS (SELECT 1 FROM open_items i
    WHERE i.account_id = a.account_id AND i.id = a.item_id AND i.cents > 0)
  OR NOT EXISTS (SELECT 1 FROM open_items i
    WHERE i.account_id = a.account_id AND i.id = a.credit_id AND i.cents < 0)
ORDER BY a.id LIMIT 1
"""
_SOURCES = """
SELECT source_type, source_id, count(*) AS times FROM journal_entries
GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY 1, 2 LIMIT 1
"""
_ADJUSTMENTS = """
SELECT COALESCE(a.id, e.source_id) AS id, a.amount_cents, e.cents FROM
  (SELECT * FROM adjustments WHERE state = 'posted') a
  FULL JOIN (SELECT e.id, e.source_id, e.account_id, sum(i.cents)::bigint AS cents
    FROM journal_entries e
    LEFT JOIN open_items i ON i.entry_id = e.id WHERE e.source_type = 'adjustment'
    GROUP BY e.id) e ON e.source_id = a.id
WHERE a.id IS NULL OR e.id IS DISTINCT FROM a.entry_id OR e.cents IS DISTINCT FROM a.amount_cents
   OR e.account_id IS DISTINCT FROM a.account_id ORDER BY 1 LIMIT 1
"""
_PENALTIES = """
SELECT COALESCE(p.item_id, i.id) AS id, p.cents AS charged, i.cents FROM penalty_charges p
  FULL JOIN (SELECT * FROM open_items WHERE kind = 'penalty') i
    ON i.id = p.item_id AND i.account_id = p.account_id
WHERE p.cents IS DISTINCT FROM i.cents ORDER BY 1 LIMIT 1
"""


async def receivable_by_account(sql: Sql) -> Finding | None:
    """Journal = open items = kept balance, and unused credits, account by account."""
    row = await sql.fetchrow(_RECEIVABLE)
    if row is None:
        return None
    return Finding(
        f"account {row['number']}",
        f"journal {row['journal']}, open items {row['items']}, balance {row['balance']} cents;"
        f" unused credits {row['unapplied']}, kept {row['kept']}",
    )


async def control_account(sql: Sql) -> Finding | None:
    """The control account's balance is the sum of what customers owe."""
    row = await sql.fetchrow(_CONTROL)
    if row is None or row["control"] == row["accounts"]:
        return None
    return Finding("control account", f"GL {row['control']}, accounts {row['accounts']} cents")


async def entries_whole(sql: Sql) -> Finding | None:
    """Every entry has its lines, and they move the receivable as its items say."""
    row = await sql.fetchrow(_ENTRIES)
    if row is None:
        return None
    if row["gone"]:
        return Finding(f"entry {row['id']}", "it has lines or items but is not there")
    return Finding(
        f"entry {row['seq']} ({row['id']})",
        f"lines +{row['line_debts']} -{row['line_credits']},"
        f" items +{row['item_debts']} -{row['item_credits']} cents",
    )


async def settled_within_amounts(sql: Sql) -> Finding | None:
    """Nothing is paid beyond its amount, and applications join a credit to a debt."""
    if row := await sql.fetchrow(_SETTLED):
        return Finding(f"item {row['id']}", f"of {row['cents']} cents {row['open_cents']} are left")
    if row := await sql.fetchrow(_STRAYS):
        return Finding(f"application {row['id']}", "its credit or item is not there")
    return None


async def sources_once(sql: Sql) -> Finding | None:
    """Every fact is booked once."""
    row = await sql.fetchrow(_SOURCES)
    if row is None:
        return None
    return Finding(f"{row['source_type']} {row['source_id']}", f"posted {row['times']} times")


async def adjustments_posted(sql: Sql) -> Finding | None:
    """Posted adjustments and their entries are the same."""
    row = await sql.fetchrow(_ADJUSTMENTS)
    if row is None:
        return None
    return Finding(
        f"adjustment {row['id']}",
        f"says {row['amount_cents']}, the journal {row['cents']} cents",
    )


async def penalties_posted(sql: Sql) -> Finding | None:
    """Late penalties and their open items are the same."""
    row = await sql.fetchrow(_PENALTIES)
    if row is None:
        return None
    return Finding(f"penalty {row['id']}", f"says {row['charged']}, its item {row['cents']} cents")
