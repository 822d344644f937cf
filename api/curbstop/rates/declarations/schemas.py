"""Wire shapes of declarations, evapotranspiration and winter averages."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from curbstop.kernel.dates import Day
from curbstop.kernel.fields import Request
from curbstop.platform.lists import ListParams

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,59}$", examples=["drought-stage-2"])]


class DeclarationRequest(Request):
    """A declaration as the board adopted it."""

    id: UUID = Field(description="Client-made UUIDv7; repeating it is safe.")
    code: Code = Field(description="What tariffs call it in `declared`.")
    from_on: Day
    to_on: Day | None = Field(None, description="The day on which it no longer holds, if known.")
    document: Text = Field(description="Resolution or minute that declares it.")


class LiftRequest(Request):
    """The end of a declaration."""

    to_on: Day = Field(description="The first day on which it no longer holds.")
    reason: Text


class DeclarationListParams(ListParams):
    """Filters of declarations."""

    code: str | None = Field(None, max_length=60)
    on: Day | None = Field(None, description="In force on this day.")


class DeclarationOut(BaseModel):
    """What the board declared, and for which days."""

    id: UUID
    code: str
    from_on: date
    to_on: date | None
    document: str
    declared_by_name: str
    declared_at: datetime
    version: int


class MonthlyInches(Request):
    """Reference evapotranspiration of one month."""

    month: Day = Field(description="The first day of the month.")
    inches: Decimal = Field(ge=0, le=999, decimal_places=3)


class EvapotranspirationRequest(Request):
    """Months of one zone, entered or corrected."""

    months: list[MonthlyInches] = Field(min_length=1, max_length=240)


class EvapotranspirationOut(BaseModel):
    """A zone's months, in order."""

    zone: str
    months: list[MonthlyInches]


class SwitchedOut(BaseModel):
    """A component of a schedule that a declaration switches or prices."""

    tariff_code: str
    name_en: str
    title_en: str
    agreements: int = Field(description="On this rate on the day asked about.")


class DeclarationCodeOut(BaseModel):
    """A code that schedules in force make something depend on, and what declaring it switches."""

    code: str
    switches: list[SwitchedOut]
    agreements: int = Field(description="Agreements whose bills it changes.")
    declared_until: date | None = Field(description="End of the declaration now in force.")
    is_declared: bool


class ZoneOut(BaseModel):
    """A zone of evapotranspiration and how far its months reach."""

    zone: str
    months: int
    first_month: date
    last_month: date
