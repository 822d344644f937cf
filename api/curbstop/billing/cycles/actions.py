"""Set up cycles, extend their calendars, move accounts between them."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import select

from curbstop.audit import actions as audit
from curbstop.billing import terms
from curbstop.billing.cycles import queries
from curbstop.billing.cycles.calendar import PlannedPeriod, Rhythm, plan_periods
from curbstop.billing.cycles.models import Cycle, CycleAccount, CyclePeriod, CycleRequest
from curbstop.billing.cycles.problems import (
    AccountsUnknown,
    CalendarHasGap,
    CycleCodeTaken,
    CycleNotFound,
    MoveNotForward,
)
from curbstop.billing.cycles.schemas import CalendarRequest, CycleOut, MembersOut, MembersRequest
from curbstop.kernel.errors import IdempotencyConflict
from curbstop.kernel.ids import uuid7
from curbstop.platform.uow import Uow


async def add_cycle(uow: Uow, request: CycleRequest) -> CycleOut:
    """Set up a cycle. Raises CycleCodeTaken, IdempotencyConflict (same id, other content)."""
    if earlier := await uow.session.get(Cycle, request.id):
        if CycleRequest.model_validate(earlier, from_attributes=True) != request:
            raise IdempotencyConflict(str(request.id))
        return await queries.find_cycle(uow.sql, request.id)
    if (await uow.session.exec(select(Cycle).where(Cycle.code == request.code))).first():
        raise CycleCodeTaken(request.code)
    uow.session.add(Cycle(**request.model_dump()))
    audit.record(uow, "cycle.added", request.id, after=request.model_dump(mode="json"))
    await uow.session.flush()
    return await queries.find_cycle(uow.sql, request.id)


async def extend_calendar(uow: Uow, cycle_id: UUID, request: CalendarRequest) -> list[UUID]:
    """Add periods to the end of the calendar, due by the policy when no days are asked for.

    Returns the new periods' ids. Raises CycleNotFound, CalendarHasGap.
    """
    cycle = await uow.session.get(Cycle, cycle_id, with_for_update=True)
    if cycle is None:
        raise CycleNotFound(str(cycle_id))
    ends = await queries.calendar_ends(uow.sql, cycle_id)
    if ends is not None and request.start_on != ends[1]:
        raise CalendarHasGap(f"the calendar ends on {ends[1]}; the next period starts there")
    rhythm = Rhythm(
        months=cycle.frequency.months,
        read_days_before=request.read_days_before,
        read_days_after=request.read_days_after,
        bill_days_after=request.bill_days_after,
        due_days=request.due_days or await terms.due_days(uow.sql, request.start_on),
    )
    closed = await terms.closed_days(uow.sql, request.start_on)
    anchor = ends[0] if ends else request.start_on
    try:
        planned = plan_periods(anchor, request.start_on, request.periods, rhythm, closed)
    except ValueError as off_rhythm:
        raise CalendarHasGap(str(off_rhythm)) from off_rhythm
    periods = _rows(cycle_id, planned, follows=ends is not None)
    for period in periods:  # each one's foreign key needs the row before it
        uow.session.add(period)
        await uow.session.flush()
    after = {"from": str(request.start_on), "periods": request.periods}
    audit.record(uow, "cycle.calendar_extended", cycle_id, after=after)
    return [period.id for period in periods]


def _rows(cycle_id: UUID, planned: Sequence[PlannedPeriod], *, follows: bool) -> list[CyclePeriod]:
    return [
        CyclePeriod(
            id=uuid7(),
            cycle_id=cycle_id,
            period_from=plan.period.start,
            period_to=plan.period.end,
            follows_on=plan.period.start if follows or place else None,
            read_from=plan.read_from,
            read_to=plan.read_to,
            bill_on=plan.bill_on,
            due_on=plan.due_on,
        )
        for place, plan in enumerate(planned)
    ]


async def move_accounts(uow: Uow, cycle_id: UUID, request: MembersRequest) -> MembersOut:
    """Put accounts into the cycle from a day on; a stay elsewhere ends that day.

    Raises CycleNotFound, AccountsUnknown, MoveNotForward (a stay starts on or after that day).
    """
    if await uow.session.get(Cycle, cycle_id, with_for_update=True) is None:
        raise CycleNotFound(str(cycle_id))
    wanted = list(dict.fromkeys(request.account_ids))
    await require_accounts(uow, wanted)
    now_in = await queries.members_on(uow.sql, wanted, request.from_on)
    moving = [account for account in wanted if now_in.get(account) != cycle_id]
    await _require_forward(uow, moving, request.from_on)
    await uow.sql.execute(
        "UPDATE cycle_accounts SET to_on = $2 WHERE account_id = ANY($1)"
        " AND from_on < $2 AND (to_on IS NULL OR to_on > $2)",
        *(moving, request.from_on),
    )
    rows = [(uuid7(), account, cycle_id, request.from_on) for account in moving]
    columns = ("id", "account_id", "cycle_id", "from_on")
    await uow.sql.copy(CycleAccount.__tablename__, columns, rows)
    after = {"from": str(request.from_on), "accounts": [str(account) for account in moving]}
    audit.record(uow, "cycle.accounts_moved", cycle_id, after=after)
    return MembersOut(moved=len(moving), already=len(wanted) - len(moving))


async def require_accounts(uow: Uow, account_ids: list[UUID]) -> None:
    """Raises AccountsUnknown when one of them does not exist."""
    unknown = await uow.sql.fetchval(
        "SELECT array_agg(w.id) FROM unnest($1::uuid[]) AS w(id)"
        " LEFT JOIN accounts a ON a.id = w.id WHERE a.id IS NULL",
        account_ids,
    )
    if unknown:
        raise AccountsUnknown(", ".join(str(account) for account in unknown[:10]))


async def _require_forward(uow: Uow, account_ids: list[UUID], from_on: date) -> None:
    later = await uow.sql.fetchrow(
        "SELECT a.number, m.from_on FROM cycle_accounts m JOIN accounts a ON a.id = m.account_id"
        " WHERE m.account_id = ANY($1) AND m.from_on >= $2 ORDER BY a.number LIMIT 1",
        *(account_ids, from_on),
    )
    if later is not None:
        raise MoveNotForward(f"account {later['number']} is in a cycle from {later['from_on']}")
