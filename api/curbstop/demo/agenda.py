"""The office's diary of the past two years, and living it day by day."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import NamedTuple

from curbstop.demo.chance import Chance
from curbstop.demo.history import BilledRound, Past, bill_round, rounds_to_bill
from curbstop.demo.load import District, Tell
from curbstop.demo.money import pay_round
from curbstop.identity.permissions import Role
from curbstop.kernel.dates import add_months
from curbstop.ledger.penalties import actions as penalties
from curbstop.ledger.penalties.schemas import PenaltyRunIn
from curbstop.ledger.periods.actions import close_period

EARLY = timedelta(days=-5)  # before the due date
LATE = timedelta(days=16)
MONTHS_OPEN = 2  # the last months stay open for corrections


class Entry(NamedTuple):
    """Something that the office did on a day; on the same day the lower `turn` comes first."""

    on: date
    turn: int
    what: str
    do: Callable[[], Awaitable[None]]


def write_agenda(past: Past, district: District, read_through: dict[str, date]) -> list[Entry]:
    """Every bill run, payment batch, penalty run and month-end up to yesterday, in order."""
    entries = []
    for billed in rounds_to_bill(district, read_through):
        entries.append(_billing(past, billed))
        entries += [_paying(past, district, billed, *batch) for batch in _batches(billed)]
    chance, month = Chance(district.seed, "month-ends"), add_months(district.books_from, 2)
    while month < district.today:
        entries.append(_month_end(past, district, chance, month))
        month = add_months(month, 1)
    return sorted(e for e in entries if e.on < district.today)


def _batches(billed: BilledRound) -> list[tuple[str, date]]:
    due_on = billed.round.due_on
    return [("early", due_on + EARLY), ("late", due_on + LATE)]


def _billing(past: Past, billed: BilledRound) -> Entry:
    async def bill() -> None:
        await bill_round(past, billed)

    return Entry(billed.round.bill_on, 0, f"run {billed.cycle.code} {billed.round.end}", bill)


def _paying(past: Past, district: District, billed: BilledRound, batch: str, on: date) -> Entry:
    async def pay() -> None:
        await pay_round(past, district, billed, batch, on)

    return Entry(on, 1, f"payments {billed.cycle.code} {on} {batch}", pay)


def _month_end(past: Past, district: District, chance: Chance, month: date) -> Entry:
    """On the first of a month: penalties on what is past due, and an older month is closed."""
    run_id = chance.id()
    closing = add_months(month, -MONTHS_OPEN)

    async def end_month() -> None:
        past.go_to(month)
        accountant = past.staff[Role.ACCOUNTANT].actor
        async with past.database.write(accountant) as uow:
            await penalties.start_run(uow, PenaltyRunIn(id=run_id, as_of_on=month))
        await past.finish_jobs_of(run_id)
        async with past.database.write(accountant) as uow:
            await close_period(uow, closing)

    return Entry(month, 2, f"month-end {month}", end_month)


async def live(past: Past, district: District, read_through: dict[str, date], tell: Tell) -> None:
    """Do everything in the diary, day by day."""
    agenda = write_agenda(past, district, read_through)
    for place, entry in enumerate(agenda, start=1):
        await entry.do()
        if place & (place - 1) == 0:  # at every doubling: plans made for empty tables are poor
            await past.analyze()
        if place % 40 == 0 or place == len(agenda):
            tell(f"lived through {entry.on} ({place} of {len(agenda)} acts)")
