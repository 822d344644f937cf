"""The district's terms of billing, from its policies."""

from datetime import date, timedelta
from decimal import Decimal

from curbstop.platform.db import Sql
from curbstop.policies import queries as policies

_CALENDAR_REACH = timedelta(days=5 * 366 + 120)  # sixty monthly periods and their billing days


async def due_days(sql: Sql, on: date) -> int:
    """Days from the date of a bill to its due date, by the policy in force."""
    return (await policies.values(sql, on)).integer("billing.due_days")


async def gallons_per_hcf(sql: Sql, on: date) -> Decimal:
    """What the district takes a hundred cubic feet for."""
    return (await policies.values(sql, on)).decimal("billing.gallons_per_hcf")


async def closed_days(sql: Sql, start: date) -> frozenset[date]:
    """Closed days besides weekends, as far as a calendar can be laid at once."""
    return await policies.closed_days(sql, start, start + _CALENDAR_REACH)
