"""News that travels up the floors, handled before the transaction that made it commits."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from curbstop.platform.uow import Uow

EVENTS_PER_UNIT_MAX = 100


@dataclass(frozen=True, slots=True)
class Event:
    """Base of every event; subclasses are frozen dataclasses of plain values."""


@dataclass(frozen=True, slots=True)
class ListExported(Event):
    """Someone took a list out of the system (Gov. Code 7927.410: customer data is confidential)."""

    path: str
    query: str
    rows: int
    reason: str | None


# A handler takes the unit of work and its own event type; the registry pairs them.
Handler = Callable[["Uow", Any], Awaitable[None]]
Handlers = Mapping[type[Event], Sequence[Handler]]


async def dispatch(uow: "Uow", handlers: Handlers) -> None:
    """Hand every emitted event to its handlers, those emitted on the way included.

    Raises RuntimeError when handlers feed each other without end; what they raise aborts the unit.
    """
    handled = 0
    while uow.events:
        event = uow.events.pop(0)
        handled += 1
        if handled > EVENTS_PER_UNIT_MAX:
            raise RuntimeError(f"more than {EVENTS_PER_UNIT_MAX} events in one unit of work")
        for handler in handlers.get(type(event), ()):
            await handler(uow, event)
