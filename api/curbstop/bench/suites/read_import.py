"""Import of a month's reads with their validation, beside COPY of the very same reads.

The clock runs from the last byte of the upload to the commit: keeping the file and its raw lines,
parsing, matching, insertion, the rules, the edit list. Each round works in a fresh copy of the
database, and its COPY follows at once in another.
"""

import asyncio
import secrets
import time
from dataclasses import dataclass
from statistics import median
from uuid import UUID

import asyncpg

from curbstop.bench.bench import Bench
from curbstop.bench.figures import Figure, Ratio, at_most
from curbstop.bench.machine import peak_memory_mib
from curbstop.bench.suites.read_plant import fill
from curbstop.bench.yardsticks.copying import Rows, copy_floor
from curbstop.identity.actions import add_user
from curbstop.identity.permissions import Role
from curbstop.identity.schemas import UserRequest
from curbstop.kernel.dates import add_months, local_date
from curbstop.kernel.ids import uuid7
from curbstop.platform.database import utc_now
from curbstop.platform.migrate import migrate
from curbstop.platform.uow import SYSTEM, Actor
from curbstop.readings.imports.actions import Received, receive, resume_import

METERS_PER_ACCOUNT = 10
ROUNDS = 3
PLANT = "read_plant"


@dataclass(frozen=True)
class Round:
    """One import and the COPY after it."""

    seconds: float
    floor: float
    reads: int
    exceptions: int

    @property
    def ratio(self) -> float:
        return self.seconds / self.floor


async def measure(bench: Bench) -> list[Figure]:
    """Reads a second and the ratio to COPY, medians of three rounds; peak memory of the process.

    Ten meters for every account of the bench's size, each with fourteen months of reads.
    """
    data = await _plant(bench, bench.accounts * METERS_PER_ACCOUNT)
    rounds, peak = [], 0.0
    for _ in range(ROUNDS):
        import_id = uuid7()
        url = await bench.copy(PLANT, "read_import")
        seconds, reads, exceptions = await _import(bench, url, import_id, data)
        peak = peak or peak_memory_mib()  # the COPY holds all rows in memory, the import does not
        floor = await _floor(bench, url, import_id)
        rounds.append(Round(seconds, floor, reads, exceptions))
    middle = sorted(rounds, key=lambda one: one.ratio)[len(rounds) // 2]
    rate = median(one.reads / one.seconds for one in rounds)
    ratio = Ratio("COPY of the same reads (time)", middle.ratio, at_most(3))
    details: dict[str, float | int | str] = {
        "reads": middle.reads,
        "exceptions": middle.exceptions,
        "import_s": round(middle.seconds, 2),
        "floor_s": round(middle.floor, 2),
        "ratios": " ".join(f"{one.ratio:.2f}" for one in rounds),
    }
    what = "reads imported and validated from one file, to the commit"
    memory = "peak of the importing process, the file of reads included"
    return [
        Figure("read_import", rate, "reads/s", what, None, [ratio], details),
        Figure("read_import_memory", peak, "MiB", memory, at_most(500)),
    ]


async def _plant(bench: Bench, meters: int) -> bytes:
    """The database to copy from, and the file of the newest month that lies behind today."""
    bench.say(f"making a plant of {meters:,} meters")
    await bench.admin("GRANT SET ON PARAMETER session_replication_role TO curbstop")
    await bench.admin(f'CREATE DATABASE "{PLANT}" OWNER curbstop')
    url = bench.cluster.url(PLANT)
    await asyncio.to_thread(migrate, url)
    today = local_date(utc_now(), bench.settings.zone)
    return await fill(url, meters, add_months(today.replace(day=1), -1))


async def _import(bench: Bench, url: str, import_id: UUID, data: bytes) -> tuple[float, int, int]:
    """Seconds, reads and exceptions of the import: received, then done as its job does it."""
    clerk = UserRequest(
        id=uuid7(),
        email=f"{import_id.hex}@bench.example",
        name="Bench",
        roles=[Role.ADMINISTRATOR],
        password=secrets.token_urlsafe(16),
    )
    file = Received(import_id, "month.csv", "generic-csv", {}, data)
    async with bench.opened(url) as database:
        async with database.write(SYSTEM) as uow:
            await add_user(uow, clerk)
        actor, started = Actor(clerk.id, clerk.name), time.perf_counter()
        async with database.write(actor) as uow:
            await receive(uow, file)
        async with database.write(actor) as uow:
            done = await resume_import(uow, import_id)
        return time.perf_counter() - started, done.reads_added, done.exceptions


async def _floor(bench: Bench, url: str, import_id: UUID) -> float:
    """Seconds of a COPY of the import's reads; the month's partition is there beforehand."""
    before = await bench.copy(PLANT, "read_import_floor")
    connection = await asyncpg.connect(url)
    (days,) = await connection.fetch(
        "SELECT first_read_on, last_read_on FROM read_imports WHERE id = $1", import_id
    )
    await connection.close()
    connection = await asyncpg.connect(before)
    await connection.execute("SELECT public.ensure_read_partitions($1, $2)", *days.values())
    await connection.close()
    return (await copy_floor(url, before, [Rows("reads", f"import_id = '{import_id}'")])).seconds
