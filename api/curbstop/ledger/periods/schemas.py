"""Wire shapes of months."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.ledger.models import PeriodState


class PeriodOut(BaseModel):
    """A month of the books."""

    month: date = Field(description="Its first day.")
    state: PeriodState
    entries: int
    cents: int = Field(description="Sum of its journal lines.")
    closed_at: datetime | None
    closed_by: UUID | None
