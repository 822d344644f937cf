"""News of payments: collections stops a shutoff before the request that paid has returned."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from curbstop.platform.events import Event


@dataclass(frozen=True, slots=True)
class PaymentPosted(Event):
    """Money came in and was applied."""

    payment_id: UUID
    account_id: UUID
    entry_id: UUID
    cents: int
    received_on: date


@dataclass(frozen=True, slots=True)
class PaymentReversed(Event):
    """A payment came back; what it had paid is open again with its own due dates."""

    payment_id: UUID
    account_id: UUID
    entry_id: UUID
    cents: int
    reason: str
