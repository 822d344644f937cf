"""The proof of the ledger as long work: asked for by a person, or by the clock every night."""

from collections.abc import Mapping
from typing import Any

from curbstop.kernel.errors import Conflict
from curbstop.ledger.seals.actions import PROOF
from curbstop.ledger.seals.schemas import CheckResult
from curbstop.ledger.seals.verify import Check, prove
from curbstop.platform.queue import JobContext, JobFunction


class LedgerDiffers(Conflict):
    title = "The ledger does not hold"


def verify_jobs(more: Mapping[str, Check]) -> dict[str, JobFunction]:
    """The job with the checks of the rooms above."""

    async def verify_ledger(context: JobContext) -> dict[str, Any]:
        """Run every check; raises LedgerDiffers with the first bad row of each that fails."""
        results, head = await prove(context.database, context.actor, more)
        if bad := [result for result in results if result.finding]:
            raise LedgerDiffers("; ".join(_said(result) for result in bad))
        return {"checks": [r.name for r in results], "head": str(head) if head else None}

    return {PROOF: verify_ledger}


def _said(result: CheckResult) -> str:
    assert result.finding is not None
    return f"{result.name}: first bad row: {result.finding.row}: {result.finding.detail}"
