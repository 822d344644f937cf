"""Wire shapes of policies."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, JsonValue, StringConstraints

from curbstop.kernel.dates import Day
from curbstop.kernel.fields import Request
from curbstop.kernel.wire import Flag
from curbstop.policies.kinds import Kind

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]


class PolicyRequest(Request):
    """A decision to be entered."""

    id: UUID = Field(description="Client-made UUIDv7; repeating it is safe.")
    value: JsonValue = Field(
        description="Of the policy's kind: decimals and percentages as strings, money in cents.",
        examples=["10", 25, ["PO Box 1100"]],
    )
    from_on: Day = Field(description="The first day on which it applies.")
    decided_by: Line = Field(
        description="Who decided it.", examples=["Board of Directors, Resolution 2026-14"]
    )
    citation: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = Field(
        "", description="Document, section or page that records it."
    )
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)] = Field(
        "", description="Why; required when a warning is acknowledged."
    )
    acknowledge_warning: Flag = Field(
        False, description="Enter it although it lies outside the law's bounds."
    )


class ValueState(StrEnum):
    """Whether a decision applies: `entered` and `approved` do, from their day on."""

    ENTERED = "entered"
    WAITING = "waiting"
    APPROVED = "approved"
    RETURNED = "returned"


class PolicyValueOut(BaseModel):
    """A decision as entered, and what the second person said where one is needed."""

    id: UUID
    key: str
    value: JsonValue
    from_on: date
    citation: str
    decided_by: str
    reason: str
    warning: str | None = Field(description="What was acknowledged: a bound of the law.")
    state: ValueState
    entered_by: UUID
    entered_by_name: str
    entered_at: datetime
    answered_by: UUID | None
    answered_by_name: str | None
    answered_at: datetime | None
    answer_reason: str | None


class PreviewRequest(Request):
    """A value that somebody thinks of entering."""

    value: JsonValue
    from_on: Day


class PercentExample(BaseModel):
    """What a percentage makes of $100.00, before and after, in cents."""

    base_cents: int
    before_cents: int
    after_cents: int


class PolicyPreview(BaseModel):
    """What a value would change; nothing was entered."""

    key: str
    from_on: date
    until_on: date | None = Field(
        description="The day on which a later decision replaces it; null: none is entered."
    )
    days_back: int = Field(description="Days that it begins before today; 0 when it does not.")
    before: JsonValue = Field(description="The value of that day as things stand.")
    before_from_on: date | None = Field(description="Null: the default.")
    after: JsonValue
    is_same: bool
    needs_second: bool = Field(description="Another person has to approve it before it applies.")
    law: str
    floor: str | None
    ceiling: str | None
    warning: str | None = Field(description="Why it lies outside the law.")
    example: PercentExample | None = Field(description="Of percentages.")


class AnswerRequest(Request):
    """Why a value goes back to whoever entered it."""

    reason: Line


class PolicyOut(BaseModel):
    """A policy on one day: its value, where that comes from, what the law allows, its history."""

    key: str
    group: str
    title: str
    kind: Kind
    unit: str
    choices: list[str]
    needs_second: bool = Field(description="Two persons set it: one enters, another approves.")
    default: JsonValue
    value: JsonValue = Field(description="What applies on the day asked for.")
    is_default: bool
    from_on: date | None
    source: str = Field(description="Of the value: the decision's citation, or the default's.")
    law: str = Field(description="Section that bounds it, under the district's regime.")
    floor: str | None
    ceiling: str | None
    warning: str | None = Field(description="Why the present value lies outside the law.")
    waiting: int = Field(description="Decisions that wait for a second person.")
    history: list[PolicyValueOut] = Field(description="Every decision, latest first.")


class PolicyList(BaseModel):
    """All policies on one day. Few and fixed, so they are not paged."""

    on: date
    regime: str
    regime_note: str
    items: list[PolicyOut]


class HolidayOut(BaseModel):
    """A day on which the office is closed."""

    on: date
    name: str


class HolidayList(BaseModel):
    """The closed days of a year besides Saturdays and Sundays."""

    year: int
    citation: str
    items: list[HolidayOut]
