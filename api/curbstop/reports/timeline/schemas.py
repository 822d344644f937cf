"""Wire shape of a timeline."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field


class TimelineKind(StrEnum):
    """What happened; the staff app filters by it and knows the page of each."""

    READ = "read"
    BILL = "bill"
    PAYMENT = "payment"
    ADJUSTMENT = "adjustment"
    CHARGE = "charge"
    NOTE = "note"
    LETTER = "letter"
    FILE = "file"
    FLAG = "flag"
    AGREEMENT = "agreement"


class TimelineRow(BaseModel):
    """One thing that happened on an account."""

    kind: TimelineKind
    id: UUID = Field(description="Unique together with `kind` and `at`.")
    subject_id: UUID = Field(
        description="What to open: the bill, payment, adjustment, journal entry, note, file or"
        " flag itself; the service point of a read or an agreement."
    )
    at: datetime = Field(description="A thing that has only a day stands at its beginning.")
    on: date = Field(description="The district's day.")
    has_time: bool = Field(description="False when only the day is known.")
    title: str = Field(examples=["Bill 0042-0001234-7"])
    detail: str
    state: str | None = Field(examples=["reversed"])
    cents: int | None = Field(description="Signed: what it added to the balance.")
    quantity: Decimal | None = Field(description="Water between this read and the one before.")
    unit: str | None
    by_name: str | None = Field(description="Who did it, where a person did.")
