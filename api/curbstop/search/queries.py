"""The one query behind the search box."""

import re

from curbstop.identity.permissions import Perm
from curbstop.platform.db import Sql
from curbstop.platform.lists import literally
from curbstop.search.schemas import Finding

PER_KIND = 8
CANDIDATES_OF_SHORT = 500
_LETTERS_AND_DIGITS = re.compile(r"[^0-9A-Za-z]")
_DIGITS_APART = re.compile(r"[-\d\s().+]+")
_WHOLE_NUMBER = re.compile(r"(\d{4})(\d{4})(\d{2})")

# $1 the scrap as typed, $2 its letters and digits, $3 how many of each kind, $4 what begins with
# it, $5 what holds it, $6 the same in the accounts' text, $7 its digits in there where they were
# typed apart (a telephone number), $8 the account number that it is, $9 how many accounts to look
# at. rank: 0 the very number, 1 begins with it, 2 holds it. An account's `search` is in lower case,
# so that LIKE need not fold it row by row.
_ACCOUNTS = """
(SELECT 'account' AS kind, account_id AS id, number || ' · ' || customer_name AS title,
   service_address AS subtitle, account_id, status = 'open' AS active,
   CASE WHEN number = $8 THEN 0
        WHEN replace(number, '-', '') LIKE $2 || '%' OR customer_name ILIKE $4 THEN 1
        ELSE 2 END AS rank
 FROM (SELECT * FROM account_summaries WHERE number = $8
   UNION ALL (SELECT * FROM account_summaries WHERE (search LIKE lower($6) OR search LIKE $7)
     AND NOT EXISTS (SELECT 1 FROM account_summaries WHERE number = $8) LIMIT $9)) matching
 ORDER BY rank, active DESC, customer_name, number LIMIT $3)
"""
_PARCELS = """
(SELECT 'parcel', id, apn, situs_line, NULL::uuid, true,
   CASE WHEN apn_key = upper($2) THEN 0 WHEN apn_key LIKE upper($2) || '%' THEN 1 ELSE 2 END AS rank
 FROM parcels WHERE situs_line ILIKE $5
   OR ($2 <> '' AND apn_key LIKE CASE WHEN length($2) < 3 THEN '' ELSE '%' END || upper($2) || '%')
 ORDER BY rank, apn LIMIT $3)
"""
_METERS = """
(SELECT 'meter', m.id, m.make || ' ' || m.serial, m.size || '″ ' || m.kind, NULL::uuid,
   m.status = 'active',
   CASE WHEN m.serial = $2 OR m.endpoint_serial = $2 THEN 0
        WHEN m.serial LIKE $2 || '%' OR m.endpoint_serial LIKE $2 || '%' THEN 1 ELSE 2 END AS rank
 FROM meters m WHERE m.serial ILIKE $5 OR m.endpoint_serial ILIKE $5
 ORDER BY rank, m.status, m.serial LIMIT $3)
"""
_BILLS = """
(SELECT 'bill', b.id, b.number, to_char(b.bill_on, 'YYYY-MM-DD'), b.account_id,
   b.reversed_at IS NULL, 0 AS rank
 FROM bills b WHERE b.number = upper($1)
 ORDER BY b.bill_on DESC LIMIT $3)
"""
_PAYMENTS = """
(SELECT 'payment', p.id, p.reference, to_char(p.received_on, 'YYYY-MM-DD'), p.account_id,
   NOT EXISTS (SELECT 1 FROM payment_reversals r WHERE r.payment_id = p.id),
   CASE WHEN p.reference = $1 THEN 0 ELSE 1 END AS rank
 FROM payments p WHERE p.reference LIKE $4 AND (length($1) > 2 OR p.reference = $1)
 ORDER BY rank, p.received_on DESC LIMIT $3)
"""
_BEST_FIRST = (
    "SELECT * FROM (",
    # All parameters are named once, because not every part uses each of them.
    ") found (kind, id, title, subtitle, account_id, active, rank)"
    " WHERE $3::int > 0 AND $9::int IS NOT DISTINCT FROM $9 AND num_nulls("
    "$1::text, $2::text, $4::text, $5::text, $6::text, $7::text, $8::text) >= 0"
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
    """The best matches for a scrap of anything, of the kinds that the caller may read.

    One statement. Under three letters nothing can be looked up inside words: such a scrap finds
    what begins with it.
    """
    words = scrap.strip()
    parts = [part for perm, part in _PARTS.items() if perm in permissions]
    if not words or not parts:
        return []
    rows = await sql.fetch(" UNION ALL ".join(parts).join(_BEST_FIRST), *_arguments(words))
    return [Finding.model_validate(dict(row)) for row in rows]


def _arguments(words: str) -> tuple[str | int | None, ...]:
    escaped = literally(words)
    plain = _LETTERS_AND_DIGITS.sub("", words)
    is_short = len(words) < 3
    apart = plain != words and len(plain) >= 4 and _DIGITS_APART.fullmatch(words)
    whole = _WHOLE_NUMBER.fullmatch(plain)
    return (
        *(words, plain, PER_KIND, f"{escaped}%"),
        f"{escaped}%" if is_short else f"%{escaped}%",
        f"% {escaped}%" if is_short else f"%{escaped}%",
        f"%{plain}%" if apart else None,
        "-".join(whole.groups()) if whole else None,
        CANDIDATES_OF_SHORT if is_short else None,
    )
