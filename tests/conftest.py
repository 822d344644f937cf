"""A real PostgreSQL with the real migrations; each test in a transaction that is rolled back.

One throw-away cluster per test process, migrated once. `db` binds reads and writes of a test to one
connection inside an outer transaction, so nothing a test commits outlives it. Tests that need real
commits (locks, jobs, kills) take `fresh_database`, a copy of the migrated template.
"""

import asyncio
import itertools
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import asyncpg
import hypothesis
import pytest
from httpx import ASGITransport, AsyncClient
from sqlmodel.ext.asyncio.session import AsyncSession

from curbstop import wiring
from curbstop.identity import auth
from curbstop.identity.permissions import Role, permissions_of
from curbstop.kernel.ids import uuid7
from curbstop.main import create_app
from curbstop.platform.database import Database, engine_for
from curbstop.platform.embedded import Cluster, temporary_cluster
from curbstop.platform.events import dispatch
from curbstop.platform.migrate import migrate
from curbstop.platform.queue import run_job
from curbstop.platform.settings import Settings
from curbstop.platform.uow import Actor, Reader, Uow

# A busy machine is not a failure; a failing example prints how to repeat it. Integration runs draw
# the same examples each time, so that a change is judged by itself; everybody else explores.
hypothesis.settings.register_profile(
    "house", deadline=None, print_blob=True, derandomize=bool(os.environ.get("CI"))
)
hypothesis.settings.load_profile("house")

TEMPLATE = "curbstop_template"
NOW = datetime(2026, 7, 15, 17, 0, tzinfo=UTC)  # 10 in the morning at the district, a Wednesday
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings(pool_size=10, read_pool_size=5)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with temporary_cluster() as running:
        asyncio.run(_admin(running, f"CREATE DATABASE {TEMPLATE}"))
        migrate(running.url(TEMPLATE))
        yield running


async def _admin(cluster: Cluster, statement: str) -> None:
    connection = await asyncpg.connect(cluster.dsn)
    await connection.execute(statement)
    await connection.close()


