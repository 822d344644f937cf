"""Alembic environment: async engine, every room's models, one migration at a time per database."""

import asyncio
import importlib
import pkgutil
from typing import Any

from alembic import context
from sqlalchemy import make_url, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

import curbstop

MIGRATION_LOCK = 7_218_251  # any constant: two servers that start together take turns


def load_models() -> None:
    """Import every `models` module, so that the metadata knows every table."""
    for module in pkgutil.walk_packages(curbstop.__path__, "curbstop."):
        if module.name.rsplit(".", 1)[-1] == "models":
            importlib.import_module(module.name)


def include_object(item: Any, name: str | None, kind: str, reflected: bool, _other: Any) -> bool:
    """What the drift check compares: our tables, not the queue's nor the partitions of ours."""
    if kind == "table" and reflected and name is not None:
        return not (name.startswith("procrastinate_") or "_p2" in name or name.endswith("_default"))
    return True


def run(connection: Connection) -> None:
    """Migrate on one connection, under a lock that a second server waits for."""
    connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        include_object=include_object,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": MIGRATION_LOCK})
    connection.commit()


async def main() -> None:
    """Open the database that the caller named and migrate it."""
    url = make_url(context.config.get_main_option("sqlalchemy.url") or "")
    # A plain engine: reading the catalog back needs SQLAlchemy's own JSON handling.
    engine = create_async_engine(url.set(drivername="postgresql+asyncpg"))
    async with engine.connect() as connection:
        await connection.run_sync(run)
    await engine.dispose()


load_models()
asyncio.run(main())
