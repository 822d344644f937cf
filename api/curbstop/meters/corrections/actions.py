"""Correct what the record says of a register: its dials, multiplier, unit or billing step."""

from uuid import UUID

from sqlmodel import col, select

from curbstop.audit import actions as audit
from curbstop.kernel.errors import Conflict, IdempotencyConflict, NotFound
from curbstop.meters.corrections.schemas import CorrectionRequest
from curbstop.meters.devices.actions import locked_meter
from curbstop.meters.models import Register, RegisterCorrection
from curbstop.parcels.changes import plain, require_same
from curbstop.platform.uow import Uow

FACTS = ("dials", "decimals", "multiplier", "unit", "billing_step")


class NoSuchRegister(NotFound):
    title = "No such register"


class NothingToCorrect(Conflict):
    title = "The record says so already"


class CorrectionAhead(Conflict):
    title = "The record cannot have been wrong on a day that has not come"


async def correct_register(
    uow: Uow, register_id: UUID, request: CorrectionRequest
) -> RegisterCorrection:
    """Set the record right and keep what it said; consumption not billed yet follows at once.

    Bills that stand are not touched: they are corrected by a rebill. Raises NoSuchRegister,
    NothingToCorrect, CorrectionAhead, IdempotencyConflict (same id, other register or
    content).
    """
    if earlier := await uow.session.get(RegisterCorrection, request.id):
        require_same(earlier, request)
        if earlier.register_id != register_id:
            raise IdempotencyConflict(f"{request.id} corrects another register")
        return earlier
    register = await _locked_register(uow, register_id)
    if request.wrong_since_on > uow.today:
        raise CorrectionAhead(f"{request.wrong_since_on} is after {uow.today}")
    before = {name: getattr(register, name) for name in FACTS}
    if before == {name: getattr(request, name) for name in FACTS}:
        raise NothingToCorrect(str(register_id))
    correction = RegisterCorrection(
        **request.model_dump(),
        **{f"was_{name}": value for name, value in before.items()},
        register_id=register_id,
        made_by=uow.actor.id,
        made_at=uow.now,
    )
    uow.session.add(correction)
    was = plain(register, *FACTS)
    await uow.session.flush()  # the trigger wants the correction before the change
    for name in FACTS:
        setattr(register, name, getattr(request, name))
    after = plain(request, *FACTS, "wrong_since_on")
    audit.record(
        uow, "registers.corrected", register_id, before=was, after=after, reason=request.reason
    )
    await uow.session.flush()
    return correction


async def _locked_register(uow: Uow, register_id: UUID) -> Register:
    """The register, its meter locked, so that two corrections take turns."""
    found = await uow.session.get(Register, register_id)
    if found is None:
        raise NoSuchRegister(str(register_id))
    await locked_meter(uow, found.meter_id)
    query = select(Register).where(col(Register.id) == register_id).with_for_update()
    return (await uow.session.exec(query.execution_options(populate_existing=True))).one()
