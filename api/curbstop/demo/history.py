"""The past two years, lived through by the rooms' own acts at the clock of their day."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from curbstop import wiring
from curbstop.billing.runs import actions as runs
from curbstop.billing.runs.prepare import prepare_run
from curbstop.billing.runs.schemas import RunRequest
from curbstop.demo.calendar import DemoCycle, Round
from curbstop.demo.chance import Chance
from curbstop.demo.load import District
from curbstop.demo.staff import Colleague
from curbstop.identity.permissions import Role
from curbstop.platform.database import Database
from curbstop.platform.queue import run_job
from curbstop.platform.uow import SYSTEM

OFFICE_HOUR = time(18)  # 10 or 11 in the morning at the district


class Past:
    """The district's database at the clock of a day gone by."""

    def __init__(self, database: Database, staff: dict[Role, Colleague]) -> None:
        self._today = datetime.now(UTC)
        self.database = Database(
            database.url, database.settings, wiring.handlers(), clock=lambda: self._today
        )
        self.staff = staff

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Past"]:
        """Use its own pools."""
        await self.database.start()
        try:
            yield self
        finally:
            await self.database.stop()

    def go_to(self, day: date) -> None:
        """Turn the clock to a day's office hour."""
        self._today = datetime.combine(day, OFFICE_HOUR, UTC)

    async def analyze(self) -> None:
        """Let the planner see how the tables have grown."""
        async with self.database.write(SYSTEM) as uow:
            await uow.sql.execute("ANALYZE")

    async def finish_jobs_of(self, subject_id: UUID) -> None:
        """Run the jobs about something here and now. Raises RuntimeError when one failed."""
        async with self.database.read(SYSTEM) as reader:
            rows = await reader.sql.fetch(
                "SELECT id FROM jobs WHERE subject_id = $1 AND state = 'queued' ORDER BY id",
                subject_id,
            )
        for row in rows:
            await self.finish(row["id"])

    async def finish(self, job_id: UUID) -> None:
        """Run a job here and now. Raises RuntimeError when it failed."""
        await run_job(self.database, wiring.jobs(), job_id)
        async with self.database.read(self.staff[Role.TECHNICIAN].actor) as reader:
            row = await reader.sql.fetchrow("SELECT state, error FROM jobs WHERE id = $1", job_id)
        if row is None or row["state"] != "done":
            raise RuntimeError(f"a job of the demo's past failed: {row and row['error']}")


@dataclass(frozen=True, slots=True)
class BilledRound:
    """A round of the past with the run that billed it."""

    cycle: DemoCycle
    round: Round
    run_id: UUID


def rounds_to_bill(district: District, read_through: dict[str, date]) -> list[BilledRound]:
    """Every round that has been read and whose bills are out by today, in the order of billing."""
    chance = Chance(district.seed, "runs")
    found = [
        (each.bill_on, cycle, each)
        for cycle in district.cycles
        for each in cycle.rounds
        if each.start >= district.books_from
        and each.end <= read_through[cycle.code]
        and each.bill_on <= district.today
    ]
    found.sort(key=lambda item: (item[0], item[1].number))
    return [BilledRound(cycle, each, chance.id()) for _, cycle, each in found]


async def bill_round(past: Past, billed: BilledRound) -> None:
    """Prepare, calculate, review, approve and post one run, by two people, on its day."""
    technician, supervisor = past.staff[Role.TECHNICIAN].actor, past.staff[Role.SUPERVISOR].actor
    past.go_to(billed.round.bill_on)
    request = RunRequest(
        id=billed.run_id,
        name=f"Cycle {billed.cycle.code}, {billed.round.end:%B %Y}",
        cycle_period_id=billed.round.id,
    )
    async with past.database.write(technician) as uow:
        await prepare_run(uow, request)
        job = await runs.calculate_run(uow, billed.run_id)
    await past.finish(job)
    async with past.database.write(technician) as uow:
        await runs.review_run(uow, billed.run_id)
    async with past.database.write(supervisor) as uow:
        await runs.approve_run(uow, billed.run_id)
        job = await runs.post_run(uow, billed.run_id)
    await past.finish(job)
