"""The district's terms of billing, from its policies."""

from datetime import date

from curbstop.platform.db import Sql

DUE_DAYS = 25


async def due_days(sql: Sql, on: date) -> int:
    """Days from the date of a bill to its due date, by the policy in force."""
    return DUE_DAYS
