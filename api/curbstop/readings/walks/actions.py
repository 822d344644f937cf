"""Set up walks, put their stops in order, and enter reads by hand."""

from datetime import date
from uuid import UUID

from curbstop.audit import actions as audit
from curbstop.documents.files import queries as stored
from curbstop.kernel.errors import BadInput, Conflict, FieldError, IdempotencyConflict
from curbstop.kernel.ids import uuid7
from curbstop.platform.http import require_version
from curbstop.platform.uow import Uow
from curbstop.readings.actions import NewRead, record_read
from curbstop.readings.layouts.queries import get_layout
from curbstop.readings.models import ReadCode
from curbstop.readings.queries import PlacedRegister, get_placed_register
from curbstop.readings.reviews.judging import judge_reads
from curbstop.readings.reviews.models import ReadReview, ReviewState
from curbstop.readings.validation.rules import RuleName, Severity
from curbstop.readings.walks import queries
from curbstop.readings.walks.models import Walk
from curbstop.readings.walks.schemas import (
    EntriesDone,
    EntriesRequest,
    Entry,
    MissingRequest,
    StopsRequest,
    WalkBody,
    WalkOut,
)

# A sheet that is sent again says nothing new.
_NOTED_ALREADY = """
SELECT 1 FROM read_codes
WHERE service_point_id = $1 AND register_id = $2 AND noted_on = $3 AND skip_code = $4
  AND trouble_codes = $5::jsonb AND note = $6 AND photo_id IS NOT DISTINCT FROM $7
"""


class WalkCodeTaken(Conflict):
    title = "There is a walk of this code"


class StopElsewhere(Conflict):
    title = "A service point stands on another walk"


class StopUnknown(BadInput):
    title = "A stop is not a service point"


class PhotoNotFound(BadInput):
    title = "The photo is not a stored file"


async def add_walk(uow: Uow, body: WalkBody) -> WalkOut:
    """Set up a walk.

    Raises: ReadLayoutNotFound, WalkCodeTaken, IdempotencyConflict (same id, other content).
    """
    if earlier := await uow.session.get(Walk, body.id):
        if WalkBody.model_validate(earlier, from_attributes=True) != body:
            raise IdempotencyConflict(str(body.id))
        return await queries.get_walk(uow.sql, body.id)
    await get_layout(uow.sql, body.layout)
    if await uow.sql.fetchval("SELECT 1 FROM walks WHERE code = $1", body.code):
        raise WalkCodeTaken(body.code)
    uow.session.add(Walk(**body.model_dump()))
    audit.record(uow, "walk.added", body.id, after=body.model_dump(mode="json", exclude={"id"}))
    return await queries.get_walk(uow.sql, body.id)


async def order_stops(uow: Uow, walk_id: UUID, request: StopsRequest, seen: str) -> WalkOut:
    """Put a walk's stops in order, all at once.

    Raises: WalkNotFound, StaleVersion, StopUnknown, StopElsewhere (names the first).
    """
    walk = await queries.get_walk(uow.sql, walk_id)
    require_version(seen, walk.version)
    points = list(dict.fromkeys(request.service_point_ids))
    unknown = await uow.sql.fetchval(
        "SELECT a.id FROM unnest($1::uuid[]) a (id)"
        " LEFT JOIN service_points p ON p.id = a.id WHERE p.id IS NULL LIMIT 1",
        points,
    )
    if unknown is not None:
        raise StopUnknown(str(unknown), FieldError("/service_point_ids", str(unknown)))
    elsewhere = await uow.sql.fetchrow(
        "SELECT p.code, w.code AS walk FROM walk_stops s JOIN walks w ON w.id = s.walk_id"
        " JOIN service_points p ON p.id = s.service_point_id"
        " WHERE s.service_point_id = ANY($1) AND s.walk_id <> $2 ORDER BY p.code LIMIT 1",
        *(points, walk_id),
    )
    if elsewhere is not None:
        raise StopElsewhere(f"{elsewhere['code']} is on walk {elsewhere['walk']}")
    await uow.sql.execute("DELETE FROM walk_stops WHERE walk_id = $1", walk_id)
    rows = [(point, walk_id, 10 * place) for place, point in enumerate(points, start=1)]
    await uow.sql.copy("walk_stops", ("service_point_id", "walk_id", "sequence"), rows)
    await uow.sql.execute("UPDATE walks SET version = version + 1 WHERE id = $1", walk_id)
    before, after = {"stops": walk.stops}, {"stops": len(points)}
    audit.record(uow, "walk.ordered", walk_id, before=before, after=after)
    return await queries.get_walk(uow.sql, walk_id)


