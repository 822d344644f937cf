"""Draw a sample of accepted reads, and record what somebody found at each meter."""

from uuid import UUID

from curbstop.audit import actions as audit
from curbstop.kernel.errors import Conflict, IdempotencyConflict, NotFound
from curbstop.platform.uow import Uow
from curbstop.readings.audits import queries
from curbstop.readings.audits.models import AuditedRead, AuditFinding, ReadAudit
from curbstop.readings.audits.schemas import ReadAuditRequest, ReadAuditRow, ReadFindingRequest
from curbstop.readings.reviews.models import UNDECIDED_SQL
from curbstop.readings.walks.queries import get_walk


class NothingToDraw(Conflict):
    title = "There is no accepted read to draw from"


class AuditItemNotFound(NotFound):
    title = "No such read in the sample"


class FindingStands(Conflict):
    title = "The finding of this read is recorded already"


class CheckerTookTheRead(Conflict):
    title = "Another person checks a read, not the one who recorded it"


# Accepted: it stands, somebody or something took it, and nobody doubts it any more.
_ACCEPTED = f"""
WITH standing AS (
  SELECT DISTINCT ON (d.register_id, d.read_on)
         d.register_id, d.read_on, d.value, d.method, d.kind,
         coalesce(d.recorded_by, o.created_by) AS recorded_by
  FROM reads d LEFT JOIN read_imports o ON o.id = d.import_id
  WHERE d.read_on BETWEEN $1 AND $2
  ORDER BY d.register_id, d.read_on, d.revision DESC
), accepted AS (
  SELECT a.register_id, a.read_on, a.value, a.recorded_by, i.service_point_id, s.walk_id,
         s.sequence
  FROM standing a
  JOIN registers r ON r.id = a.register_id
  JOIN installations i ON i.meter_id = r.meter_id AND i.from_on <= a.read_on
       AND (i.to_on IS NULL OR i.to_on > a.read_on)
  LEFT JOIN walk_stops s ON s.service_point_id = i.service_point_id
  WHERE a.value IS NOT NULL AND a.method <> 'estimated' AND a.kind IN ('cycle', 'check')
    AND ($3::uuid IS NULL OR s.walk_id = $3)
    AND NOT EXISTS (SELECT FROM read_reviews v WHERE v.register_id = a.register_id
                    AND v.read_on = a.read_on AND v.state IN {UNDECIDED_SQL})
), drawn AS (
  SELECT *, count(*) OVER () AS population FROM accepted
  ORDER BY md5($4 || register_id::text || read_on::text) LIMIT $5
)
SELECT d.* FROM drawn d LEFT JOIN walks w ON w.id = d.walk_id
ORDER BY w.code NULLS LAST, d.sequence, d.register_id, d.read_on
"""  # noqa: S608

_ITEM = """
SELECT t.recorded_by, f.place IS NOT NULL AS found FROM read_audit_items t
LEFT JOIN read_audit_findings f USING (audit_id, place)
WHERE t.audit_id = $1 AND t.place = $2
"""


async def draw_sample(uow: Uow, request: ReadAuditRequest) -> ReadAuditRow:
    """Draw reads at random and keep them as they stand; the seed is kept, so anyone can redraw.

    Raises: WalkNotFound, NothingToDraw, IdempotencyConflict (same id, other content).
    """
    if earlier := await uow.session.get(ReadAudit, request.id):
        if ReadAuditRequest.model_validate(earlier, from_attributes=True) != request:
            raise IdempotencyConflict(str(request.id))
        return await queries.get_audit(uow.sql, request.id)
    if request.walk_id is not None:
        await get_walk(uow.sql, request.walk_id)
    seed = request.id.hex
    days = (request.first_on, request.last_on)
    drawn = await uow.sql.fetch(_ACCEPTED, *days, request.walk_id, seed, request.asked_size)
    if not drawn:
        raise NothingToDraw(f"from {request.first_on} to {request.last_on}")
    uow.session.add(
        ReadAudit(
            **request.model_dump(),
            sample_size=len(drawn),
            population=drawn[0]["population"],
            seed=seed,
            drawn_by=uow.actor.id,
            drawn_at=uow.now,
        )
    )
    await uow.session.flush()
    names = tuple(AuditedRead.model_fields)
    kept = names[2:]
    rows = [
        (request.id, place, *(row[name] for name in kept))
        for place, row in enumerate(drawn, start=1)
    ]
    await uow.sql.copy("read_audit_items", names, rows)
    after = {"reads": len(drawn), "of": drawn[0]["population"], "name": request.name}
    audit.record(uow, "read_audit.drawn", request.id, after=after)
    return await queries.get_audit(uow.sql, request.id)


async def record_finding(uow: Uow, audit_id: UUID, place: int, request: ReadFindingRequest) -> None:
    """Keep what was found at a meter of the sample; a difference is corrected on its own.

    The same finding again changes nothing. Raises: AuditItemNotFound, FindingStands,
    CheckerTookTheRead.
    """
    item = await uow.sql.fetchrow(_ITEM, audit_id, place)
    if item is None:
        raise AuditItemNotFound(f"{audit_id}, {place}")
    if item["found"]:
        stands = await uow.session.get(AuditFinding, (audit_id, place))
        if ReadFindingRequest.model_validate(stands, from_attributes=True) == request:
            return
        raise FindingStands(f"read {place} of the sample")
    if item["recorded_by"] == uow.actor.id:
        raise CheckerTookTheRead(f"read {place} of the sample is yours")
    uow.session.add(
        AuditFinding(
            **request.model_dump(),
            audit_id=audit_id,
            place=place,
            recorded_by=item["recorded_by"],
            checked_by=uow.actor.id,
            checked_at=uow.now,
        )
    )
    after = {"place": place} | request.model_dump(mode="json")
    audit.record(uow, "read_audit.found", audit_id, after=after)
    await uow.session.flush()
