"""Reading winter averages, and the use that they are made of."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from curbstop.billing.winter.schemas import WinterAverageOut
from curbstop.kernel.dates import Period
from curbstop.kernel.units import Unit, conversion
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec
from curbstop.rates.engine.winter import PastUse

WINTER_AVERAGES = ListSpec(
    row=WinterAverageOut,
    source=(
        "winter_averages w JOIN agreements g ON g.id = w.agreement_id"
        " JOIN account_summaries a ON a.account_id = g.account_id"
    ),
    columns={
        "agreement_id": "w.agreement_id",
        "account_id": "g.account_id",
        "account_number": "a.number",
        "customer_name": "a.customer_name",
        "rate_code": "g.rate_code",
        "from_on": "w.from_on",
        "quantity": "w.quantity",
        "source": "w.source",
    },
    sort="-from_on,account_number",
    tiebreak="w.agreement_id",
    filters={
        "rate_code": "g.rate_code = {}",
        "account_id": "g.account_id = {}",
        "from_on": "w.from_on = {}",
    },
    search="a.search ILIKE {} OR w.source ILIKE {}",
)

_AGREEMENTS = """
SELECT id FROM agreements WHERE rate_code = $1 AND from_on <= $2 AND (to_on IS NULL OR to_on > $2)
ORDER BY id
"""

# The metered water of the same account at the same point, as it was billed.
_USE = """
SELECT g.id, s.period_from, s.period_to, s.quantity, s.unit
FROM agreements g
JOIN agreements w ON w.account_id = g.account_id AND w.service_point_id = g.service_point_id
  AND w.service = 'water'
JOIN bill_segments s ON s.agreement_id = w.id AND s.live AND s.quantity IS NOT NULL
JOIN bills b ON b.id = s.bill_id
JOIN run_chunks c ON c.run_id = b.run_id AND c.number = b.chunk AND c.state = 'posted'
WHERE g.id = ANY($1) AND s.period_to > $2 AND s.period_from < $3
ORDER BY g.id, s.period_from
"""


async def agreements_on(sql: Sql, rate_code: str, on: date) -> list[UUID]:
    """The agreements that a rate prices on a day."""
    return [row["id"] for row in await sql.fetch(_AGREEMENTS, rate_code, on)]


async def past_use(
    sql: Sql, agreement_ids: Sequence[UUID], span: Period, unit: Unit, gallons_per_hcf: Decimal
) -> dict[UUID, list[PastUse]]:
    """Each agreement's billed water in the span, in the given unit, oldest first."""
    history: defaultdict[UUID, list[PastUse]] = defaultdict(list)
    for row in await sql.fetch(_USE, list(agreement_ids), span.start, span.end):
        factor = conversion(Unit(row["unit"]), unit, gallons_per_hcf)
        quantity = row["quantity"] * factor.numerator / factor.denominator
        use = PastUse(Period(row["period_from"], row["period_to"]), quantity)
        history[row["id"]].append(use)
    return history
