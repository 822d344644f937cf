"""Move the reading, bill and due days of one period; its first and last day stay."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from curbstop.audit import actions as audit
from curbstop.billing import terms
from curbstop.billing.cycles.problems import PeriodNotFound, PeriodStays
from curbstop.billing.cycles.schemas import PeriodChange, PeriodChangePreview, PeriodDates
from curbstop.kernel.dates import is_business_day
from curbstop.platform.db import Sql
from curbstop.platform.uow import Uow

_MOVED = ("read_from", "read_to", "bill_on", "due_on")
_PERIOD = """
SELECT p.*, r.id AS run_id, r.number AS run_number, r.state AS run_state,
       (SELECT count(*) FROM cycle_accounts m WHERE m.cycle_id = p.cycle_id
        AND m.from_on < p.period_to AND (m.to_on IS NULL OR m.to_on >= p.period_to))::int
         AS accounts
FROM cycle_periods p LEFT JOIN bill_runs r ON r.cycle_period_id = p.id
  AND r.state NOT IN ('reversed', 'discarded')
WHERE p.cycle_id = $1 AND p.id = $2
"""


async def preview_change(
    sql: Sql, cycle_id: UUID, period_id: UUID, dates: PeriodDates
) -> PeriodChangePreview:
    """What moving a period's days would do. Raises PeriodNotFound."""
    period = await _period(sql, cycle_id, period_id)
    refusals = _refusals(period, dates)
    return PeriodChangePreview(
        allowed=not refusals,
        refusals=refusals,
        warnings=await _warnings(sql, period, dates),
        days_to_pay=(dates.due_on - dates.bill_on).days,
        accounts=period["accounts"],
        run_id=period["run_id"],
    )


async def change_dates(uow: Uow, cycle_id: UUID, period_id: UUID, change: PeriodChange) -> None:
    """Move a period's days, and those of its run while that is a draft.

    Raises PeriodNotFound, PeriodStays.
    """
    await uow.sql.execute("SELECT 1 FROM cycles WHERE id = $1 FOR UPDATE", cycle_id)
    period = await _period(uow.sql, cycle_id, period_id)
    if refusals := _refusals(period, change):
        raise PeriodStays("; ".join(refusals))
    days = [getattr(change, name) for name in _MOVED]
    await uow.sql.execute(
        "UPDATE cycle_periods SET read_from = $2, read_to = $3, bill_on = $4, due_on = $5"
        " WHERE id = $1",
        *(period_id, *days),
    )
    await uow.sql.execute(
        "UPDATE bill_runs SET through_on = $2, bill_on = $3, due_on = $4"
        " WHERE cycle_period_id = $1 AND state = 'draft'",
        *(period_id, change.read_to, change.bill_on, change.due_on),
    )
    audit.record(
        uow,
        "cycle.period_moved",
        cycle_id,
        before=_shown(period),
        after=change.model_dump(mode="json", include=set(_MOVED)),
        reason=change.reason,
    )


async def _period(sql: Sql, cycle_id: UUID, period_id: UUID) -> asyncpg.Record:
    row = await sql.fetchrow(_PERIOD, cycle_id, period_id)
    if row is None:
        raise PeriodNotFound(str(period_id))
    return row


def _shown(period: asyncpg.Record) -> dict[str, Any]:
    return {name: str(period[name]) for name in _MOVED}


def _refusals(period: asyncpg.Record, dates: PeriodDates) -> list[str]:
    """Why the days cannot be moved; the table's own checks say the same of their order."""
    refusals = []
    if period["run_state"] not in (None, "draft"):
        refusals.append(f"run {period['run_number']} of this period is {period['run_state']}")
    if dates.read_from > dates.read_to:
        refusals.append("reading ends before it begins")
    if dates.bill_on < period["period_from"]:
        refusals.append("the bill is dated before the period begins")
    if dates.due_on <= dates.bill_on:
        refusals.append("the due date does not lie after the bill's")
    return refusals


async def _warnings(sql: Sql, period: asyncpg.Record, dates: PeriodDates) -> list[str]:
    warnings = []
    closed = await terms.closed_days(sql, min(dates.bill_on, dates.due_on))
    for name, day in (("bill", dates.bill_on), ("due", dates.due_on)):
        if not is_business_day(day, closed):
            warnings.append(f"the {name} date {day} is a day on which the office is closed")
    policy = await terms.due_days(sql, dates.bill_on)
    if timedelta(0) < dates.due_on - dates.bill_on < timedelta(days=policy):
        days = (dates.due_on - dates.bill_on).days
        warnings.append(f"customers have {days} days to pay; policy gives {policy}")
    if not _near(dates.read_from, dates.read_to, period["period_to"]):
        warnings.append(f"reading does not take in the end of the period, {period['period_to']}")
    return warnings


def _near(read_from: date, read_to: date, end: date) -> bool:
    return read_from <= end <= read_to
