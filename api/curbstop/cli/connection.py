"""Which database a command works on, and how it is opened."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from curbstop import wiring
from curbstop.platform import embedded
from curbstop.platform.database import Database
from curbstop.platform.settings import Settings


@contextmanager
def served_database(settings: Settings) -> Iterator[str]:
    """The URL of the database that a server owns while it runs: given, or embedded.

    Raises: ClusterInUse (another `curbstop serve` has this data), EmbeddedError.
    """
    if settings.database_url:
        yield settings.database_url
        return
    cluster = embedded.start(settings.data_dir)
    cluster.watch()
    try:
        yield cluster.dsn
    finally:
        cluster.stop()


@contextmanager
def command_database(settings: Settings) -> Iterator[str]:
    """The URL for one command: given, the running server's, or one started for the command.

    Raises: EmbeddedError.
    """
    if settings.database_url:
        yield settings.database_url
        return
    with embedded.attached_or_started(settings.data_dir) as cluster:
        yield cluster.dsn


@asynccontextmanager
async def opened(url: str, settings: Settings) -> AsyncIterator[Database]:
    """The database with its pools open and every room's handlers."""
    database = Database(url, settings, wiring.handlers())
    await database.start()
    try:
        yield database
    finally:
        await database.stop()
