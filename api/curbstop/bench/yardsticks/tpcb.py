"""TPC-B as pgbench has it: five statements and a commit per transaction.

With the `pgbench` program where the PostgreSQL has one, else the same transaction over asyncpg,
which is slower per statement; the yardstick's `how` says which it was.
"""

import asyncio
import random
import re
import time

import asyncpg

from curbstop.bench.figures import Yardstick
from curbstop.platform.embedded.binaries import Binaries
from curbstop.platform.embedded.errors import EmbeddedError

SCALE = 10
CLIENTS = 8
ACCOUNTS_PER_BRANCH = 100_000
TELLERS_PER_BRANCH = 10
NAME = "tpcb"
TRANSACTION = (
    "UPDATE pgbench_accounts SET abalance = abalance + $1 WHERE aid = $2",
    "SELECT abalance FROM pgbench_accounts WHERE aid = $1",
    "UPDATE pgbench_tellers SET tbalance = tbalance + $1 WHERE tid = $2",
    "UPDATE pgbench_branches SET bbalance = bbalance + $1 WHERE bid = $2",
    "INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES ($1, $2, $3, $4, now())",
)
TABLES = (
    "CREATE TABLE pgbench_branches (bid int PRIMARY KEY, bbalance int, filler char(88))",
    "CREATE TABLE pgbench_tellers (tid int PRIMARY KEY, bid int, tbalance int, filler char(84))",
    "CREATE TABLE pgbench_accounts (aid int PRIMARY KEY, bid int, abalance int, filler char(84))",
    "CREATE TABLE pgbench_history"
    " (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22))",
)


async def measure(url: str, binaries: Binaries, seconds: int) -> Yardstick:
    """Transactions a second at eight clients, in a database of its own.

    Raises RuntimeError with what pgbench said when it fails.
    """
    try:
        pgbench = str(binaries.program("pgbench"))
    except EmbeddedError:
        tps = await _by_asyncpg(url, seconds)
        how = f"the same transaction over asyncpg, {CLIENTS} clients, scale {SCALE}, {seconds} s"
        return Yardstick(NAME, tps, "tps", how)
    await _run(pgbench, "--initialize", "--quiet", f"--scale={SCALE}", url)
    options = [f"--client={CLIENTS}", "--jobs=2", f"--time={seconds}"]
    said = await _run(pgbench, *options, url)
    found = re.search(r"^tps = ([\d.]+)", said, re.MULTILINE)
    if found is None:
        raise RuntimeError(f"pgbench named no tps: {said}")
    how = f"pgbench {' '.join(options)}, scale {SCALE}"
    return Yardstick(NAME, float(found.group(1)), "tps", how)


async def _run(*command: str) -> str:
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said = (await process.communicate())[0].decode()
    if process.returncode:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}: {said}")
    return said


async def _by_asyncpg(url: str, seconds: int) -> float:
    async with asyncpg.create_pool(url, min_size=CLIENTS, max_size=CLIENTS) as pool:
        await _fill(pool)
        started = time.perf_counter()
        done = await asyncio.gather(
            *(_client(pool, random.Random(n), started + seconds) for n in range(CLIENTS))  # noqa: S311
        )
        return sum(done) / (time.perf_counter() - started)


async def _fill(pool: asyncpg.Pool) -> None:
    for statement in TABLES:
        await pool.execute(statement)
    tellers, accounts = SCALE * TELLERS_PER_BRANCH, SCALE * ACCOUNTS_PER_BRANCH
    await pool.execute("INSERT INTO pgbench_branches SELECT generate_series(1, $1::int), 0", SCALE)
    for query, count, each in (
        ("INSERT INTO pgbench_tellers", tellers, TELLERS_PER_BRANCH),
        ("INSERT INTO pgbench_accounts", accounts, ACCOUNTS_PER_BRANCH),
    ):
        rows = " SELECT n, (n - 1) / $2 + 1, 0, '' FROM generate_series(1, $1::int) n"
        await pool.execute(query + rows, count, each)
    await pool.execute("VACUUM ANALYZE")


async def _client(pool: asyncpg.Pool, chance: random.Random, until: float) -> int:
    done = 0
    async with pool.acquire() as connection:
        update, read, tellers, branches, insert = [await connection.prepare(s) for s in TRANSACTION]
        while time.perf_counter() < until:
            account = chance.randint(1, SCALE * ACCOUNTS_PER_BRANCH)
            teller = chance.randint(1, SCALE * TELLERS_PER_BRANCH)
            branch, delta = chance.randint(1, SCALE), chance.randint(-5000, 5000)
            async with connection.transaction():
                await update.fetch(delta, account)
                await read.fetch(account)
                await tellers.fetch(delta, teller)
                await branches.fetch(delta, branch)
                await insert.fetch(teller, branch, account, delta)
            done += 1
    return done
