"""The long work of explaining: a period of the whole district under other rates."""

from datetime import date
from typing import Any
from uuid import UUID

from curbstop.billing.explain.rerate import rerate_period
from curbstop.platform.queue import JobContext, JobFunction


async def rerate(
    context: JobContext, version_ids: list[str], from_on: str, to_on: str
) -> dict[str, Any]:
    """The distribution of bill changes; writes nothing, so it may run again."""
    found = await rerate_period(
        context,
        [UUID(version) for version in version_ids],
        date.fromisoformat(from_on),
        date.fromisoformat(to_on),
    )
    return found.model_dump(mode="json")


JOBS: dict[str, JobFunction] = {"billing.rerate": rerate}
