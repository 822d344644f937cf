"""A running cluster: its addresses, its watch and its orderly end."""

import atexit
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from curbstop.platform.embedded import configuration as conf
from curbstop.platform.embedded.binaries import Binaries
from curbstop.platform.embedded.errors import EmbeddedError
from curbstop.platform.embedded.lock import ClusterLock
from curbstop.platform.embedded.osuser import OsUser
from curbstop.platform.embedded.paths import PORT, Home
from curbstop.platform.embedded.processes import wait_until
from curbstop.platform.embedded.server import ServerProcess, adopt, launch

WATCH_SECONDS = 0.5


def database_url(socket: Path, database: str, role: str) -> str:
    """A `postgresql://` address over a socket, for asyncpg, psycopg and PostgreSQL's programs."""
    return f"postgresql://{role}@/{quote(database)}?host={quote(str(socket))}&port={PORT}"


@dataclass(frozen=True)
class Cluster:
    """Addresses of a running PostgreSQL. Whoever only attached to it leaves it running."""

    home: Home
    socket: Path
    binaries: Binaries

    def url(self, database: str = conf.DATABASE, role: str = conf.APP_ROLE) -> str:
        """Address of any database as any of the two roles."""
        return database_url(self.socket, database, role)

    @property
    def dsn(self) -> str:
        """The application's address: an ordinary role, no superuser, that owns its database."""
        return self.url()

    @property
    def admin_dsn(self) -> str:
        """The superuser's address, for upkeep and for tests of what even it cannot hide."""
        return self.url("postgres", conf.ADMIN_ROLE)

    @property
    def sqlalchemy_url(self) -> str:
        """The application's address for SQLAlchemy over asyncpg."""
        return "postgresql+asyncpg" + self.dsn.removeprefix("postgresql")

    def stop(self) -> None:
        """Let go. Only an owned cluster stops its server."""


@dataclass(frozen=True)
class OwnedCluster(Cluster):
    """A cluster this process started or took over: it restarts the server and stops it."""

    user: OsUser
    settings: Mapping[str, str]
    lock: ClusterLock
    timeout: float
    _starter: int = field(default_factory=os.getpid)
    _process: list[ServerProcess] = field(default_factory=list)
    _ended: threading.Event = field(default_factory=threading.Event)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    @property
    def pid(self) -> int:
        """Process id of the server."""
        return self._process[-1].pid

    def run(self, *, create_databases: bool = False) -> None:
        """Adopt or launch the server, and see that the application's database exists.

        Raises: EmbeddedError.
        """
        self._process.append(self._adopted() or self._launched())
        atexit.register(self.stop)
        prepare(self.admin_dsn, create_databases=create_databases)

    def watch(self) -> None:
        """Restart the server, in a background thread, whenever it dies under us."""
        threading.Thread(target=self._keep_alive, name="postgres-watch", daemon=True).start()

    def stop(self, timeout: float = 60.0) -> None:
        """Stop the server and release the cluster. Safe to call again.

        A forked child that ends leaves its parent's server alone.
        """
        if os.getpid() != self._starter:
            return
        self._ended.set()
        with self._guard:
            if self._process:
                self._process.pop().stop(timeout)
            self._process.clear()
            self.lock.release()
        atexit.unregister(self.stop)

    def _adopted(self) -> ServerProcess | None:
        found = adopt(self.home)
        if found is None:
            return None
        # It may be recovering, or on its way out: a connection or its end settles which.
        wait_until(lambda: not found.alive or answers(self.admin_dsn), self.timeout)
        if not found.alive:
            return None
        if not answers(self.admin_dsn):
            raise EmbeddedError(
                f"Process {found.pid} holds {self.home.pgdata} but accepts no connection. See "
                f"{self.home.log}; `kill -INT {found.pid}` ends it, then start again."
            )
        return found

    def _launched(self) -> ServerProcess:
        return launch(self.home, self.binaries, self.user, self.settings, self.timeout)

    def _keep_alive(self) -> None:
        while not self._ended.wait(WATCH_SECONDS):
            with self._guard:
                if self._process and not self._process[-1].alive and not self._ended.is_set():
                    self._process[-1] = self._launched()


def answers(dsn: str) -> bool:
    """Whether a real connection gets an answer; a process id or a file proves nothing."""
    try:
        with psycopg.connect(dsn, connect_timeout=5) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def prepare(admin_dsn: str, *, create_databases: bool) -> None:
    """Create the application's role and database where missing. Safe to repeat."""
    role, database = sql.Identifier(conf.APP_ROLE), sql.Identifier(conf.DATABASE)
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [conf.APP_ROLE])
        if found.fetchone() is None:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
        if create_databases:
            connection.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(role))
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [conf.DATABASE])
        if found.fetchone() is None:
            command = sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role)
            connection.execute(command)
