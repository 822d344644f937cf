"""HTTP for the timeline."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from curbstop.accounts.queries import AccountNotFound
from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import BadInput, Forbidden
from curbstop.ledger.journal.queries import require_account
from curbstop.platform.http import problems
from curbstop.platform.pagination import CursorPage
from curbstop.platform.uow import ReadUow
from curbstop.reports.timeline import queries
from curbstop.reports.timeline.schemas import TimelineKind, TimelineRow

router = APIRouter(tags=["reports"])


@router.get(
    "/accounts/{account_id}/timeline",
    response_model=CursorPage[TimelineRow],
    dependencies=[requires(Perm.ACCOUNT_READ)],
    responses=problems(AccountNotFound, BadInput, Forbidden),
)
async def get_account_timeline(
    account_id: UUID,
    reader: ReadUow,
    kind: Annotated[list[TimelineKind], Query(description="Only these kinds; none is all.")] = [],  # noqa: B006 - FastAPI copies defaults
    q: Annotated[str, Query(max_length=200, description="Any scrap of what a row says.")] = "",
    limit: Annotated[int, Query(ge=1, le=200, description="Rows on a page.")] = 50,
    cursor: Annotated[str | None, Query(max_length=120, description="`next_cursor`.")] = None,
) -> CursorPage[TimelineRow]:
    """What happened on an account, newest first, of the kinds that the caller may read."""
    await require_account(reader.sql, account_id)
    return await queries.timeline(reader, account_id, queries.TimelineAsked(kind, q, limit, cursor))
