"""Wire shapes of sample audits."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, model_validator

from curbstop.kernel.fields import Request, not_empty, one_line
from curbstop.kernel.wire import QueryFlag, Whole
from curbstop.platform.lists import ListParams
from curbstop.readings.audits.models import ReadFinding
from curbstop.readings.days import Day


class ReadAuditRequest(Request):
    """A sample to draw from the accepted reads of a span of days, of one walk or of all."""

    id: UUID = Field(description="Client-made UUIDv7; repeating it is safe.")
    name: Annotated[str, AfterValidator(one_line), AfterValidator(not_empty)] = Field(
        min_length=1, max_length=100
    )
    first_on: Day
    last_on: Day
    walk_id: UUID | None = None
    asked_size: Whole = Field(ge=1, le=1_000, description="How many reads; fewer when fewer are.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last_on < self.first_on:
            raise ValueError("the last day lies before the first")
        return self


class ReadAuditRow(BaseModel):
    """An audit and how far it is."""

    id: UUID
    name: str
    first_on: date
    last_on: date
    walk: str | None = Field(description="Null: every walk.")
    sample_size: int
    population: int = Field(description="Accepted reads that the sample was drawn from.")
    checked: int
    differing: int = Field(description="Of those checked, where the register showed another value.")
    seed: str = Field(description="Repeats the draw: the reads in the order of md5 with it.")
    drawn_by_name: str | None
    drawn_at: datetime


class ReadAuditItem(BaseModel):
    """A read of a sample, and what was found."""

    place: int = Field(description="In walk order, from 1.")
    register_id: UUID
    meter_serial: str
    service_point_id: UUID | None
    service_point_code: str | None
    service_address: str | None = Field(json_schema_extra={"confidential": True})
    location: str | None
    walk: str | None
    sequence: int | None
    read_on: date
    value: Decimal
    unit: str
    finding: ReadFinding | None = Field(description="Null: not checked yet.")
    found_value: Decimal | None
    note: str | None
    checked_by_name: str | None
    checked_at: datetime | None


class AuditListParams(ListParams):
    """The list of audits."""


class AuditItemParams(ListParams):
    """Filters of a sample."""

    finding: ReadFinding | None = None
    checked: QueryFlag | None = None


class ReadFindingRequest(Request):
    """What somebody found at the meter."""

    finding: ReadFinding
    found_value: Decimal | None = Field(
        None, ge=0, max_digits=18, decimal_places=6, description="When it differs."
    )
    note: str = Field("", max_length=300)

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        if (self.finding is ReadFinding.DIFFERS) != (self.found_value is not None):
            raise ValueError("a value goes with `differs`, and only with it")
        return self
