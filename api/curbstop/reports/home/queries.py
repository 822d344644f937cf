"""The home page's reads: one statement for each part."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from curbstop.identity.permissions import Perm
from curbstop.platform.db import Sql
from curbstop.platform.uow import Reader
from curbstop.policies.queries import closed_days
from curbstop.reports.home.schemas import (
    CycleStanding,
    HomeOut,
    Overnight,
    Queue,
    QueueKey,
    ReceivableOut,
)

BACK_DAYS = 200
"""A period that ended longer ago without a run is none of today's, even where none was posted."""

NIGHT_HOURS = 18
_CLOSED_DAYS_MOST = 14
_WEEKEND = frozenset({5, 6})

# The period a cycle stands at: the first begun and not posted, else the last that was. A period
# without a run that lies before a posted one was skipped: its days are in the later bills.
_STANDING = """
SELECT c.id AS cycle_id, c.code, c.name, p.id AS period_id, p.period_from, p.period_to,
       p.read_from, p.read_to, p.bill_on, p.due_on, p.run_id, p.run_state, p.approved_at,
       p.posted_on, coalesce(p.expected, 0) AS expected, coalesce(p.billed, 0) AS billed,
       coalesce(p.current_cents, 0) AS current_cents,
       (SELECT count(*) FROM run_exceptions e WHERE e.run_id = p.run_id
        AND e.severity = 'block' AND e.excused_by IS NULL)::int AS open_exceptions,
       coalesce((SELECT t.statements FROM statement_prints t WHERE t.run_id = p.run_id
        ORDER BY t.printed_at DESC LIMIT 1), 0) AS printed
FROM cycles c LEFT JOIN LATERAL (
  SELECT q.*, r.id AS run_id, r.state AS run_state, r.approved_at, r.posted_on, r.expected,
         r.billed, r.current_cents
  FROM cycle_periods q LEFT JOIN bill_runs r ON r.cycle_period_id = q.id
    AND r.state NOT IN ('reversed', 'discarded')
  WHERE q.cycle_id = c.id AND q.period_from <= $1::date AND q.period_to > $1::date - $2::int
    AND (r.id IS NOT NULL OR NOT EXISTS (
      SELECT FROM cycle_periods l JOIN bill_runs s ON s.cycle_period_id = l.id
      WHERE l.cycle_id = c.id AND l.period_from > q.period_from AND s.state = 'posted'))
  ORDER BY coalesce(r.state = 'posted', false),
           CASE WHEN r.state = 'posted' THEN q.period_to END DESC, q.period_from
  LIMIT 1
) p ON true
ORDER BY c.code
"""

# Registers that stand in the reading window at a place where a member takes a metered service.
_READ = """
WITH due AS (
  SELECT DISTINCT p.id AS period_id, r.id AS register_id, p.read_from, p.read_to
  FROM cycle_periods p
  JOIN cycle_accounts m ON m.cycle_id = p.cycle_id AND m.from_on < p.period_to
    AND (m.to_on IS NULL OR m.to_on >= p.period_to)
  JOIN agreements a ON a.account_id = m.account_id AND a.from_on < p.period_to
    AND (a.to_on IS NULL OR a.to_on > p.period_from)
  JOIN installations i ON i.service_point_id = a.service_point_id AND i.from_on <= p.read_to
    AND (i.to_on IS NULL OR i.to_on > p.read_from)
  JOIN registers r ON r.meter_id = i.meter_id
  WHERE p.id = ANY($1)
), standing AS (
  SELECT DISTINCT ON (d.period_id, d.register_id, t.read_on) d.period_id, d.register_id, t.value
  FROM due d
  JOIN reads t ON t.register_id = d.register_id AND t.read_on BETWEEN d.read_from AND d.read_to
  ORDER BY d.period_id, d.register_id, t.read_on, t.revision DESC
), taken AS (
  SELECT DISTINCT period_id, register_id FROM standing WHERE value IS NOT NULL
), doubted AS (
  SELECT DISTINCT d.period_id, d.register_id FROM due d
  JOIN read_reviews v ON v.register_id = d.register_id
    AND v.read_on BETWEEN d.read_from AND d.read_to
    AND v.state IN ('open', 'proposed', 'held', 'reread')
)
SELECT d.period_id, count(*)::int AS registers, count(t.register_id)::int AS read,
       count(t.register_id) FILTER (WHERE x.register_id IS NULL)::int AS validated
FROM due d LEFT JOIN taken t USING (period_id, register_id)
LEFT JOIN doubted x USING (period_id, register_id)
GROUP BY d.period_id
"""

