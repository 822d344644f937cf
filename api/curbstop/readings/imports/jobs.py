"""Long work of imports."""

from typing import Any
from uuid import UUID

from curbstop.platform.queue import JobContext, JobFunction
from curbstop.readings.imports import actions


async def import_file(context: JobContext, import_id: str) -> dict[str, Any]:
    """Import a large file in one transaction; a second run finds it done and changes nothing."""
    await context.progress(0, 1, "reading the file")
    async with context.write() as uow:
        done = await actions.resume_import(uow, UUID(import_id))
    message = f"{done.reads_added:,} reads, {done.exceptions:,} exceptions"
    if done.errors:
        message = f"refused: {len(done.errors)} errors"
    await context.progress(1, 1, message)
    return {"import_id": import_id, "state": done.state.value, "reads_added": done.reads_added}


JOBS: dict[str, JobFunction] = {actions.IMPORT_JOB: import_file}