async def enter_reads(uow: Uow, walk_id: UUID, request: EntriesRequest) -> EntriesDone:
    """Take what was typed from the reader's sheet; every value is judged as an imported one.

    Raises: WalkNotFound, RegisterNotFound, ReadDoesNotFit, PhotoNotFound.
    """
    await queries.get_walk(uow.sql, walk_id)
    done = EntriesDone(recorded=0, skipped=0, exceptions=0)
    fresh: dict[UUID, tuple[UUID, date, UUID | None]] = {}
    for entry in request.entries:
        placed = await get_placed_register(uow.sql, entry.register_id, request.read_on)
        await _keep_codes(uow, entry, placed, request.read_on)
        if entry.value is None:
            done.skipped += 1
            reason = f"Not read: {entry.skip_code}"
            done.exceptions += await raise_missing(
                uow, entry.register_id, placed.service_point_id, request.read_on, reason
            )
        else:
            read = NewRead(entry.register_id, request.read_on, entry.value)
            done.recorded += 1
            if await record_read(uow, read, judge=False):
                place = placed.service_point_id
                fresh[entry.register_id] = (entry.register_id, request.read_on, place)
    done.exceptions += await judge_reads(uow, list(fresh.values()))
    return done


async def _keep_codes(uow: Uow, entry: Entry, placed: PlacedRegister, on: date) -> None:
    said = entry.skip_code or entry.trouble_codes or entry.note or entry.photo_id
    if not said or placed.service_point_id is None:
        return
    if entry.photo_id is not None and not await stored.find_file(uow.sql, entry.photo_id):
        raise PhotoNotFound(str(entry.photo_id), FieldError("/entries/photo_id", "not stored"))
    code = ReadCode(
        id=uuid7(),
        service_point_id=placed.service_point_id,
        register_id=entry.register_id,
        noted_on=on,
        skip_code=entry.skip_code,
        trouble_codes=entry.trouble_codes,
        note=entry.note,
        photo_id=entry.photo_id,
        recorded_by=uow.actor.id,
        recorded_at=uow.now,
    )
    if not await uow.sql.fetchval(_NOTED_ALREADY, *_noted(code)):
        uow.session.add(code)
        await uow.session.flush()


def _noted(code: ReadCode) -> tuple[object, ...]:
    said = (code.skip_code, code.trouble_codes, code.note, code.photo_id)
    return (code.service_point_id, code.register_id, code.noted_on, *said)


async def raise_missing(
    uow: Uow, register_id: UUID, service_point_id: UUID | None, on: date, reason: str
) -> int:
    """Put a register that was not read on the edit list, once for a day; returns 1 when new."""
    known = await uow.sql.fetchval(
        "SELECT 1 FROM read_reviews WHERE register_id = $1 AND read_on = $2 AND rule = 'missing'",
        *(register_id, on),
    )
    if known:
        return 0
    uow.session.add(
        ReadReview(
            id=uuid7(),
            rule=RuleName.MISSING,
            severity=Severity.BLOCK,
            state=ReviewState.OPEN,
            reason=reason,
            register_id=register_id,
            service_point_id=service_point_id,
            read_on=on,
            raw="",
            needs_second=False,
            decision_reason="",
            created_at=uow.now,
        )
    )
    await uow.session.flush()
    return 1


async def find_missing(uow: Uow, walk_id: UUID, request: MissingRequest) -> int:
    """Raise `missing` for every register of the walk without a read since a day.

    Returns how many were raised; a second call raises none. Raises WalkNotFound.
    """
    await queries.get_walk(uow.sql, walk_id)
    raised = 0
    span = (request.since_on, request.read_on)
    for register_id in await queries.unread_registers(uow.sql, walk_id, *span):
        placed = await get_placed_register(uow.sql, register_id, request.read_on)
        reason = f"No read since {request.since_on}"
        raised += await raise_missing(
            uow, register_id, placed.service_point_id, request.read_on, reason
        )
    audit.record(uow, "walk.checked", walk_id, after={"missing": raised})
    return raised
