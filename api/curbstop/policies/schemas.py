"""Wire shapes of policies."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from curbstop.kernel.dates import Day
from curbstop.kernel.wire import Flag
from curbstop.policies.kinds import Kind

Scope = Annotated[
    str, StringConstraints(pattern=r"^(([a-z][a-z0-9_]{0,39}|\*)(/[a-z][a-z0-9_]{0,39})?)?$")
]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]


class PolicyRequest(BaseModel):
    """A decision to be entered."""

    model_config = ConfigDict(extra="forbid")

    id: UUID = Field(description="Client-made UUIDv7; repeating it is safe.")
    value: JsonValue = Field(
        description="Of the policy's kind: decimals and percentages as strings, money in cents.",
        examples=["10", 25, ["PO Box 1100"]],
    )
    scope: Scope = Field(
        "",
        description="Class, or class/season, of a scoped policy: `irrigation/summer`, `*/summer`.",
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


class PolicyValueOut(BaseModel):
    """A decision as entered."""

    id: UUID
    key: str
    scope: str
    value: JsonValue
    from_on: date
    citation: str
    decided_by: str
    reason: str
    warning: str | None = Field(description="What was acknowledged: a bound of the law.")
    approved_by: UUID
    approved_by_name: str
    approved_at: datetime


class PolicyOut(BaseModel):
    """A policy on one day: its value, where that comes from, what the law allows, its history."""

    key: str
    group: str
    title: str
    kind: Kind
    unit: str
    choices: list[str]
    is_scoped: bool
    default: JsonValue
    value: JsonValue = Field(description="The unscoped value on the day asked for.")
    is_default: bool
    from_on: date | None
    source: str = Field(description="Of the value: the decision's citation, or the default's.")
    law: str = Field(description="Section that bounds it, under the district's regime.")
    floor: str | None
    ceiling: str | None
    warning: str | None = Field(description="Why the present value lies outside the law.")
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
