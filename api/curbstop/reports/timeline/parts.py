"""The queries behind each kind of timeline row.

Every part selects the columns of `COLUMNS`; $1 is the account, $2 the district's time zone. `at` is
a moment, and for a thing that has only a day, that day's beginning at the district.
"""

from curbstop.identity.permissions import Perm
from curbstop.reports.timeline.schemas import TimelineKind

COLUMNS = "kind, id, subject_id, at, has_time, title, detail, state, cents, quantity, unit, by_name"

# Reads of the meters that stood at the account's points while the account took service there. The
# read of the day that it began belongs to both parties, the water before that read to the other.
_READS = """
SELECT 'read', register_id, service_point_id, read_on::timestamp AT TIME ZONE $2, false,
  'Read ' || trim_scale(value), meter_serial || ', ' || replace(method, '_', ' '),
  CASE WHEN method = 'estimated' THEN method END, NULL::bigint,
  CASE WHEN EXISTS (SELECT FROM agreements g WHERE g.account_id = $1 AND g.service_point_id =
    of_points.service_point_id AND g.from_on < read_on AND (g.to_on IS NULL OR g.to_on >= read_on))
  THEN used END, unit, NULL::text
FROM (
  SELECT *, trim_scale(value - lag(value) OVER past + rollovers * capacity) AS used FROM (
    SELECT DISTINCT ON (d.register_id, d.read_on) d.register_id, i.service_point_id, d.read_on,
      d.value, d.method, d.rollovers, r.unit, m.serial AS meter_serial,
      power(10::numeric, r.dials - r.decimals) AS capacity
    FROM installations i
    JOIN registers r ON r.meter_id = i.meter_id
    JOIN meters m ON m.id = i.meter_id
    JOIN reads d ON d.register_id = r.id AND d.read_on >= i.from_on
      AND (i.to_on IS NULL OR d.read_on <= i.to_on)
    WHERE i.service_point_id IN (SELECT service_point_id FROM agreements WHERE account_id = $1)
    ORDER BY d.register_id, d.read_on, d.revision DESC
  ) standing WHERE value IS NOT NULL WINDOW past AS (PARTITION BY register_id ORDER BY read_on)
) of_points
WHERE EXISTS (SELECT FROM agreements g WHERE g.account_id = $1
  AND g.service_point_id = of_points.service_point_id
  AND g.from_on <= read_on AND (g.to_on IS NULL OR g.to_on >= read_on))
"""
_BILLS = """
SELECT 'bill', b.id, b.id, b.bill_on::timestamp AT TIME ZONE $2, false, 'Bill ' || b.number,
  to_char(b.period_from, 'FMMon FMDD') || ' to ' || to_char(b.period_to - 1, 'FMMon FMDD, YYYY'),
  CASE WHEN b.reversed_at IS NOT NULL THEN 'reversed' WHEN b.estimated THEN 'estimated' END,
  b.current_cents, NULL::numeric, NULL::text, NULL::text
FROM bills b JOIN statements s ON s.bill_id = b.id WHERE b.account_id = $1
"""
_PAYMENTS = """
SELECT 'payment', p.id, p.id, p.posted_at, true, 'Payment by ' || p.tender,
  concat_ws(', ', NULLIF(p.reference, ''), NULLIF(p.note, '')),
  CASE WHEN r.id IS NOT NULL THEN 'reversed' END, -p.cents, NULL::numeric, NULL::text,
  p.received_by_name
FROM payments p LEFT JOIN payment_reversals r ON r.payment_id = p.id WHERE p.account_id = $1
UNION ALL
SELECT 'payment', r.id, p.id, r.reversed_at, true, 'Payment taken back',
  concat_ws(', ', replace(r.reason, '_', ' '), NULLIF(r.note, '')), NULL::text, p.cents,
  NULL::numeric, NULL::text, r.reversed_by_name
FROM payments p JOIN payment_reversals r ON r.payment_id = p.id WHERE p.account_id = $1
"""
_ADJUSTMENTS = """
SELECT 'adjustment', j.id, j.id, COALESCE(j.decided_at, j.requested_at), true, t.name, j.note,
  j.state, CASE WHEN j.state = 'posted' THEN j.amount_cents END, NULL::numeric, NULL::text,
  COALESCE(j.decided_by_name, j.requested_by_name)
FROM adjustments j JOIN adjustment_types t ON t.code = j.type_code WHERE j.account_id = $1
"""
# What the books know of the account and none of the parts above tells: penalties, transfers,
# bills taken back.
_CHARGES = """
SELECT 'charge', e.id, e.id, e.posted_at, true,
  upper(left(e.kind, 1)) || replace(substr(e.kind, 2), '_', ' '), e.memo, NULL::text, i.cents,
  NULL::numeric, NULL::text, NULL::text
FROM journal_entries e
CROSS JOIN LATERAL (SELECT COALESCE(sum(o.cents), 0)::bigint AS cents FROM open_items o
                    WHERE o.entry_id = e.id) i
WHERE e.account_id = $1
  AND e.source_type NOT IN ('bill', 'payment', 'payment_reversal', 'adjustment')
"""
_NOTES = """
SELECT 'note', n.id, n.id, n.written_at, true,
  CASE n.kind WHEN 'call' THEN 'Call' WHEN 'counter' THEN 'At the counter'
    WHEN 'letter' THEN 'Letter' WHEN 'email' THEN 'E-mail' ELSE 'In the field' END, n.text,
  CASE WHEN c.id IS NOT NULL THEN 'corrected' WHEN n.corrects_id IS NOT NULL THEN 'correction' END,
  NULL::bigint, NULL::numeric, NULL::text, n.written_by_name
FROM contact_notes n LEFT JOIN contact_notes c ON c.corrects_id = n.id WHERE n.account_id = $1
"""
_FILES = """
SELECT CASE f.kind WHEN 'letter' THEN 'letter' ELSE 'file' END, f.id, f.id, f.filed_at, true,
  f.title, d.name, NULL::text, NULL::bigint, NULL::numeric, NULL::text, f.filed_by_name
FROM account_files f JOIN stored_files d ON d.id = f.id WHERE f.account_id = $1
"""
_FLAGS = """
SELECT 'flag', f.id, f.id, f.raised_at, true, k.name, f.reason,
  CASE WHEN f.removed_at IS NOT NULL THEN 'removed' END, NULL::bigint, NULL::numeric, NULL::text,
  f.raised_by_name
FROM account_flags f JOIN flag_kinds k ON k.code = f.kind WHERE f.account_id = $1
"""
_AGREEMENTS = """
SELECT 'agreement', g.id, g.service_point_id, d.day::timestamp AT TIME ZONE $2, false,
  initcap(g.service) || d.verb || s.code, 'Rate ' || g.rate_code, NULL::text, NULL::bigint,
  NULL::numeric, NULL::text, NULL::text
FROM agreements g JOIN service_points s ON s.id = g.service_point_id
CROSS JOIN LATERAL (VALUES (g.from_on, ' starts at '), (g.to_on, ' ends at ')) AS d (day, verb)
WHERE g.account_id = $1 AND d.day IS NOT NULL
"""

# Kind → what it takes to see it, and the query that finds it.
PARTS: dict[TimelineKind, tuple[Perm, str]] = {
    TimelineKind.READ: (Perm.READING_READ, _READS),
    TimelineKind.BILL: (Perm.BILL_READ, _BILLS),
    TimelineKind.PAYMENT: (Perm.PAYMENT_READ, _PAYMENTS),
    TimelineKind.ADJUSTMENT: (Perm.LEDGER_READ, _ADJUSTMENTS),
    TimelineKind.CHARGE: (Perm.LEDGER_READ, _CHARGES),
    TimelineKind.NOTE: (Perm.ACCOUNT_READ, _NOTES),
    TimelineKind.LETTER: (Perm.ACCOUNT_READ, _FILES),
    TimelineKind.FILE: (Perm.ACCOUNT_READ, _FILES),
    TimelineKind.FLAG: (Perm.ACCOUNT_READ, _FLAGS),
    TimelineKind.AGREEMENT: (Perm.ACCOUNT_READ, _AGREEMENTS),
}
