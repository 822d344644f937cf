"""HTTP for the effect of a register's correction: parse, authorize, delegate."""

from uuid import UUID

from fastapi import APIRouter

from curbstop.billing.register_effects import queries
from curbstop.billing.register_effects.schemas import CorrectionEffect
from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.meters.corrections.schemas import RegisterTruth
from curbstop.platform.http import problems
from curbstop.platform.uow import ReadUow
from curbstop.readings.queries import RegisterNotFound

router = APIRouter(tags=["billing"])


@router.post(
    "/registers/{register_id}/corrections/preview",
    response_model=CorrectionEffect,
    dependencies=[requires(Perm.METER_READ)],
    responses=problems(RegisterNotFound),
)
async def preview_register_correction(
    register_id: UUID, body: RegisterTruth, reader: ReadUow
) -> CorrectionEffect:
    """The unbilled water that setting a register right changes, and the bills it proves wrong."""
    return await queries.effect_of_correction(reader, register_id, body)
