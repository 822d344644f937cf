"""The one query behind the search box."""

import re

from curbstop.identity.permissions import Perm
from curbstop.platform.db import Sql
from curbstop.search.schemas import Finding

PER_KIND = 8
_LETTERS_AND_DIGITS = re.compile(r"[^0-9A-Za-z]")

# $1 the scrap as a LIKE pattern, $2 its letters and digits, $3 how many of each kind.
# rank: 0 the very number, 1 begins with it, 2 holds it.
_ACCOUNTS = """
(SELECT 'account' AS kind, account_id AS id, number || ' · ' || customer_name AS title,
   service_address AS subtitle, account_id, status = 'open' AS active,
   CASE WHEN replace(number, '-', '') = $2 THEN 0
        WHEN replace(number, '-', '') LIKE $2 || '%' OR customer_name ILIKE substr($1, 2) THEN 1
        ELSE 2 END AS rank
 FROM account_summaries WHERE search ILIKE $1
   OR ($2 <> '' AND length($2) >= 4 AND search ILIKE '%' || $2 || '%')
 ORDER BY rank, active DESC, customer_name, number LIMIT $3)
"""
_PARCELS = """
(SELECT 'parcel', id, apn, situs_line, NULL::uuid, true,
   CASE WHEN apn_key = upper($2) THEN 0 WHEN apn_key LIKE upper($2) || '%' THEN 1 ELSE 2 END AS rank
 FROM parcels WHERE situs_line ILIKE $1 OR ($2 <> '' AND apn_key LIKE '%' || upper($2) || '%')
 ORDER BY rank, apn LIMIT $3)
"""
_METERS = """
(SELECT 'meter', m.id, m.make || ' ' || m.serial, m.size || '″ ' || m.kind, NULL::uuid,
   m.status = 'active',
   CASE WHEN m.serial = $2 OR m.endpoint_serial = $2 THEN 0
        WHEN m.serial LIKE $2 || '%' THEN 1 ELSE 2 END AS rank
 FROM meters m WHERE m.serial ILIKE $1 OR m.endpoint_serial ILIKE $1
 ORDER BY rank, m.status, m.serial LIMIT $3)
"""
_BILLS = """
(SELECT 'bill', b.id, b.number, to_char(b.bill_on, 'YYYY-MM-DD'), b.account_id,
   b.reversed_at IS NULL, 0 AS rank
 FROM bills b WHERE b.number = upper(btrim($1, '%'))
 ORDER BY b.bill_on DESC LIMIT $3)
"""
_PAYMENTS = """
(SELECT 'payment', p.id, p.reference, to_char(p.received_on, 'YYYY-MM-DD'), p.account_id,
   true, 0 AS rank
 FROM payments p WHERE p.reference = btrim($1, '%')
 ORDER BY p.received_on DESC LIMIT $3)
"""
_BEST_FIRST = (
    "SELECT * FROM (",
    ") found WHERE $1::text <> '' AND $2::text IS NOT NULL AND $3::int > 0"
    " ORDER BY rank, active DESC",
)
_PARTS = {
    Perm.ACCOUNT_READ: _ACCOUNTS,
    Perm.PARCEL_READ: _PARCELS,
    Perm.METER_READ: _METERS,
    Perm.BILL_READ: _BILLS,
    Perm.PAYMENT_READ: _PAYMENTS,
}


async def find(sql: Sql, scrap: str, permissions: frozenset[str]) -> list[Finding]:
    """The best matches for a scrap of anything, of the kinds that the caller may read."""
    words = scrap.strip()
    parts = [part for perm, part in _PARTS.items() if perm in permissions]
    if not words or not parts:
        return []
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    # All three parameters are named once, because not every part uses each of them.
    rows = await sql.fetch(
        " UNION ALL ".join(parts).join(_BEST_FIRST),
        *(f"%{escaped}%", _LETTERS_AND_DIGITS.sub("", words), PER_KIND),
    )
    return [Finding.model_validate(dict(row)) for row in rows]
