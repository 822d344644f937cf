"""What a reader costs and what PostgreSQL refuses on it."""

import ast
from pathlib import Path

import asyncpg
import pytest

import curbstop
from curbstop.platform.uow import SYSTEM

SESSION_STATE = ("set ", "listen ", "set_config(", "pg_advisory_lock", "declare ", "create temp")


async def test_postgresql_refuses_a_write_on_a_reader(fresh_database):
    async with fresh_database.read(SYSTEM) as reader:
        with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
            await reader.sql.execute("DELETE FROM users")


async def test_a_read_is_one_round_trip(fresh_database):
    said = []
    async with fresh_database.read(SYSTEM) as reader:
        driver = reader.sql.connection
        with driver.query_logger(lambda record: said.append(record.query)):
            await reader.sql.fetchval("SELECT 1")
            await driver.reset()
    assert said == ["SELECT 1"]


async def test_a_transaction_left_open_ends_with_its_reader(fresh_database):
    async with fresh_database.read(SYSTEM) as reader:
        await reader.sql.execute("BEGIN READ ONLY")
    async with fresh_database.read(SYSTEM) as reader:
        assert not reader.sql.connection.is_in_transaction()


def test_nothing_that_reads_changes_its_session():
    """Readers are handed on without a reset, so a query that set anything would be felt later."""
    found = [
        f"{path}: {text[:60]}"
        for path in Path(curbstop.__file__).parent.rglob("queries.py")
        for text in _texts(path)
        if text.lower().lstrip().startswith(SESSION_STATE) or "set_config(" in text
    ]
    assert found == []


def _texts(path: Path) -> list[str]:
    tree = ast.parse(path.read_text())
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
