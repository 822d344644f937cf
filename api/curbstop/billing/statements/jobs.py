"""The long work of statements."""

from typing import Any
from uuid import UUID

from curbstop.billing.statements.batch import print_run
from curbstop.platform.queue import JobContext, JobFunction


async def print_statements_of_run(context: JobContext, run_id: str) -> dict[str, Any]:
    """One PDF in mail order, reconciled and stored. Repeatable: snapshots are kept once."""
    return await print_run(context, UUID(run_id))


JOBS: dict[str, JobFunction] = {"billing.print_statements": print_statements_of_run}