# Each queue: what waits, since when, and whose request it is. $1 is today.
_QUEUES: dict[QueueKey, tuple[Perm, str]] = {
    QueueKey.READS: (
        Perm.READING_READ,
        "SELECT created_at AS at, NULL::uuid AS by FROM read_reviews"
        " WHERE state IN ('open', 'held', 'reread') AND rule <> 'unknown_meter'",
    ),
    QueueKey.UNKNOWN_METERS: (
        Perm.READING_READ,
        "SELECT created_at, NULL::uuid FROM read_reviews"
        " WHERE state IN ('open', 'held', 'reread') AND rule = 'unknown_meter'",
    ),
    QueueKey.SECOND_READS: (
        Perm.READING_READ,
        "SELECT decided_at, decided_by FROM read_reviews WHERE state = 'proposed'",
    ),
    QueueKey.RUNS: (
        Perm.BILL_READ,
        "SELECT reviewed_at, prepared_by FROM bill_runs WHERE state = 'reviewed'",
    ),
    QueueKey.ADJUSTMENTS: (
        Perm.LEDGER_READ,
        "SELECT requested_at, requested_by FROM adjustments WHERE state = 'requested'",
    ),
    QueueKey.TARIFFS: (
        Perm.TARIFF_READ,
        "SELECT proposed_at, drafted_by FROM tariff_versions WHERE state = 'proposed'",
    ),
    QueueKey.POLICIES: (
        Perm.POLICY_READ,
        "SELECT v.entered_at, v.entered_by FROM policy_values v WHERE v.needs_second"
        " AND NOT EXISTS (SELECT 1 FROM policy_answers a WHERE a.value_id = v.id)",
    ),
    # A refused file waits until one of its name was taken in, or a fortnight has passed.
    QueueKey.REFUSED_IMPORTS: (
        Perm.READING_READ,
        "SELECT f.created_at, NULL::uuid FROM read_imports f WHERE f.state = 'refused'"
        " AND f.created_at > $1::date - 14 AND NOT EXISTS (SELECT 1 FROM read_imports g"
        " WHERE g.file_name = f.file_name AND g.state = 'imported'"
        " AND g.created_at > f.created_at)",
    ),
    QueueKey.FAILED_JOBS: (
        Perm.JOB_READ,
        "SELECT f.finished_at, NULL::uuid FROM jobs f WHERE f.state = 'failed'"
        " AND f.created_at > $1::date - 7 AND NOT EXISTS (SELECT 1 FROM jobs g"
        " WHERE g.kind = f.kind AND g.subject_id IS NOT DISTINCT FROM f.subject_id"
        " AND g.state = 'done' AND g.created_at > f.created_at)",
    ),
}

_OVERNIGHT = """
SELECT i.*, p.*, j.* FROM
  (SELECT count(*)::int AS imports, coalesce(sum(reads_added), 0)::int AS reads_added,
          coalesce(sum(exceptions), 0)::int AS exceptions
   FROM read_imports WHERE state = 'imported' AND created_at >= $1) i,
  (SELECT count(*)::int AS payments, coalesce(sum(y.cents), 0)::bigint AS payments_cents
   FROM payments y WHERE y.posted_at >= $1
     AND NOT EXISTS (SELECT 1 FROM payment_reversals r WHERE r.payment_id = y.id)) p,
  (SELECT count(*) FILTER (WHERE state = 'done')::int AS jobs_done,
          count(*) FILTER (WHERE state = 'failed')::int AS jobs_failed
   FROM jobs WHERE created_at >= $1 AND finished_at >= $1) j
"""
_OVERNIGHT_NEEDS = frozenset({Perm.READING_READ, Perm.PAYMENT_READ, Perm.JOB_READ})

