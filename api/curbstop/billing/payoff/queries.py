"""The balance of an account, and an estimate of what no bill holds yet."""

from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

import asyncpg

from curbstop.accounts.queries import AccountNotFound
from curbstop.billing.payoff.schemas import PayoffOut, UnbilledOut
from curbstop.kernel.errors import BadInput, FieldError
from curbstop.kernel.money import round_to_cents
from curbstop.ledger.journal.queries import aging
from curbstop.platform.db import Sql

GOOD_DAYS_MAX = 60

# Each agreement of the account with the days after its last posted bill, up to the day $2, and what
# that bill charged for it. A reversed bill's segments are not live.
_UNBILLED = """
SELECT g.id AS agreement_id, g.service, o.code AS service_point_code, d.from_on, d.to_on,
  last.number AS bill_number, last.cents AS bill_cents, last.days AS bill_days
FROM agreements g JOIN service_points o ON o.id = g.service_point_id
LEFT JOIN LATERAL (
  SELECT b.number, s.period_to, s.period_to - s.period_from AS days,
    (SELECT COALESCE(sum(l.amount_cents), 0)::bigint FROM bill_lines l
     WHERE l.bill_id = b.id AND l.agreement_id = g.id) AS cents
  FROM bill_segments s JOIN bills b ON b.id = s.bill_id JOIN statements t ON t.bill_id = b.id
  WHERE s.agreement_id = g.id AND s.live ORDER BY s.period_to DESC LIMIT 1
) last ON true
CROSS JOIN LATERAL (
  SELECT COALESCE(last.period_to, g.from_on) AS from_on, LEAST(g.to_on, $2::date) AS to_on
) d
WHERE g.account_id = $1 AND d.from_on < d.to_on
ORDER BY g.service DESC, o.code, d.from_on
"""


async def payoff(sql: Sql, account_id: UUID, today: date, good_through_on: date) -> PayoffOut:
    """What pays an account in full through a day: balance of today plus estimates.

    Raises AccountNotFound, BadInput for a day before today or more than 60 days after it.
    """
    if not today <= good_through_on <= today + timedelta(days=GOOD_DAYS_MAX):
        detail = f"today or up to {GOOD_DAYS_MAX} days later"
        raise BadInput("no figure holds that long", FieldError("/good_through_on", detail))
    number = await sql.fetchval("SELECT number FROM accounts WHERE id = $1", account_id)
    if number is None:
        raise AccountNotFound(str(account_id))
    rows = await sql.fetch(_UNBILLED, account_id, good_through_on + timedelta(days=1))
    unbilled = [_estimated(row) for row in rows]
    balance = (await aging(sql, account_id, today)).balance_cents
    estimates = sum(part.estimate_cents or 0 for part in unbilled)
    return PayoffOut(
        account_id=account_id,
        account_number=number,
        as_of_on=today,
        good_through_on=good_through_on,
        balance_cents=balance,
        unbilled=unbilled,
        unbilled_cents=estimates,
        total_cents=balance + estimates,
    )


def _estimated(row: asyncpg.Record) -> UnbilledOut:
    days = (row["to_on"] - row["from_on"]).days
    estimate = None
    if row["bill_days"]:
        estimate = round_to_cents(Fraction(row["bill_cents"] * days, row["bill_days"] * 100))
    return UnbilledOut(**dict(row), days=days, estimate_cents=estimate)
