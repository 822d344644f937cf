"""Import read files: kept as received, taken whole or not at all, never twice."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from uuid import UUID

from curbstop.audit import actions as audit
from curbstop.documents.files import actions as files
from curbstop.documents.files import queries as stored
from curbstop.kernel.dates import local_date
from curbstop.kernel.errors import BadInput, Conflict, FieldError, IdempotencyConflict
from curbstop.platform.settings import load_settings
from curbstop.platform.uow import Uow
from curbstop.readings.imports import queries
from curbstop.readings.imports.matching import Matched, match_and_add
from curbstop.readings.imports.models import ImportState
from curbstop.readings.imports.plausible import plausible_days
from curbstop.readings.imports.schemas import ImportOut
from curbstop.readings.imports.staging import (
    check_file,
    drop_scratch,
    land_raw_lines,
    open_scratch,
    stage,
)
from curbstop.readings.imports.unread import queue_unread
from curbstop.readings.layouts.canonical import ErrorLog, FileError
from curbstop.readings.layouts.definition import Layout
from curbstop.readings.layouts.queries import get_layout
from curbstop.readings.reviews.judging import judge_fresh

INLINE_BYTES = 1_000_000
IMPORT_JOB = "readings.import"


class ReadFileRefused(BadInput):
    title = "The read file is refused whole"


class ReadFileReplayed(Conflict):
    title = "These very bytes were imported before"


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it came in: its id (the idempotency key), name, and how to read it."""

    id: UUID
    file_name: str
    layout: str
    settings: Mapping[str, str]
    data: bytes


class _RefusedError(Exception):
    """Rolls the savepoint back; never leaves this file."""

    def __init__(self, errors: list[FileError]) -> None:
        super().__init__()
        self.errors = errors


async def receive(uow: Uow, file: Received) -> ImportOut:
    """Keep a file and import it, at once when small, else by a job (`job_id`).

    A malformed file is kept as `refused` with its errors, and nothing of it counts.
    Raises: ReadLayoutNotFound, BadInput (setting), ReadFileReplayed (same bytes, names the first
    import), IdempotencyConflict (same id, other bytes), TooLarge.
    """
    layout = await get_layout(uow.sql, file.layout)
    settings = chosen_settings(layout, file.settings)
    digest = hashlib.sha256(file.data).hexdigest()
    if earlier := await queries.find_import(uow.sql, file.id):
        if (earlier.sha256, earlier.layout) != (digest, file.layout):
            raise IdempotencyConflict(str(file.id))
        return earlier
    if first := await queries.import_with_hash(uow.sql, digest):
        when = local_date(first.created_at, load_settings().zone)
        raise ReadFileReplayed(f"{first.file_name} was imported on {when} as {first.id}")
    kept = await files.store_file(uow, file.data, file.file_name, "text/plain", file_id=file.id)
    await _insert(uow, file, kept.name, digest, settings)
    after = {"file": kept.name, "layout": file.layout, "sha256": digest}
    audit.record(uow, "readings.file_received", file.id, after=after)
    if len(file.data) > INLINE_BYTES:
        job_id = await uow.defer(IMPORT_JOB, subject_id=file.id, import_id=str(file.id))
        await uow.sql.execute("UPDATE read_imports SET job_id = $2 WHERE id = $1", file.id, job_id)
        return await queries.get_import(uow.sql, file.id)
    return await run_import(uow, file.id, layout, settings, file.data)


def chosen_settings(layout: Layout, given: Mapping[str, str]) -> dict[str, str]:
    """Every setting of the layout with those given. Raises BadInput for an unknown one."""
    try:
        return layout.chosen(dict(given))
    except ValueError as wrong:
        raise BadInput(str(wrong), FieldError("/setting", str(wrong))) from None


async def _insert(
    uow: Uow, file: Received, name: str, digest: str, settings: Mapping[str, str]
) -> None:
    await uow.sql.execute(
        "INSERT INTO read_imports (id, file_id, sha256, file_name, size_bytes, layout, settings,"
        " state, errors, lines, reads_added, repeats, unread, unmatched, exceptions, created_by,"
        " created_at)"
        " VALUES ($1, $1, $2, $3, $4, $5, $6, 'queued', '[]', 0, 0, 0, 0, 0, 0, $7, $8)",
        *(file.id, digest, name, len(file.data), file.layout, dict(settings)),
        *(uow.actor.id, uow.now),
    )


