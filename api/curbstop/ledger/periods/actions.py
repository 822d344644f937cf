"""Closing a month."""

from datetime import date

from curbstop.audit import actions as audit
from curbstop.kernel.errors import Conflict
from curbstop.ledger.seals.actions import lock_journal, seal
from curbstop.platform.uow import Uow


class PeriodAlreadyClosed(Conflict):
    title = "The month is closed"


class PeriodNotOver(Conflict):
    title = "The month is not over"


async def close_period(uow: Uow, month: date) -> None:
    """Close a month and every one before it; from then on corrections post in the open month.

    Waits for postings under way, so none slips in behind the close, and seals the journal.
    Raises PeriodAlreadyClosed, PeriodNotOver, Unavailable.
    """
    first = month.replace(day=1)
    if first >= uow.today.replace(day=1):
        raise PeriodNotOver(f"{first:%Y-%m}")
    await lock_journal(uow.sql)
    latest = await uow.sql.fetchval("SELECT max(month) FROM periods WHERE state = 'closed'")
    if latest is not None and first <= latest:
        raise PeriodAlreadyClosed(f"{first:%Y-%m}; closed through {latest:%Y-%m}")
    await uow.sql.execute(
        "INSERT INTO periods (month, state, closed_at, closed_by) VALUES ($1, 'closed', $2, $3)",
        *(first, uow.now, uow.actor.id),
    )
    head = await seal(uow)
    after = {"month": first.isoformat(), "head": str(head) if head else None}
    audit.record(uow, "period.closed", after=after)
