"""Long work of the ledger."""

from typing import Any

from curbstop.ledger.seals.actions import seal
from curbstop.platform.jobs import JobContext, JobFunction


async def seal_journal(context: JobContext) -> dict[str, Any]:
    """Seal what was posted since the last seal; the result holds the head to keep elsewhere."""
    async with context.write() as uow:
        head = await seal(uow)
    return {"head": str(head) if head else None}


JOBS: dict[str, JobFunction] = {"ledger.seal": seal_journal}