async def resume_import(uow: Uow, import_id: UUID) -> ImportOut:
    """Import a queued file; what is imported or refused already stays as it is.

    Raises ReadImportNotFound.
    """
    waiting = await queries.get_import(uow.sql, import_id)
    if waiting.state is not ImportState.QUEUED:
        return waiting
    content = await stored.read_file(uow.sql, waiting.file_id)
    assert content is not None, "the foreign key keeps the file"
    layout = await get_layout(uow.sql, waiting.layout)
    return await run_import(uow, import_id, layout, waiting.settings, content.content)


async def run_import(
    uow: Uow, import_id: UUID, layout: Layout, settings: Mapping[str, str], data: bytes
) -> ImportOut:
    """Take a file whole, or refuse it whole and keep its errors; returns what became of it."""
    try:
        async with uow.session.begin_nested():
            await uow.session.connection()  # SAVEPOINT is sent with the first use, not before
            lines, matched, exceptions = await _take(uow, import_id, layout, settings, data)
    except _RefusedError as refused:
        return await _refuse(uow, import_id, refused.errors)
    await uow.sql.execute(
        "UPDATE read_imports SET state = 'imported', lines = $2, reads_added = $3, repeats = $4,"
        " unread = $5, unmatched = $6, exceptions = $7, first_import_id = $8, first_read_on = $9,"
        " last_read_on = $10, finished_at = $11 WHERE id = $1",
        *(import_id, lines, matched.added, matched.repeats, matched.unread, matched.unmatched),
        *(exceptions, matched.first_import_id, matched.first_on, matched.last_on, uow.now),
    )
    done = await queries.get_import(uow.sql, import_id)
    after = {"reads_added": done.reads_added, "repeats": done.repeats, "unmatched": done.unmatched}
    audit.record(uow, "readings.file_imported", import_id, after=after)
    return done


async def _take(
    uow: Uow, import_id: UUID, layout: Layout, settings: Mapping[str, str], data: bytes
) -> tuple[int, Matched, int]:
    log = ErrorLog()
    # Sorts and hashes of a large file stay in memory; the setting ends with the transaction.
    await uow.sql.execute("SELECT set_config('work_mem', '128MB', true)")
    encoding = check_file(layout, data, log)
    if log.errors:
        raise _RefusedError(log.errors)
    await open_scratch(uow.sql, import_id)
    lines = await land_raw_lines(uow.sql, import_id, encoding, data)
    await stage(uow.sql, layout, settings, data, log)
    if log.errors:
        raise _RefusedError(log.errors)
    days = await plausible_days(uow.sql, uow.today)
    matched = await match_and_add(uow.sql, import_id, uow.now, days)
    unread = await queue_unread(uow, import_id)
    assert matched.first_on is not None
    assert matched.last_on is not None
    found = await judge_fresh(uow, matched.first_on, matched.last_on)
    await drop_scratch(uow.sql, import_id)
    return lines, matched, found + unread + matched.unmatched + matched.duplicates


async def _refuse(uow: Uow, import_id: UUID, errors: list[FileError]) -> ImportOut:
    listed = [asdict(error) for error in errors]
    await uow.sql.execute(
        "UPDATE read_imports SET state = 'refused', errors = $2, finished_at = $3 WHERE id = $1",
        *(import_id, listed, uow.now),
    )
    first = errors[0]
    after = {"errors": len(errors), "first": f"line {first.line}, {first.column}: {first.reason}"}
    audit.record(uow, "readings.file_refused", import_id, after=after)
    return await queries.get_import(uow.sql, import_id)


def refusal(done: ImportOut) -> ReadFileRefused:
    """The problem that a refused import is answered with: every line, column and reason."""
    fields = (FieldError(f"line {e.line}, column {e.column}", e.reason) for e in done.errors)
    return ReadFileRefused(f"{done.file_name}: {len(done.errors)} errors; nothing counts", *fields)
