"""Add a code and say what it means; retire one."""

from uuid import UUID

from sqlmodel import col, select

from curbstop.audit import actions as audit
from curbstop.kernel.errors import Conflict
from curbstop.parcels.changes import plain, require_same
from curbstop.platform.uow import Uow
from curbstop.readings.codes.models import ReadCodeKind
from curbstop.readings.codes.queries import ReadCodeNotFound
from curbstop.readings.codes.schemas import ReadCodeRequest


class ReadCodeTaken(Conflict):
    title = "The code has a meaning already"


class ReadCodeRetired(Conflict):
    title = "The code was retired before"


async def add_code(uow: Uow, request: ReadCodeRequest) -> ReadCodeKind:
    """Say what a code means from now on.

    Raises: ReadCodeTaken, IdempotencyConflict (same id, other content).
    """
    if earlier := await uow.session.get(ReadCodeKind, request.id):
        require_same(earlier, request)
        return earlier
    taken = select(ReadCodeKind).where(
        ReadCodeKind.kind == request.kind,
        ReadCodeKind.code == request.code,
        col(ReadCodeKind.retired_at).is_(None),
    )
    if other := (await uow.session.exec(taken)).one_or_none():
        raise ReadCodeTaken(f"{other.code}: {other.meaning}")
    code = ReadCodeKind(
        **request.model_dump(),
        added_by=uow.actor.id,
        added_by_name=uow.actor.name,
        added_at=uow.now,
    )
    uow.session.add(code)
    audit.record(uow, "read_code.added", code.id, after=plain(request))
    await uow.session.flush()
    return code


async def retire_code(uow: Uow, code_id: UUID, reason: str) -> None:
    """Take a code out of use; what readers left before keeps its meaning.

    Raises: ReadCodeNotFound, ReadCodeRetired.
    """
    code = await uow.session.get(ReadCodeKind, code_id, with_for_update=True)
    if code is None:
        raise ReadCodeNotFound(str(code_id))
    if code.retired_at is not None:
        raise ReadCodeRetired(f"by {code.retired_by_name}: {code.retirement_reason}")
    code.retired_by, code.retired_by_name = uow.actor.id, uow.actor.name
    code.retired_at, code.retirement_reason = uow.now, reason
    after = {"kind": code.kind.value, "code": code.code}
    audit.record(uow, "read_code.retired", code.id, after=after, reason=reason)
    await uow.session.flush()
