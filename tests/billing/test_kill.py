"""A bill run survives `kill -9` at any point: every bill once, the same bytes as without.

Seeded: after how many chunks, and how soon after, comes from SEED. Each kill is a real SIGKILL of
a real worker process on a real database, and counts only when it met the worker alive.
"""

import asyncio
import os
import random
import signal
import sys
from pathlib import Path
from uuid import UUID

import pytest

from curbstop import wiring
from curbstop.billing.runs import actions
from curbstop.billing.runs.prepare import prepare_run
from curbstop.billing.runs.schemas import RunRequest
from curbstop.identity.permissions import Role
from curbstop.ledger.seals.verify import first_finding, verify
from curbstop.platform.database import Database
from tests.conftest import _database_copy, make_actor
from tests.factories.billing import a_district

SEED = 20261123
ACCOUNTS, CHUNK, KILLS_EACH = 360, 6, 6
RUN = UUID("0199aaaa-0000-7000-8000-000000000001")
ROOT = Path(__file__).resolve().parents[2]

# Everything that a run leaves behind, without the moments and the numbers that only order them.
RESULTS = {
    "bills": "SELECT * FROM bills ORDER BY id",
    "segments": "SELECT * FROM bill_segments ORDER BY bill_id, agreement_id",
    "lines": "SELECT * FROM bill_lines ORDER BY bill_id, line",
    "exceptions": "SELECT id, account_id, code, reason FROM run_exceptions ORDER BY id",
    "statements": "SELECT bill_id, account_id, previous_cents, payments_cents, adjustments_cents,"
    " current_cents, total_due_cents FROM statements ORDER BY bill_id",
    "entries": "SELECT id, kind, posted_on, source_type, source_id, account_id, memo"
    " FROM journal_entries ORDER BY id",
    "journal": "SELECT * FROM journal_lines ORDER BY entry_id, line",
    "items": "SELECT * FROM open_items ORDER BY id",
    "balances": "SELECT * FROM account_balances ORDER BY account_id",
}
CHUNKS_DONE = """
SELECT count(*) FROM run_chunks c JOIN bill_runs r ON r.id = c.run_id
WHERE c.state = CASE r.state WHEN 'draft' THEN 'calculated' ELSE 'posted' END
"""


class Killer:
    """Starts workers and kills them after delays drawn from SEED."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.url = database.url
        self.random = random.Random(SEED)
        self.met_alive = 0
        self.seen: list[int] = []

    async def worker(self, chunks: int | None, delay: float = 0) -> None:
        """One worker; killed `delay` seconds after its `chunks`-th chunk, or left to finish."""
        before = await self.done()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.billing.killable_worker", self.url),
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": f"{ROOT / 'api'}{os.pathsep}{ROOT}"},
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
        if chunks is not None:
            while process.returncode is None and await self.done() < before + chunks:  # noqa: ASYNC110
                await asyncio.sleep(0.001)  # another process cannot set an event of ours
            await asyncio.sleep(delay)
            if process.returncode is None:
                process.send_signal(signal.SIGKILL)
        await process.communicate()
        self.met_alive += process.returncode == -signal.SIGKILL
        if chunks is None:
            assert process.returncode == 0

    async def done(self) -> int:
        """Chunks that are through the step that the run is in."""
        async with self.database.read(make_actor(Role.AUDITOR)) as reader:
            return await reader.sql.fetchval(CHUNKS_DONE)

    async def until_done(self) -> None:
        """Kill `KILLS_EACH` workers in the middle of their work, then let one finish."""
        for _ in range(KILLS_EACH):
            await self.worker(self.random.randint(0, 4), self.random.uniform(0, 0.05))
            self.seen.append(await self.done())
        await self.worker(None)


async def run_through(database: Database, work) -> int:
    """Prepare, calculate, approve and post, with `work` doing what is queued; returns the cents."""
    clerk, chief = make_actor(Role.TECHNICIAN), make_actor(Role.SUPERVISOR)
    async with database.write(clerk) as uow:
        district = await a_district(uow.sql, ACCOUNTS)
    async with database.write(clerk) as uow:
        request = RunRequest(id=RUN, name="May", cycle_period_id=district.may_id)
        await prepare_run(uow, request)
    async with database.write(clerk) as uow:
        await actions.calculate_run(uow, RUN, CHUNK)
    await work()
    async with database.write(clerk) as uow:
        run = await actions.review_run(uow, RUN)
    async with database.write(chief) as uow:
        await actions.approve_run(uow, RUN)
    async with database.write(chief) as uow:
        await actions.post_run(uow, RUN)
    await work()
    return run.current_cents


async def results(database: Database) -> dict[str, list[tuple]]:
    async with database.read(make_actor(Role.AUDITOR)) as reader:
        return {
            name: [tuple(row) for row in await reader.sql.fetch(query)]
            for name, query in RESULTS.items()
        }


@pytest.mark.slow
async def test_a_run_that_is_killed_again_and_again_is_the_run_that_was_not(cluster, settings):
    async with _database_copy(cluster) as calm_url, _database_copy(cluster) as wild_url:
        calm = Database(calm_url, settings, wiring.handlers())
        wild = Database(wild_url, settings, wiring.handlers())
        await calm.start()
        await wild.start()
        cents = await run_through(calm, lambda: Killer(calm).worker(None))
        killer = Killer(wild)
        assert await run_through(wild, killer.until_done) == cents
        chunks = ACCOUNTS // CHUNK
        print(
            f"seed {SEED}: {killer.met_alive} kills; chunks of {chunks} done at each: {killer.seen}"
        )
        assert killer.met_alive >= 10
        assert sum(0 < done < chunks for done in killer.seen) >= 4  # they fell in the middle

        expected, found = await results(calm), await results(wild)
        assert len(found["bills"]) == len({row[0] for row in found["bills"]}) == ACCOUNTS
        for name in RESULTS:
            assert found[name] == expected[name], name
        assert sum(row[-1] for row in found["lines"]) == cents
        async with wild.read(make_actor(Role.AUDITOR)) as reader:
            state = await reader.sql.fetchval("SELECT state FROM bill_runs")
            finding = first_finding(await verify(reader.sql))
        await calm.stop()
        await wild.stop()
    assert (state, finding) == ("posted", None)
