"""Statements of a whole run as one print file in mail order, reconciled with the register."""

import asyncio
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, NamedTuple
from uuid import UUID

from curbstop.audit import actions as audit
from curbstop.billing.runs.problems import RunNotFound, WrongState
from curbstop.billing.statements.actions import freeze, thawed
from curbstop.documents.files.actions import store_file
from curbstop.documents.statements import PrintFile, StatementData, print_statements
from curbstop.kernel.errors import Conflict
from curbstop.kernel.ids import uuid7
from curbstop.platform.queue import JobContext
from curbstop.platform.uow import Uow

FROZEN_AT_ONCE = 500
PDF = "application/pdf"


class PrintDoesNotReconcile(Conflict):
    title = "The print file does not match the register"


class Register(NamedTuple):
    """What the books say that a run's statements must come to."""

    statements: int
    total_due_cents: int


_REGISTER = """
SELECT count(*)::int AS statements, coalesce(sum(s.total_due_cents), 0)::bigint AS cents
FROM bills b JOIN statements s ON s.bill_id = b.id WHERE b.run_id = $1
"""


def reconciled(printed: PrintFile, register: Register) -> dict[str, int]:
    """Both counts and totals side by side. Raises PrintDoesNotReconcile when they differ."""
    totals = {
        "printed": printed.statements,
        "printed_cents": printed.total_due_cents,
        "register": register.statements,
        "register_cents": register.total_due_cents,
    }
    if (printed.statements, printed.total_due_cents) != register:
        raise PrintDoesNotReconcile(
            f"printed {printed.statements} statements of {printed.total_due_cents} cents, "
            f"the register has {register.statements} of {register.total_due_cents}"
        )
    return totals


async def print_run(context: JobContext, run_id: UUID) -> dict[str, Any]:
    """Freeze, print, reconcile and store; the job's result names the file.

    Raises RunNotFound, WrongState (not posted), PrintDoesNotReconcile.
    """
    async with context.read() as reader:
        run = await reader.sql.fetchrow(
            "SELECT number, name, state FROM bill_runs WHERE id = $1", run_id
        )
        rows = await reader.sql.fetch("SELECT id FROM bills WHERE run_id = $1 ORDER BY id", run_id)
    if run is None:
        raise RunNotFound(str(run_id))
    if run["state"] != "posted":
        raise WrongState(f"the run is {run['state']}, not posted")
    bill_ids = [row["id"] for row in rows]
    for start in range(0, len(bill_ids), FROZEN_AT_ONCE):
        async with context.write() as uow:
            await freeze(uow, bill_ids[start : start + FROZEN_AT_ONCE])
        await context.progress(start, 2 * len(bill_ids), "Gathering")
    content, printed = await _printed(context, bill_ids)
    async with context.write() as uow:
        return await _store(
            uow, run_id, f"statements-run-{run['number']:04d}.pdf", content, printed
        )


async def _printed(context: JobContext, bill_ids: Sequence[UUID]) -> tuple[bytes, PrintFile]:
    """The merged file. Typst compiles in threads, so the event loop goes on telling progress."""
    async with context.read() as reader:
        rows = await reader.sql.fetch(
            "SELECT s.snapshot, a.language FROM statements s JOIN accounts a ON a.id = s.account_id"
            " WHERE s.bill_id = ANY($1)",
            list(bill_ids),
        )
    loop, out = asyncio.get_running_loop(), BytesIO()

    def batch() -> Iterator[tuple[StatementData, str]]:
        for row in rows:
            yield thawed(row["snapshot"], row["language"]), row["language"]

    def progress(done: int, total: int) -> None:
        # Waited for, so that a job that is cancelled stops printing here and not at the end.
        step = context.progress(len(bill_ids) + done, 2 * len(bill_ids), f"Printed {done:,}")
        asyncio.run_coroutine_threadsafe(step, loop).result()

    printed = await asyncio.to_thread(print_statements, batch(), out, progress)
    return out.getvalue(), printed


async def _store(
    uow: Uow, run_id: UUID, name: str, content: bytes, printed: PrintFile
) -> dict[str, Any]:
    row = await uow.sql.fetchrow(_REGISTER, run_id)
    assert row is not None
    totals = reconciled(printed, Register(row["statements"], row["cents"]))
    stored = await store_file(uow, content, name, PDF)
    await uow.sql.execute(
        "INSERT INTO statement_prints (id, run_id, file_id, statements, pages, total_due_cents,"
        " language, printed_by, printed_at, totals) VALUES ($1, $2, $3, $4, $5, $6, '', $7, $8,"
        " $9)",
        *(uuid7(), run_id, stored.id, printed.statements, printed.pages, printed.total_due_cents),
        *(uow.actor.id, uow.now, totals),
    )
    audit.record(uow, "statements.printed", run_id, after={**totals, "file_id": str(stored.id)})
    return {"file_id": str(stored.id), "pages": printed.pages, **totals}
