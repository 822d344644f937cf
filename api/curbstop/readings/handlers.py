"""What readings does on others' news."""

from curbstop.meters.events import MeterInstalled, MeterRemoved
from curbstop.platform.events import Event, Handler
from curbstop.platform.uow import Uow
from curbstop.readings.actions import NewRead, record_read
from curbstop.readings.kinds import ReadKind, ReadMethod


async def store_in_reads(uow: Uow, event: MeterInstalled) -> None:
    """A set meter starts at what it showed, in the same transaction."""
    await _store(uow, event, ReadKind.IN)


async def store_out_reads(uow: Uow, event: MeterRemoved) -> None:
    """A removed meter ends at what it showed; the rules judge it like any read."""
    await _store(uow, event, ReadKind.OUT)


async def _store(uow: Uow, event: MeterInstalled | MeterRemoved, kind: ReadKind) -> None:
    for register_id, value in event.reads.items():
        read = NewRead(register_id, event.on, value, ReadMethod.KEYED, kind)
        await record_read(uow, read, judge=kind is ReadKind.OUT)


HANDLERS: dict[type[Event], list[Handler]] = {
    MeterInstalled: [store_in_reads],
    MeterRemoved: [store_out_reads],
}
