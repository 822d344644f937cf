"""News of the ledger."""

from dataclasses import dataclass
from uuid import UUID

from curbstop.platform.events import Event


@dataclass(frozen=True, slots=True)
class AdjustmentPosted(Event):
    """A balance was corrected; negative cents credit the customer."""

    adjustment_id: UUID
    account_id: UUID
    entry_id: UUID
    cents: int


@dataclass(frozen=True, slots=True)
class PenaltiesPosted(Event):
    """A run of late penalties was booked."""

    run_id: UUID
    accounts: int
    cents: int
