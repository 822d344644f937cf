"""Record, correct and withdraw reads: always by adding a revision, never by changing one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from curbstop.audit import actions as audit
from curbstop.kernel.errors import BadInput, Conflict, FieldError
from curbstop.platform.uow import Uow
from curbstop.readings.kinds import ReadKind, ReadMethod
from curbstop.readings.queries import PlacedRegister, get_placed_register, standing_read
from curbstop.readings.reviews.judging import judge_one

_INSERT = (
    "INSERT INTO reads (register_id, read_on, revision, value, method, kind, rollovers,"
    " recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
)
_REPLACED = (
    "UPDATE read_reviews SET state = 'dismissed', decided_by = $3, decided_at = $4,"
    " decision_reason = $5, version = version + 1"
    " WHERE register_id = $1 AND read_on = $2"
    " AND state IN ('open', 'proposed', 'held', 'reread')"
)


class ReadNotFound(Conflict):
    title = "There is no read of this register on this day"


class ReadDoesNotFit(BadInput):
    title = "The dials cannot show this value"


@dataclass(frozen=True, slots=True)
class NewRead:
    """A read as somebody took it; `value` in the register's unit, point included."""

    register_id: UUID
    read_on: date
    value: Decimal
    method: ReadMethod = ReadMethod.KEYED
    kind: ReadKind = ReadKind.CYCLE
    rollovers: int = 0


async def add_revision(uow: Uow, read: NewRead, *, value: Decimal | None) -> None:
    """Add the next revision of a day; `value` None withdraws. The caller audits."""
    await uow.sql.execute("SELECT public.ensure_read_partitions($1, $1)", read.read_on)
    earlier = await standing_read(uow.sql, read.register_id, read.read_on)
    await uow.sql.execute(
        _INSERT,
        *(read.register_id, read.read_on, earlier["revision"] + 1 if earlier else 0, value),
        *(read.method.value, read.kind.value, read.rollovers, uow.actor.id, uow.now),
    )


async def record_read(uow: Uow, read: NewRead, *, reason: str = "", judge: bool = True) -> bool:
    """Record a read, or correct the one of that day; returns whether anything changed.

    The very same value again changes nothing. A correction answers the undecided exceptions of the
    day, and the new value is judged in its turn unless the caller judges many at once.
    Raises: RegisterNotFound, ReadDoesNotFit.
    """
    placed = await get_placed_register(uow.sql, read.register_id, read.read_on)
    _require_fit(placed, read)
    earlier = await standing_read(uow.sql, read.register_id, read.read_on)
    if earlier and (earlier["value"], earlier["rollovers"]) == (read.value, read.rollovers):
        return False
    await add_revision(uow, read, value=read.value)
    before = {"value": str(earlier["value"])} if earlier else None
    after = {"value": str(read.value), "on": read.read_on.isoformat(), "kind": read.kind.value}
    act = "read.corrected" if earlier else "read.recorded"
    audit.record(uow, act, read.register_id, before=before, after=after, reason=reason or None)
    await answer_exceptions(uow, read.register_id, read.read_on, "replaced by a new read")
    if judge:
        await judge_one(uow, read.register_id, placed.service_point_id, read.read_on)
    return True


async def withdraw_read(uow: Uow, register_id: UUID, read_on: date, reason: str) -> None:
    """Take a wrong read back; its day has none then. Raises ReadNotFound."""
    earlier = await standing_read(uow.sql, register_id, read_on)
    if earlier is None or earlier["value"] is None:
        raise ReadNotFound(f"{register_id} on {read_on}")
    kind, method = ReadKind(earlier["kind"]), ReadMethod(earlier["method"])
    read = NewRead(register_id, read_on, earlier["value"], method, kind)
    await add_revision(uow, read, value=None)
    before = {"value": str(earlier["value"])}
    after = {"on": read_on.isoformat()}
    audit.record(uow, "read.withdrawn", register_id, before=before, after=after, reason=reason)
    await answer_exceptions(uow, register_id, read_on, "the read was withdrawn")


async def answer_exceptions(uow: Uow, register_id: UUID, read_on: date, reason: str) -> None:
    """Dismiss what is undecided about a day whose read was replaced."""
    await uow.sql.execute(_REPLACED, register_id, read_on, uow.actor.id, uow.now, reason)


def _require_fit(placed: PlacedRegister, read: NewRead) -> None:
    if not 0 <= read.value < placed.facts.capacity:
        digits = placed.facts.dials - placed.facts.decimals
        reason = f"meter {placed.serial} shows {digits} whole digits"
        raise ReadDoesNotFit(f"{read.value}: {reason}", FieldError("/value", reason))
