"""The long work of bill runs. Each kind has a leading job and sharers that idle workers take up."""

from typing import Any
from uuid import UUID

from curbstop.billing.runs.calculate import calculate
from curbstop.billing.runs.post import post
from curbstop.billing.runs.reverse import reverse
from curbstop.platform.queue import JobContext, JobFunction


async def calculate_run(context: JobContext, run_id: str) -> dict[str, Any]:
    """Calculate a run to its end. Repeatable: only pending chunks are worked."""
    await calculate(context, UUID(run_id), context.job_id, lead=True)
    return await _outcome(context, UUID(run_id))


async def calculate_share(context: JobContext, run_id: str, watched_job: str) -> None:
    """Take chunks of a calculation that another job leads."""
    await calculate(context, UUID(run_id), UUID(watched_job), lead=False)


async def post_run(context: JobContext, run_id: str) -> dict[str, Any]:
    """Post a run to its end. Repeatable: a chunk is posted once."""
    await post(context, UUID(run_id), context.job_id, lead=True)
    return await _outcome(context, UUID(run_id))


async def post_share(context: JobContext, run_id: str, watched_job: str) -> None:
    """Take chunks of a posting that another job leads."""
    await post(context, UUID(run_id), UUID(watched_job), lead=False)


async def reverse_run(context: JobContext, run_id: str, reason: str) -> dict[str, Any]:
    """Take a posted run back whole. Repeatable: a chunk is reversed once."""
    await reverse(context, UUID(run_id), reason)
    return await _outcome(context, UUID(run_id))


async def _outcome(context: JobContext, run_id: UUID) -> dict[str, Any]:
    async with context.read() as reader:
        row = await reader.sql.fetchrow(
            "SELECT state, expected, billed, current_cents FROM bill_runs WHERE id = $1", run_id
        )
    return dict(row) if row else {}


JOBS: dict[str, JobFunction] = {
    "billing.calculate": calculate_run,
    "billing.calculate_share": calculate_share,
    "billing.post": post_run,
    "billing.post_share": post_share,
    "billing.reverse": reverse_run,
}
