"""Import of a month's reads with their validation, beside COPY of the very same reads.

The clock runs from the last byte of the upload to the commit: keeping the file and its raw lines,
parsing, matching, insertion, the rules, the edit list. Each round works in a fresh copy of the
database, and its COPY follows at once in another.
"""

import asyncio
import secrets
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from statistics import median
from typing import NamedTuple
from uuid import UUID

import asyncpg

from curbstop import wiring
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
from curbstop.platform.database import Database, utc_now
from curbstop.platform.migrate import migrate
from curbstop.platform.settings import Settings
from curbstop.platform.uow import SYSTEM, Actor
from curbstop.readings.imports.actions import Received, receive, resume_import

METERS_PER_ACCOUNT = 10
ROUNDS = 3
PLANT = "read_plant"


class Imported(NamedTuple):
    """What an import took and brought; its process's peak memory in MiB."""

    seconds: float
    reads: int
    exceptions: int
    peak_mib: float


class Round(NamedTuple):
    """One import and the COPY after it."""

    imported: Imported
    floor: float

    @property
    def ratio(self) -> float:
        return self.imported.seconds / self.floor


async def measure(bench: Bench) -> list[Figure]:
    """Reads a second and the ratio to COPY, medians of three rounds; peak memory of the process.

    Ten meters for every account of the bench's size, each with fourteen months of reads.
    """
    data = await _plant(bench, bench.accounts * METERS_PER_ACCOUNT)
    rounds = []
    for _ in range(ROUNDS):
        import_id = uuid7()
        url = await bench.copy(PLANT, "read_import")
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
            imported = await asyncio.get_running_loop().run_in_executor(
                alone, _import_alone, url, bench.settings, import_id, data
            )
        rounds.append(Round(imported, await _floor(bench, url, import_id)))
    middle = sorted(rounds, key=lambda one: one.ratio)[len(rounds) // 2]
    rate = median(one.imported.reads / one.imported.seconds for one in rounds)
    ratio = Ratio("COPY of the same reads (time)", middle.ratio, at_most(3))
    details: dict[str, float | int | str] = {
        "reads": middle.imported.reads,
        "exceptions": middle.imported.exceptions,
        "import_s": round(middle.imported.seconds, 2),
        "floor_s": round(middle.floor, 2),
        "ratios": " ".join(f"{one.ratio:.2f}" for one in rounds),
    }
    what = "reads imported and validated from one file, to the commit"
    memory = "peak of the importing process, the file of reads included"
    peak = max(one.imported.peak_mib for one in rounds)
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


def _import_alone(url: str, settings: Settings, import_id: UUID, data: bytes) -> Imported:
    """One import in a process of its own, whose memory no earlier measure has raised."""
    return asyncio.run(_import(url, settings, import_id, data))


async def _import(url: str, settings: Settings, import_id: UUID, data: bytes) -> Imported:
    """The import as its job does it: received, then done."""
    clerk = UserRequest(
        id=uuid7(),
        email=f"{import_id.hex}@bench.example",
        name="Bench",
        roles=[Role.ADMINISTRATOR],
        password=secrets.token_urlsafe(16),
    )
    file = Received(import_id, "month.csv", "generic-csv", {}, data)
    database = Database(url, settings, wiring.handlers())
    await database.start()
    try:
        async with database.write(SYSTEM) as uow:
            await add_user(uow, clerk)
        actor, started = Actor(clerk.id, clerk.name), time.perf_counter()
        async with database.write(actor) as uow:
            await receive(uow, file)
        async with database.write(actor) as uow:
            done = await resume_import(uow, import_id)
        seconds = time.perf_counter() - started
        return Imported(seconds, done.reads_added, done.exceptions, peak_memory_mib())
    finally:
        await database.stop()


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
