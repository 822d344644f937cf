"""The inbox: requests of every room that a second person decides, as one list."""

from uuid import UUID

from curbstop.identity.permissions import Perm
from curbstop.platform.lists import ListSpec
from curbstop.reports.approvals.schemas import ApprovalKind, ApprovalRow

_ADJUSTMENTS = """
SELECT j.id, 'adjustment' AS kind, '' AS reference, t.name AS title,
       a.number AS account_number, a.customer_name, j.amount_cents, j.note AS why,
       j.requested_by AS asked_by, j.requested_by_name AS asked_by_name, j.requested_at AS asked_at,
       ARRAY[j.requested_by] AS hands
FROM adjustments j JOIN adjustment_types t ON t.code = j.type_code
JOIN account_summaries a ON a.account_id = j.account_id
WHERE j.state = 'requested'
"""
_RUNS = """
SELECT r.id, 'bill_run', '', r.name, NULL, NULL, r.current_cents,
       r.billed || ' bills of ' || r.expected || ' expected accounts', r.prepared_by,
       coalesce(u.name, ''), r.reviewed_at, ARRAY[r.prepared_by]
FROM bill_runs r LEFT JOIN users u ON u.id = r.prepared_by
WHERE r.state = 'reviewed'
"""
_READS = """
SELECT v.id, 'read', '', concat_ws(', ', replace(v.rule, '_', ' '), l.situs_line), c.number,
       c.customer_name, NULL::bigint, v.decision_reason, v.decided_by, coalesce(u.name, ''),
       v.decided_at, ARRAY[v.decided_by]
FROM read_reviews v LEFT JOIN users u ON u.id = v.decided_by
LEFT JOIN service_points p ON p.id = v.service_point_id LEFT JOIN parcels l ON l.id = p.parcel_id
LEFT JOIN LATERAL (
  SELECT s.number, s.customer_name FROM agreements a
  JOIN account_summaries s ON s.account_id = a.account_id
  WHERE a.service_point_id = v.service_point_id AND a.from_on <= v.read_on
    AND (a.to_on IS NULL OR a.to_on > v.read_on)
  ORDER BY a.share_percent DESC, a.id LIMIT 1
) c ON true
WHERE v.state = 'proposed'
"""
_TARIFFS = """
SELECT v.id, 'tariff', t.id::text, t.code || ' from ' || v.effective_on, NULL, NULL, NULL::bigint,
       v.resolution, v.drafted_by, v.drafted_by_name, v.proposed_at, v.authors || v.drafted_by
FROM tariff_versions v JOIN tariffs t ON t.id = v.tariff_id
WHERE v.state = 'proposed'
"""
_POLICIES = """
SELECT v.id, 'policy', v.key, v.key || ' from ' || v.from_on, NULL, NULL, NULL::bigint, v.reason,
       v.entered_by, v.entered_by_name, v.entered_at, ARRAY[v.entered_by]
FROM policy_values v
WHERE v.needs_second AND NOT EXISTS (SELECT 1 FROM policy_answers a WHERE a.value_id = v.id)
"""

# What a person must be allowed to read, and to decide, for each kind.
_KINDS: dict[ApprovalKind, tuple[Perm, Perm, str]] = {
    ApprovalKind.ADJUSTMENT: (Perm.LEDGER_READ, Perm.ADJUSTMENT_APPROVE, _ADJUSTMENTS),
    ApprovalKind.BILL_RUN: (Perm.BILL_READ, Perm.RUN_APPROVE, _RUNS),
    ApprovalKind.READ: (Perm.READING_READ, Perm.READING_APPROVE, _READS),
    ApprovalKind.TARIFF: (Perm.TARIFF_READ, Perm.TARIFF_APPROVE, _TARIFFS),
    ApprovalKind.POLICY: (Perm.POLICY_READ, Perm.POLICY_APPROVE, _POLICIES),
}
_NOTHING = f"SELECT * FROM ({_ADJUSTMENTS}) never WHERE false"  # noqa: S608


def approvals_for(actor_id: UUID, permissions: frozenset[str]) -> ListSpec[ApprovalRow]:
    """The inbox of a person: the kinds they may read, oldest first."""
    parts = [part for read, _, part in _KINDS.values() if read in permissions] or [_NOTHING]
    decides = [kind.value for kind, (_, act, _) in _KINDS.items() if act in permissions]
    listed = ", ".join(f"'{kind}'" for kind in decides) or "''"
    own = f"('{actor_id}'::uuid = ANY(w.hands))"
    names = ", ".join(
        "hands" if name == "own" else name
        for name in ApprovalRow.model_fields
        if name != "may_decide"
    )
    plain = [name for name in ApprovalRow.model_fields if name not in ("own", "may_decide")]
    return ListSpec(
        row=ApprovalRow,
        source=f"({' UNION ALL '.join(parts)}) AS w ({names})",
        columns={
            **{name: f"w.{name}" for name in plain},
            "own": own,
            "may_decide": f"(w.kind IN ({listed}) AND NOT {own})",
        },
        sort="asked_at",
        tiebreak="w.id",
        filters={"kind": "w.kind = {}", "own": f"{own} = {{}}"},
        search="w.title ILIKE {} OR w.account_number ILIKE {} OR w.customer_name ILIKE {}"
        " OR w.why ILIKE {} OR w.asked_by_name ILIKE {}",
    )
