"""Excuse what a run cannot bill: one exception, or all that match, with one reason."""

from uuid import UUID

import asyncpg

from curbstop.audit import actions as audit
from curbstop.billing.runs import queries
from curbstop.billing.runs.models import RunState
from curbstop.billing.runs.problems import (
    AlreadyExcused,
    ExceptionNotFound,
    ExceptionsChanged,
    WrongState,
)
from curbstop.billing.runs.schemas import (
    CodeCount,
    ExceptionSelection,
    ExcusedOut,
    ExcuseManyRequest,
    ExcusePreview,
)
from curbstop.platform.db import Sql
from curbstop.platform.uow import Uow

# The exceptions of a selection that still block: the named ones, or all that match but a few.
_CHOSEN = """
SELECT e.id, e.code, e.account_id FROM run_exceptions e
JOIN account_summaries a ON a.account_id = e.account_id
WHERE e.run_id = $1 AND e.severity = 'block' AND e.excused_by IS NULL
  AND ($2::uuid[] = '{}' OR e.id = ANY($2)) AND ($3::text IS NULL OR e.code = $3)
  AND ($4::text IS NULL OR strpos(lower(a.search), lower($4)) > 0
       OR strpos(lower(e.reason), lower($4)) > 0)
  AND e.id <> ALL($5::uuid[])
ORDER BY e.id
"""


async def excuse(uow: Uow, run_id: UUID, exception_id: UUID, reason: str) -> None:
    """Let an account stay without a bill in this run. Raises RunNotFound, ExceptionNotFound,
    AlreadyExcused, WrongState.
    """
    await _require_excusable(uow, run_id)
    row = await uow.sql.fetchrow(
        "SELECT excused_by, account_id, reason FROM run_exceptions WHERE run_id = $1 AND id = $2",
        *(run_id, exception_id),
    )
    if row is None:
        raise ExceptionNotFound(str(exception_id))
    if row["excused_by"] is not None:
        raise AlreadyExcused
    await _sign(uow, [exception_id], reason)
    after = {"account_id": str(row["account_id"]), "exception": row["reason"]}
    audit.record(uow, "bill_run.exception_excused", run_id, reason=reason, after=after)


async def preview_excuse(sql: Sql, run_id: UUID, chosen: ExceptionSelection) -> ExcusePreview:
    """What excusing a selection would do. Raises RunNotFound."""
    run = await queries.find_run(sql, run_id)
    rows = await _matching(sql, run_id, chosen)
    return ExcusePreview(
        exceptions=len(rows),
        accounts=len({row["account_id"] for row in rows}),
        by_code=_by_code(rows),
        left_open=run.open_exceptions - len(rows),
    )


async def excuse_many(uow: Uow, run_id: UUID, request: ExcuseManyRequest) -> ExcusedOut:
    """Excuse every open, blocking exception of a selection, with one reason.

    Raises RunNotFound, WrongState, ExceptionsChanged (others match by now than were shown).
    """
    await _require_excusable(uow, run_id)
    rows = await _matching(uow.sql, run_id, request)
    if len(rows) != request.expected:
        raise ExceptionsChanged(f"{request.expected} were shown, {len(rows)} match now")
    await _sign(uow, [row["id"] for row in rows], request.reason)
    after = {"exceptions": {count.code: count.exceptions for count in _by_code(rows)}}
    audit.record(uow, "bill_run.exceptions_excused", run_id, reason=request.reason, after=after)
    return ExcusedOut(excused=len(rows))


async def _require_excusable(uow: Uow, run_id: UUID) -> None:
    run = await queries.run_row(uow.sql, run_id, lock=True)
    if run["state"] not in (RunState.CALCULATED, RunState.REVIEWED):
        raise WrongState(f"the run is {run['state']}")


async def _sign(uow: Uow, ids: list[UUID], reason: str) -> None:
    await uow.sql.execute(
        "UPDATE run_exceptions SET excused_by = $2, excuse = $3, excused_at = $4"
        " WHERE id = ANY($1)",
        *(ids, uow.actor.id, reason, uow.now),
    )


async def _matching(sql: Sql, run_id: UUID, chosen: ExceptionSelection) -> list[asyncpg.Record]:
    words = (chosen.q or "").strip() or None
    code = chosen.code.value if chosen.code else None
    return await sql.fetch(_CHOSEN, run_id, chosen.ids, code, words, chosen.excluded_ids)


def _by_code(rows: list[asyncpg.Record]) -> list[CodeCount]:
    codes = sorted({row["code"] for row in rows})
    return [
        CodeCount(code=code, exceptions=sum(row["code"] == code for row in rows)) for code in codes
    ]
