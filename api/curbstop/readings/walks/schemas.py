"""Wire shapes of walks, their stops and hand entry."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, model_validator

from curbstop.kernel.fields import Request, not_empty, one_line
from curbstop.platform.lists import ListParams
from curbstop.readings.days import Day
from curbstop.readings.walks.models import WalkRequest

Code = Annotated[str, Field(max_length=10, pattern=r"^[A-Za-z0-9/_-]*$")]
Short = Annotated[str, Field(max_length=20), AfterValidator(one_line)]
Words = Annotated[str, Field(max_length=100), AfterValidator(one_line)]


class WalkBody(Request):
    """A walk as the office sets it up."""

    id: UUID = Field(description="Client-made UUIDv7; repeating it is safe.")
    code: Annotated[Short, AfterValidator(not_empty)] = Field(min_length=1)
    name: Annotated[Words, AfterValidator(not_empty)] = Field(min_length=1)
    cycle: Short = ""
    layout: str = Field("generic-csv", max_length=40)
    reader: Words = ""


class WalkOut(WalkRequest):
    """A walk with how many stops it has."""

    version: int
    stops: int


class WalkListParams(ListParams):
    """Filters of the walks list."""

    cycle: str | None = Field(None, max_length=20)


class StopsRequest(Request):
    """The stops of a walk in the order in which they are read; replaces the order of before."""

    service_point_ids: list[UUID] = Field(max_length=20_000)


class EntryLine(BaseModel):
    """One register of a stop, with what the ten-key pad needs beside it."""

    sequence: int
    service_point_id: UUID
    service_point_code: str
    service_address: str | None
    location: str
    access_notes: str
    account_number: str | None
    meter_serial: str
    endpoint: str
    register_id: UUID
    register_no: str
    dials: int
    decimals: int
    unit: str
    previous_on: date | None
    previous_value: Decimal | None
    low_limit: Decimal | None = Field(description="Below this, look again.")
    high_limit: Decimal | None = Field(description="Above this, look again.")
    value: Decimal | None = Field(description="The read of the day, when it is there already.")
    skip_code: str = Field(description="Why it was not read that day; empty without one.")
    trouble_codes: list[str] = Field(description="What else was noted of it that day.")
    note: str
    photo_id: UUID | None = Field(description="Its photo of that day: `GET /files/{id}`.")


class Entry(Request):
    """What the reader noted of one register: a value, or the code that says why there is none."""

    register_id: UUID
    value: Decimal | None = Field(ge=0, max_digits=18, decimal_places=6)
    skip_code: Code = ""
    trouble_codes: list[Code] = Field(default=[], max_length=3)
    note: str = Field("", max_length=200)
    photo_id: UUID | None = Field(None, description="A stored file.")

    @model_validator(mode="after")
    def _value_or_reason(self) -> "Entry":
        if self.value is None and not self.skip_code:
            raise ValueError("a register without a value needs a skip code")
        return self


class EntriesRequest(Request):
    """Hand entry of a day. Repeating it changes nothing that stands already."""

    read_on: Day
    entries: list[Entry] = Field(min_length=1, max_length=1000)


class EntriesDone(BaseModel):
    """What became of the entries."""

    recorded: int
    skipped: int
    exceptions: int


class MissingRequest(Request):
    """The day of the walk; registers without a read since `since_on` are missing."""

    since_on: Day
    read_on: Day
