"""The office at its screens: two people who take a bill run through its steps."""

from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from curbstop.kernel.ids import uuid7


class Office:
    """A clerk who prepares and a chief who approves, on one district."""

    def __init__(self, district, clerk, chief, run_jobs, sql) -> None:
        self.district = district
        self.clerk = clerk
        self.chief = chief
        self.run_jobs = run_jobs
        self.sql = sql

    async def prepared(self, cycle_period_id: UUID) -> dict:
        """A draft run of a cycle's period."""
        body = {"id": str(uuid7()), "name": "A run", "cycle_period_id": str(cycle_period_id)}
        return self._ok(await self.clerk.post("/bill-runs", json=body), 201)

    async def prepared_off_cycle(self, accounts, period) -> dict:
        """A draft run of named accounts."""
        body = {
            "id": str(uuid7()),
            "name": "Off-cycle",
            "account_ids": [str(account) for account in accounts],
            "reason": "Bills outside the calendar",
            "period_from": str(period.start),
            "period_to": str(period.end),
            "bill_on": str(period.end + timedelta(days=1)),
        }
        return self._ok(await self.clerk.post("/bill-runs", json=body), 201)

    async def calculated(self, run_id: str) -> dict:
        """The run after its calculation."""
        self._ok(await self.clerk.post(f"/bill-runs/{run_id}/calculate"), 202)
        await self.run_jobs()
        return self._ok(await self.clerk.get(f"/bill-runs/{run_id}"), 200)

    async def posted(self, run_id: str) -> dict:
        """The run reviewed by the clerk, approved by the chief and in the books."""
        self._ok(await self.clerk.post(f"/bill-runs/{run_id}/review"), 200)
        self._ok(await self.chief.post(f"/bill-runs/{run_id}/approve"), 200)
        self._ok(await self.clerk.post(f"/bill-runs/{run_id}/post"), 202)
        await self.run_jobs()
        run = self._ok(await self.clerk.get(f"/bill-runs/{run_id}"), 200)
        assert run["state"] == "posted", await self.sql.fetch("SELECT kind, error FROM jobs")
        return run

    async def rows(self, run_id: str) -> list[list[tuple]]:
        """Every row that a calculation wrote, in order."""
        ours = "(SELECT id FROM bills WHERE run_id = $1)"
        queries = (
            "SELECT * FROM bills WHERE run_id = $1 ORDER BY id",
            f"SELECT * FROM bill_segments WHERE bill_id IN {ours} ORDER BY bill_id, agreement_id",
            f"SELECT * FROM bill_lines WHERE bill_id IN {ours} ORDER BY bill_id, line",
            "SELECT * FROM run_exceptions WHERE run_id = $1 ORDER BY id",
        )
        return [[tuple(row) for row in await self.sql.fetch(query, run_id)] for query in queries]

    @asynccontextmanager
    async def refused(self):
        """The database refuses what stands in the block."""
        with pytest.raises(asyncpg.PostgresError):
            async with self.sql.connection.transaction():
                yield

    @staticmethod
    def _ok(answer, status: int) -> dict:
        assert answer.status_code == status, answer.text
        return answer.json()
