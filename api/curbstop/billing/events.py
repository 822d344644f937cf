"""What billing tells the rooms above."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from curbstop.platform.events import Event


@dataclass(frozen=True, slots=True)
class BillsPosted(Event):
    """A chunk of a run's bills is in the books; told in the transaction that put them there."""

    run_id: UUID
    posted_on: date
    due_on: date
    bill_ids: tuple[UUID, ...]
    account_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class RunPosted(Event):
    """All bills of a run are in the books."""

    run_id: UUID
    bills: int
    current_cents: int


@dataclass(frozen=True, slots=True)
class BillsReversed(Event):
    """A chunk of a posted run's bills was taken back."""

    run_id: UUID
    bill_ids: tuple[UUID, ...]
    account_ids: tuple[UUID, ...]
