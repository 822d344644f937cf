"""Bill runs of a whole district: calculated, posted, sealed, beside COPY of the very same rows.

Every register is read for the month after the last bills; then all cycles are billed. On the clock
are the jobs: laying out, calculation, posting with journal and audit, and sealing, which is counted
whole though it goes on beside the next cycle's calculation.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import asyncpg

from curbstop.bench.bench import Bench
from curbstop.bench.figures import Figure, Ratio, at_least, at_most
from curbstop.bench.office import Caller, Office, client_token, served
from curbstop.bench.suites.next_month import idle, read_on
from curbstop.bench.yardsticks import tpcb
from curbstop.bench.yardsticks.copying import Floor, Rows, copy_floor
from curbstop.kernel.ids import uuid7

SMALL = 2_000
REASON = "Left out by the bench"


@dataclass
class Billed:
    """What the runs of one district came to."""

    bills: int = 0
    lines: int = 0
    calculating: float = 0.0
    posting: float = 0.0
    sealing: float = 0.0
    peak_mib: float = 0.0
    runs: list[str] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return self.calculating + self.posting + self.sealing

    @property
    def rate(self) -> float:
        """Bills a second."""
        return self.bills / self.seconds


async def measure(bench: Bench) -> list[Figure]:
    """Rate, floor, growth and memory of the large district's runs."""
    small = None
    if bench.accounts > SMALL:
        small, _ = await _district(bench, SMALL)
    large, floor = await _district(bench, bench.accounts)
    ratios = [
        Ratio("COPY of the same rows (time)", large.seconds / floor.seconds, at_most(2)),
        Ratio("TPC-B's tps", large.rate / bench.yardsticks[tpcb.NAME].value, at_least(3)),
    ]
    if small:
        growth = large.seconds / large.bills / (small.seconds / small.bills)
        ratios.append(Ratio(f"time per bill at {SMALL:,} accounts", growth, at_most(1.1)))
    details: dict[str, float | int | str] = {
        "bills": large.bills,
        "lines": large.lines,
        "calculating_s": round(large.calculating, 2),
        "posting_s": round(large.posting, 2),
        "sealing_s": round(large.sealing, 2),
        "floor_s": round(floor.seconds, 2),
        "floor_rows": floor.rows,
    }
    what = "bills calculated, posted and sealed: lines, explanation, journal, open items, audit"
    return [
        Figure("bill_run", large.rate, "bills/s", what, None, ratios, details),
        Figure(
            *("bill_run_memory", large.peak_mib, "MiB", "the larger of the two processes' peaks"),
            at_most(500),
        ),
    ]


async def _district(bench: Bench, accounts: int) -> tuple[Billed, Floor]:
    template = await bench.district(accounts)
    url = await bench.copy(template, "bill_runs")
    async with served(bench, url):
        periods = await read_on(url)
    before = await bench.copy("bill_runs", "bill_runs_floor")
    moment = await _now(url)
    async with served(bench, url) as office, _second_worker(url) as worker:
        bench.say(f"billing {accounts:,} accounts in {len(periods)} runs")
        billed = await _bill(bench, url, office, periods)
        billed.sealing = await _sealing_seconds(url, moment)
        billed.peak_mib = max(_peak_mib(office.pid), _peak_mib(worker))
    floor = await copy_floor(url, before, _written(billed.runs, moment))
    connection = await asyncpg.connect(url)
    billed.lines = await connection.fetchval(
        "SELECT count(*) FROM bill_lines l JOIN bills b ON b.id = l.bill_id"
        " WHERE b.run_id = ANY($1::text[]::uuid[])",
        billed.runs,
    )
    await connection.close()
    return billed, floor


async def _sealing_seconds(url: str, since: datetime) -> float:
    """How long the seals took that the posted runs asked for."""
    connection = await asyncpg.connect(url)
    try:
        await idle(connection)
        seconds = await connection.fetchval(
            "SELECT coalesce(extract(epoch FROM sum(finished_at - started_at)), 0)::float8"
            " FROM jobs WHERE kind = 'ledger.seal' AND created_at >= $1",
            since,
        )
        return float(seconds)
    finally:
        await connection.close()


async def _bill(bench: Bench, url: str, office: Office, periods: list[str]) -> Billed:
    preparer = Caller(office)
    approver = Caller(office, await client_token(bench, url, office.address))
    billed = Billed()
    for period in periods:
        run = str(uuid7())
        request = {"id": run, "name": "Bench", "cycle_period_id": period}
        await preparer.post("/bill-runs", request)
        accepted = await preparer.post(f"/bill-runs/{run}/calculate")
        billed.calculating += await preparer.job(accepted)
        await _excuse_all(preparer, run)
        await preparer.post(f"/bill-runs/{run}/review")
        await approver.post(f"/bill-runs/{run}/approve")
        billed.posting += await preparer.job(await preparer.post(f"/bill-runs/{run}/post"))
        billed.bills += (await preparer.get(f"/bill-runs/{run}"))["billed"]
        billed.runs.append(run)
    await preparer.close()
    await approver.close()
    return billed


async def _excuse_all(caller: Caller, run: str) -> None:
    query = f"/bill-runs/{run}/exceptions?excused=false&severity=block&limit=500"
    while (page := await caller.get(query))["items"]:
        for item in page["items"]:
            path = f"/bill-runs/{run}/exceptions/{item['id']}/excuse"
            await caller.post(path, {"reason": REASON})


def _written(runs: list[str], since: datetime) -> list[Rows]:
    """What the runs wrote, parents first; runs and chunks as they begin."""
    of_runs = f"run_id IN ({', '.join(repr(run) for run in runs)})"
    own_bills = f"bill_id IN (SELECT id FROM bills WHERE {of_runs})"  # noqa: S608 - our own ids
    entries = f"SELECT id FROM journal_entries WHERE posted_at >= '{since.isoformat()}'"  # noqa: S608
    draft = {
        "state": "'draft'::text",
        "approved_by": "NULL::uuid",
        "approved_at": "NULL::timestamptz",
    }
    pending = {"state": "'pending'::text"}
    return [
        Rows("bill_runs", of_runs.replace("run_id", "id"), draft),
        Rows("run_chunks", of_runs, pending),
        Rows("bills", of_runs),
        Rows("bill_segments", own_bills),
        Rows("bill_lines", own_bills),
        Rows("statements", own_bills),
        Rows("journal_entries", f"id IN ({entries})", left_out=("txid",)),
        Rows("open_items", f"entry_id IN ({entries})"),
        Rows("journal_lines", f"entry_id IN ({entries})"),
        Rows("applications", f"entry_id IN ({entries})"),
        Rows("seals", f"sealed_at >= '{since.isoformat()}'"),
        Rows("audit_events", f"at >= '{since.isoformat()}'"),
    ]


async def _now(url: str) -> datetime:
    connection = await asyncpg.connect(url)
    try:
        moment: Any = await connection.fetchval("SELECT clock_timestamp()")
        return datetime.fromisoformat(moment.isoformat())
    finally:
        await connection.close()


@asynccontextmanager
async def _second_worker(url: str) -> AsyncIterator[int]:
    """`curbstop worker` beside the server's own jobs, as a machine of two cores is used."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "curbstop.cli", "worker"),
        env=os.environ | {"CURBSTOP_DATABASE_URL": url},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        await process.wait()


def _peak_mib(pid: int) -> float:
    """The largest resident size of a process so far; 0 where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    for line in status.read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0
