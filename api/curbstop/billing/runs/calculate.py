"""Calculate a run: every chunk read once, rated in memory, written by one COPY per table."""

import asyncio
from datetime import date
from uuid import UUID

import asyncpg

from curbstop.audit import actions as audit
from curbstop.billing.runs.build import build_chunk
from curbstop.billing.runs.inputs import load_accounts, load_terms
from curbstop.billing.runs.models import ChunkState, RunState
from curbstop.billing.runs.periods import Rates
from curbstop.billing.runs.problems import RunNotFound, WrongState
from curbstop.billing.runs.values import RunTerms
from curbstop.billing.runs.work import is_left, work_chunks
from curbstop.billing.runs.write import clear_bills, write_chunk
from curbstop.kernel.dates import Period
from curbstop.platform.db import Sql
from curbstop.platform.queue import JobContext
from curbstop.platform.uow import Uow
from curbstop.rates.declarations.queries import monthly_inches
from curbstop.rates.tariffs.queries import catalog

CALCULATE = (ChunkState.PENDING, ChunkState.CALCULATED)
_ALWAYS = date(1900, 1, 1)


async def load_rates(sql: Sql, terms: RunTerms) -> Rates:
    """Every approved tariff that an agreement names, compiled once for the whole run."""
    rows = await sql.fetch("SELECT DISTINCT rate_code FROM agreements")
    end = max(terms.calendar.end, terms.through_on)
    period = Period(_ALWAYS, end)
    compiled = await catalog(sql, [row["rate_code"] for row in rows], period)
    return Rates(compiled, await monthly_inches(sql, period))


async def calculate(context: JobContext, run_id: UUID, watched_job: UUID, *, lead: bool) -> None:
    """Calculate what is still pending. The leading job also closes the calculation.

    Raises RunNotFound, WrongState (someone approved or discarded the run meanwhile).
    """
    async with context.read() as reader:
        if not lead and not await is_left(reader.sql, run_id, ChunkState.PENDING):
            return
        terms = await load_terms(reader.sql, run_id)
        if terms is None:
            raise RunNotFound(str(run_id))
        rates = await load_rates(reader.sql, terms)

    async def one(uow: Uow, chunk: asyncpg.Record) -> None:
        await _calculate_chunk(uow, terms, rates, chunk)

    await work_chunks(context, run_id, CALCULATE, one, watched_job, wait_for_others=lead)
    if lead:
        async with context.write() as uow:
            await _close(uow, run_id)


async def _calculate_chunk(uow: Uow, terms: RunTerms, rates: Rates, chunk: asyncpg.Record) -> None:
    number = chunk["number"]
    await clear_bills(uow.sql, terms.run_id, number)
    accounts = await load_accounts(uow.sql, terms, rates, chunk["account_ids"])
    # Rating is pure computing: off the event loop, so that an API in this process stays awake.
    place = chunk["first_place"]
    result = await asyncio.to_thread(build_chunk, terms, rates, accounts, number, place)
    await write_chunk(uow.sql, terms.run_id, number, result)


async def _close(uow: Uow, run_id: UUID) -> None:
    row = await uow.sql.fetchrow(
        "UPDATE bill_runs r SET state = 'calculated', calculated_at = $2, expected = c.expected,"
        " billed = c.billed, current_cents = c.cents"
        " FROM (SELECT sum(cardinality(account_ids)) AS expected, sum(billed) AS billed,"
        "  sum(current_cents) AS cents FROM run_chunks WHERE run_id = $1) c"
        " WHERE r.id = $1 AND r.state = 'draft' RETURNING r.expected, r.billed, r.current_cents",
        *(run_id, uow.now),
    )
    if row is None:
        state = await uow.sql.fetchval("SELECT state FROM bill_runs WHERE id = $1", run_id)
        if state == RunState.CALCULATED:
            return
        raise WrongState(f"the run became {state} while it was calculated")
    audit.record(uow, "bill_run.calculated", run_id, after=dict(row))
