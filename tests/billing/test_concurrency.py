"""Two runs at once: each account and period gets one bill, by the database if all else fails."""

import asyncio

import pytest

from curbstop import wiring
from curbstop.billing.runs import actions, inputs
from curbstop.billing.runs.prepare import prepare_run
from curbstop.billing.runs.schemas import RunRequest
from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from curbstop.platform.queue import run_job
from tests.conftest import make_actor
from tests.factories.billing import MAY, District, a_district

CLERK = make_actor(Role.TECHNICIAN)
ACCOUNTS = 60


async def a_run(database, district: District):
    """An off-cycle run of everyone, with its calculation queued in small chunks."""
    async with database.write(CLERK) as uow:
        request = RunRequest(
            id=uuid7(),
            name="May",
            account_ids=list(district.accounts),
            reason="Bills outside the calendar",
            period_from=MAY.start,
            period_to=MAY.end,
            bill_on=MAY.end,
        )
        run = await prepare_run(uow, request)
        await actions.calculate_run(uow, run.id, 7)
    return run.id


async def work_everything(database) -> list[str]:
    """Run all queued jobs at once; returns how each ended."""
    async with database.read(CLERK) as reader:
        jobs = await reader.sql.fetch("SELECT id FROM jobs WHERE state = 'queued'")
    await asyncio.gather(*(run_job(database, wiring.jobs(), job["id"]) for job in jobs))
    async with database.read(CLERK) as reader:
        return [row["state"] for row in await reader.sql.fetch("SELECT state FROM jobs")]


async def bills_and_accounts(database) -> tuple[int, int]:
    async with database.read(CLERK) as reader:
        row = await reader.sql.fetchrow("SELECT count(*), count(DISTINCT account_id) FROM bills")
    return row[0], row[1]


@pytest.fixture
async def district(fresh_database) -> District:
    async with fresh_database.write(CLERK) as uow:
        return await a_district(uow.sql, ACCOUNTS)


async def test_two_runs_started_together_bill_everyone_once(fresh_database, district):
    runs = [await a_run(fresh_database, district) for _ in range(2)]
    states = await work_everything(fresh_database)
    assert set(states) == {"done"}
    assert await bills_and_accounts(fresh_database) == (ACCOUNTS, ACCOUNTS)
    async with fresh_database.read(CLERK) as reader:
        rows = await reader.sql.fetch(
            "SELECT r.id, r.billed, (SELECT count(*) FROM run_exceptions e WHERE e.run_id = r.id"
            " AND e.code = 'other_run') AS held FROM bill_runs r"
        )
    assert sum(row["billed"] for row in rows) == ACCOUNTS
    assert {row["id"] for row in rows} == set(runs)
    # Whoever came second says so for every service that the first one holds.
    assert sum(row["held"] > 0 for row in rows) >= 1


async def test_without_the_check_in_code_the_database_still_holds(
    fresh_database, district, monkeypatch
):
    honest = inputs._agreement

    def blind(row):
        facts = honest(row)
        facts.other_run, facts.billed_to = None, None  # as if no other run had ever billed
        return facts

    monkeypatch.setattr(inputs, "_agreement", blind)
    for _ in range(2):
        await a_run(fresh_database, district)
    states = await work_everything(fresh_database)
    assert "failed" in states
    assert await bills_and_accounts(fresh_database) == (ACCOUNTS, ACCOUNTS)
