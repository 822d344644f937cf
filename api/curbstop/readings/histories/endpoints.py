"""HTTP for a register's history: parse, authorize, delegate."""

from uuid import UUID

from fastapi import APIRouter

from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.platform.http import problems
from curbstop.platform.uow import ReadUow
from curbstop.readings.days import FIRST_DAY, LAST_DAY, QueryDay
from curbstop.readings.histories import queries
from curbstop.readings.histories.schemas import RegisterHistory
from curbstop.readings.queries import RegisterNotFound

router = APIRouter(tags=["readings"])


@router.get(
    "/registers/{register_id}/history",
    response_model=RegisterHistory,
    dependencies=[requires(Perm.READING_READ)],
    responses=problems(RegisterNotFound),
)
async def get_register_history(
    register_id: UUID,
    reader: ReadUow,
    first_on: QueryDay = FIRST_DAY,
    last_on: QueryDay = LAST_DAY,
) -> RegisterHistory:
    """Every read of a register with its revisions, estimates, codes and who decided what."""
    return await queries.history_of(reader.sql, register_id, first_on, last_on)
