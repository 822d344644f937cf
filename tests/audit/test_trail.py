"""The audit trail only grows, whoever holds the pen."""

import asyncpg
import pytest
from sqlalchemy import make_url

from curbstop.audit.actions import record
from curbstop.kernel.ids import uuid7
from curbstop.platform.embedded.configuration import ADMIN_ROLE


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_events SET reason = 'other'",
        "DELETE FROM audit_events",
        "TRUNCATE audit_events",
        "UPDATE sign_in_attempts SET succeeded = true",
        "DELETE FROM users",
    ],
)
async def test_no_statement_changes_the_past(uow, statement):
    record(uow, "test.acted", uuid7(), reason="for the test")
    with pytest.raises(asyncpg.CheckViolationError, match="refused"):
        await uow.sql.execute(statement)


async def test_the_guard_holds_for_replicas_too(cluster, shared_url):
    name = make_url(shared_url).database
    owner = await asyncpg.connect(cluster.url(name, ADMIN_ROLE))
    try:
        await owner.execute("SET session_replication_role = replica")
        with pytest.raises(asyncpg.CheckViolationError, match="refused"):
            await owner.execute("DELETE FROM audit_events")
    finally:
        await owner.close()


async def test_a_refused_act_leaves_no_trace(db, actor):
    class Refusal(Exception):
        pass

    with pytest.raises(Refusal):
        async with db.write(actor) as uow:
            record(uow, "test.refused")
            raise Refusal
    async with db.read(actor) as reader:
        assert await reader.sql.fetchval("SELECT count(*) FROM audit_events") == 0