_RECEIVABLE = """
SELECT b.*, i.*, g.* FROM
  (SELECT coalesce(sum(balance_cents), 0)::bigint AS accounts_cents,
          coalesce(sum(unapplied_cents), 0)::bigint AS unapplied_cents,
          count(*) FILTER (WHERE balance_cents > 0)::int AS owing_accounts,
          count(*) FILTER (WHERE balance_cents < 0)::int AS credit_accounts
   FROM account_balances) b,
  (SELECT coalesce(sum(open_cents), 0)::bigint AS items_cents FROM item_balances) i,
  (SELECT coalesce(sum(CASE WHEN d.control THEN l.cents ELSE 0 END
          - CASE WHEN c.control THEN l.cents ELSE 0 END), 0)::bigint AS control_cents
   FROM journal_lines l JOIN gl_accounts d ON d.code = l.debit
   JOIN gl_accounts c ON c.code = l.credit WHERE d.control OR c.control) g
"""


async def home(reader: Reader) -> HomeOut:
    """Everything of the home page but the receivable, as far as the caller may read it."""
    may = reader.actor.permissions
    sees_cycles = Perm.BILL_READ in may and Perm.READING_READ in may
    return HomeOut(
        cycles=await cycle_standings(reader.sql, reader.today) if sees_cycles else [],
        queues=await queues(reader),
        overnight=await overnight(reader) if may >= _OVERNIGHT_NEEDS else None,
    )


async def cycle_standings(sql: Sql, today: date) -> list[CycleStanding]:
    """Every cycle with how far its reads and its run are, in the order of their codes."""
    rows = await sql.fetch(_STANDING, today, BACK_DAYS)
    periods = [row["period_id"] for row in rows if row["period_id"]]
    counted = {row["period_id"]: row for row in await sql.fetch(_READ, periods)}
    none = {"registers": 0, "read": 0, "validated": 0}
    return [
        CycleStanding.model_validate(none | dict(row) | dict(counted.get(row["period_id"], {})))
        for row in rows
    ]


async def queues(reader: Reader) -> list[Queue]:
    """The queues that the caller may read, each with its count and oldest entry."""
    allowed = {
        key: part for key, (perm, part) in _QUEUES.items() if perm in reader.actor.permissions
    }
    if not allowed:
        return []
    parts = " UNION ALL ".join(
        f"(SELECT '{key.value}' AS key, count(*)::int AS count,"  # noqa: S608
        " (count(*) FILTER (WHERE w.by = $2))::int AS own, min(w.at) AS oldest_at"
        f" FROM ({part}) AS w (at, by))"
        for key, part in allowed.items()
    )
    # Both parameters are named once, because not every part uses each of them.
    rows = await reader.sql.fetch(
        f"SELECT * FROM ({parts}) q WHERE $1::date IS NOT NULL",  # noqa: S608
        *(reader.today, reader.actor.id),
    )
    return [Queue.model_validate(dict(row)) for row in rows]


async def overnight(reader: Reader) -> Overnight:
    """What came in since the office closed."""
    first = reader.today - timedelta(days=_CLOSED_DAYS_MOST)
    since = night_began(
        reader.now, reader.today, await closed_days(reader.sql, first, reader.today)
    )
    row = await reader.sql.fetchrow(_OVERNIGHT, since)
    assert row is not None
    return Overnight(since_at=since, **dict(row))


def night_began(now: datetime, today: date, closed: Collection[date]) -> datetime:
    """Eighteen hours ago; a day earlier for each closed day that lies directly before today."""
    days = 0
    while days < _CLOSED_DAYS_MOST:
        before = today - timedelta(days=days + 1)
        if before.weekday() not in _WEEKEND and before not in closed:
            break
        days += 1
    return now - timedelta(hours=NIGHT_HOURS, days=days)


async def receivable(reader: Reader) -> ReceivableOut:
    """What customers owe by the accounts, by open items and by the control account, in cents."""
    row = await reader.sql.fetchrow(_RECEIVABLE)
    assert row is not None
    difference = row["control_cents"] - row["accounts_cents"]
    return ReceivableOut(
        counted_at=reader.now,
        difference_cents=difference,
        agrees=difference == 0 and row["items_cents"] == row["accounts_cents"],
        **dict(row),
    )