@asynccontextmanager
async def _database_copy(cluster: Cluster) -> AsyncIterator[str]:
    name = f"test_{next(_numbers)}"
    await _admin(cluster, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    yield cluster.url(name)
    await _admin(cluster, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
async def shared_url(cluster: Cluster) -> AsyncIterator[str]:
    """The database that rolled-back tests share."""
    async with _database_copy(cluster) as url:
        yield url


class OneConnectionDatabase(Database):
    """Reads and writes on one connection whose outer transaction the test rolls back.

    The clock stands at NOW unless a test moves it: `db.now = …`.
    """

    def __init__(self, url: str, settings: Settings) -> None:
        self.now = NOW
        super().__init__(url, settings, wiring.handlers(), clock=lambda: self.now)
        self._turn = asyncio.Lock()

    async def start(self) -> None:
        """Nothing to open: the fixture did."""

    async def stop(self) -> None:
        """Nothing to close: the fixture does."""

    def bind(self, connection) -> None:
        self.connection = connection

    @asynccontextmanager
    async def read(self, actor: Actor) -> AsyncIterator[Reader]:
        async with self._session() as session:
            uow = await self.unit(session, actor)
            yield self.reader(uow.sql, actor)
            # Not a rollback: what an export logs beside this read must stay.
            await session.commit()

    @asynccontextmanager
    async def write(self, actor: Actor) -> AsyncIterator[Uow]:
        async with self._session() as session:
            uow = await self.unit(session, actor)
            yield uow
            await dispatch(uow, self.handlers)
            await session.commit()

    def _session(self) -> AsyncSession:
        return AsyncSession(
            self.connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
        )


@pytest.fixture(scope="session")
async def shared_engine(shared_url: str, settings: Settings):
    engine = engine_for(shared_url, settings)
    yield engine
    await engine.dispose()


@pytest.fixture
async def db(shared_engine, shared_url: str, settings: Settings):
    """The test's database: everything it writes is rolled back."""
    database = OneConnectionDatabase(shared_url, settings)
    async with shared_engine.connect() as connection:
        outer = await connection.begin()
        database.bind(connection)
        yield database
        await outer.rollback()
    await database.engine.dispose()


@pytest.fixture
async def fresh_database(cluster: Cluster, settings: Settings) -> AsyncIterator[Database]:
    """A database of its own with real commits, at the real clock; about 50 ms a test."""
    async with _database_copy(cluster) as url:
        database = Database(url, settings, wiring.handlers())
        await database.start()
        yield database
        await database.stop()


@pytest.fixture
def actor() -> Actor:
    """An administrator that need not exist as a row."""
    return make_actor(Role.ADMINISTRATOR)


def make_actor(*roles: Role, name: str = "Test Person") -> Actor:
    permissions = frozenset(str(perm) for perm in permissions_of(list(roles)))
    return Actor(uuid7(), name, permissions)


@pytest.fixture
async def uow(db: OneConnectionDatabase, actor: Actor) -> AsyncIterator[Uow]:
    """A unit of work for factories and actions; its events are not dispatched by themselves."""
    async with db._session() as session:
        yield await db.unit(session, actor)


@pytest.fixture
async def reader(db: OneConnectionDatabase, actor: Actor) -> AsyncIterator[Reader]:
    async with db.read(actor) as reader:
        yield reader


@pytest.fixture
def app(db: OneConnectionDatabase, settings: Settings):
    return create_app(settings, db)


class SignedIn:
    """`as_actor(Role.CASHIER)`: an HTTP client signed in as a new person with these roles."""

    def __init__(self, app, monkeypatch) -> None:
        self.app = app
        self.actors: dict[str, Actor] = {}
        self.clients: list[AsyncClient] = []
        self._known = _known_actors(self.actors, monkeypatch)

    def __call__(self, *roles: Role, name: str = "Test Person") -> AsyncClient:
        actor = make_actor(*(roles or (Role.ADMINISTRATOR,)), name=name)
        self.actors[str(actor.id)] = actor
        client = AsyncClient(
            transport=ASGITransport(app=self.app, raise_app_exceptions=False),
            base_url="http://test/api/v1",
            headers={"X-Test-Actor": str(actor.id), "Authorization": "Bearer of-a-test"},
        )
        client.actor = actor  # type: ignore[attr-defined]
        self.clients.append(client)
        return client


def _known_actors(actors: dict[str, Actor], monkeypatch) -> None:
    """Let tests of other rooms skip the sign-in itself; tests/identity goes through it."""
    real = auth.authenticate

    async def authenticate(request) -> Actor:
        named = actors.get(request.headers.get("X-Test-Actor", ""))
        return named or await real(request)

    monkeypatch.setattr(auth, "authenticate", authenticate)


@pytest.fixture
async def as_actor(app, monkeypatch) -> AsyncIterator[Callable[..., AsyncClient]]:
    factory = SignedIn(app, monkeypatch)
    yield factory
    for client in factory.clients:
        await client.aclose()


@pytest.fixture
async def anonymous(app) -> AsyncIterator[AsyncClient]:
    """A client that has not signed in."""
    transport = ASGITransport(app=app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test/api/v1") as client:
        yield client


@pytest.fixture
def run_jobs(db: OneConnectionDatabase) -> Callable[[], object]:
    """Run every queued job of the test, in order, as the worker would."""

    async def run() -> list[str]:
        done = []
        while True:
            async with db.read(make_actor(Role.ADMINISTRATOR)) as reader:
                job = await reader.sql.fetchrow(
                    "SELECT id, kind FROM jobs WHERE state = 'queued' ORDER BY id LIMIT 1"
                )
            if job is None:
                return done
            await run_job(db, wiring.jobs(), job["id"])
            done.append(job["kind"])

    return run
