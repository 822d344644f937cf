"""Wire shapes of a register's history."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.readings.kinds import ReadKind, ReadMethod
from curbstop.readings.reviews.models import ReviewState
from curbstop.readings.validation.rules import RuleName


class HistoryDecision(BaseModel):
    """An exception of a day, and who decided it."""

    id: UUID
    rule: RuleName
    state: ReviewState
    reason: str
    decision_reason: str
    decided_by_name: str | None
    decided_at: datetime | None
    approved_by_name: str | None


class HistoryRevision(BaseModel):
    """A value that a day has or had; the highest revision stands."""

    revision: int
    value: Decimal | None = Field(description="Null: the read was withdrawn.")
    method: ReadMethod
    kind: ReadKind
    rollovers: int
    recorded_by_name: str | None
    recorded_at: datetime | None
    import_id: UUID | None
    line: int | None


class HistoryDay(BaseModel):
    """A day of a register: what it showed, how the office came by it, and what was decided."""

    read_on: date
    used: Decimal | None = Field(description="Counts since the standing read before.")
    days: int | None
    revisions: list[HistoryRevision] = Field(description="The one that stands first.")
    estimate: str | None = Field(description="How the standing estimate was made.")
    skip_code: str
    trouble_codes: list[str]
    note: str
    photo_id: UUID | None
    decisions: list[HistoryDecision]


class RegisterHistory(BaseModel):
    """A register with its days, newest first."""

    register_id: UUID
    number: str
    unit: str
    meter_id: UUID
    meter_serial: str
    meter_make: str
    service_point_id: UUID | None = Field(description="Where it stands now, or stood last.")
    service_point_code: str | None
    days: list[HistoryDay]
