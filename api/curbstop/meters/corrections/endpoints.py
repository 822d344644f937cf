"""HTTP for register corrections: parse, authorize, delegate."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import IdempotencyConflict
from curbstop.meters.corrections import actions, queries
from curbstop.meters.corrections.schemas import CorrectionOut, CorrectionRequest
from curbstop.platform.http import problems
from curbstop.platform.uow import ReadUow, WriteUow

router = APIRouter(tags=["meters"])


class CorrectionMade(BaseModel):
    """The correction that is kept."""

    id: UUID


@router.get(
    "/meters/{meter_id}/corrections",
    response_model=list[CorrectionOut],
    dependencies=[requires(Perm.METER_READ)],
)
async def list_register_corrections(meter_id: UUID, reader: ReadUow) -> list[CorrectionOut]:
    """What the record once said wrongly of a meter's registers, newest first."""
    return await queries.corrections_of_meter(reader.sql, meter_id)


@router.post(
    "/registers/{register_id}/corrections",
    status_code=201,
    response_model=CorrectionMade,
    dependencies=[requires(Perm.METER_WRITE)],
    responses=problems(
        actions.NoSuchRegister,
        actions.NothingToCorrect,
        actions.CorrectionAhead,
        IdempotencyConflict,
    ),
)
async def correct_register(
    register_id: UUID, body: CorrectionRequest, uow: WriteUow
) -> CorrectionMade:
    """Set the record of a register right; bills that stand are listed by the preview."""
    return CorrectionMade(id=(await actions.correct_register(uow, register_id, body)).id)
