"""HTTP for the search box."""

from typing import Annotated

from fastapi import APIRouter, Query

from curbstop.identity.auth import requires_sign_in
from curbstop.platform.uow import ReadUow
from curbstop.search import queries
from curbstop.search.schemas import Findings

router = APIRouter(tags=["search"])


@router.get("/search", response_model=Findings, dependencies=[requires_sign_in()])
async def search(
    reader: ReadUow,
    q: Annotated[str, Query(min_length=1, max_length=100, description="Any scrap.")],
) -> Findings:
    """Accounts, parcels, meters, bills and payments by any scrap; exact digits first."""
    found = await queries.find(reader.sql, q, reader.actor.permissions)
    return Findings(items=found)
