"""What a suite works with: a durable throw-away PostgreSQL, copies of it, yardsticks."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import asyncpg

from curbstop import wiring
from curbstop.bench.figures import Yardstick
from curbstop.platform.database import Database
from curbstop.platform.embedded import Cluster
from curbstop.platform.settings import Settings


@dataclass
class Bench:
    """One run of the measures. Suites share its districts and yardsticks."""

    cluster: Cluster
    settings: Settings
    accounts: int
    seconds: int
    say: Callable[[str], None]
    yardsticks: dict[str, Yardstick] = field(default_factory=dict)
    _districts: set[int] = field(default_factory=set)

    async def district(self, accounts: int | None = None) -> str:
        """Name of a database that holds a demo district of that size; made once.

        Treat it as a template: work in a `copy` of it.
        Raises RuntimeError with what the demo said when it fails.
        """
        size = accounts or self.accounts
        name = f"district_{size}"
        if size not in self._districts:
            self.say(f"making a district of {size:,} accounts")
            await self.admin(f'CREATE DATABASE "{name}" OWNER curbstop')
            self._curbstop("demo", "--accounts", str(size), database=name)
            self._districts.add(size)
        return name

    async def copy(self, template: str, name: str) -> str:
        """A fresh copy of a database, replacing an earlier one of that name; returns its URL."""
        await self.admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await self.admin(
            f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy OWNER curbstop'
        )
        return self.cluster.url(name)

    @asynccontextmanager
    async def opened(self, url: str) -> AsyncIterator[Database]:
        """A database with its pools open and every room's handlers."""
        database = Database(url, self.settings, wiring.handlers())
        await database.start()
        try:
            yield database
        finally:
            await database.stop()

    async def admin(self, statement: str) -> None:
        """One statement as the superuser, outside any transaction."""
        connection = await asyncpg.connect(self.cluster.admin_dsn)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    def _curbstop(self, *arguments: str, database: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "curbstop.cli", *arguments],
            env=os.environ | {"CURBSTOP_DATABASE_URL": self.cluster.url(database)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said = (done.stdout + done.stderr).strip()
            raise RuntimeError(f"curbstop {' '.join(arguments)} failed: {said[-2000:]}")
