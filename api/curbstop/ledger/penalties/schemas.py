"""Wire shapes of penalty runs."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.kernel.dates import Day
from curbstop.kernel.fields import Request
from curbstop.kernel.wire import Flag
from curbstop.ledger.penalties.models import PenaltyKind, PenaltyRunState
from curbstop.platform.lists import ListParams


class PenaltyRunIn(Request):
    """A run to post."""

    id: UUID = Field(description="Client-made UUIDv7; repeating it is safe.")
    as_of_on: Day = Field(description="Bills past due on this day are charged; not after today.")
    acknowledge_warnings: Flag = Field(
        False, description="Post although the policy exceeds the law's ceiling."
    )


class PenaltyLine(BaseModel):
    """One penalty on one bill."""

    account_id: UUID
    account_number: str
    bill_entry_id: UUID
    due_on: date
    kind: PenaltyKind
    month: int
    base_cents: int
    percent: Decimal
    cents: int


class PenaltyPreview(BaseModel):
    """What a run would charge; the first lines, largest first."""

    as_of_on: date
    accounts: int
    charge_count: int
    cents: int
    citation: str
    warnings: list[str] = Field(description="Where the policy exceeds the law's ceiling.")
    lines: list[PenaltyLine]


class PenaltyRunOut(BaseModel):
    """A run of late penalties."""

    id: UUID
    as_of_on: date
    policy: dict[str, Any] = Field(description="The terms that it applied.")
    state: PenaltyRunState
    charge_count: int
    cents: int
    created_by: UUID
    created_at: datetime
    posted_at: datetime | None
    job_id: UUID | None


class PenaltyRunListParams(ListParams):
    state: PenaltyRunState | None = Field(None, description="Only these.")
