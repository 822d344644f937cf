"""Wire shapes of a payoff."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.accounts.kinds import Language
from curbstop.kernel.dates import Day
from curbstop.kernel.fields import MadeId, Name, Request


class UnbilledOut(BaseModel):
    """Days of a service that no bill holds yet: the last bill's charge per day, times the days."""

    agreement_id: UUID
    service: str
    service_point_code: str
    from_on: date
    to_on: date = Field(description="First day that is not in it.")
    days: int
    bill_number: str | None = Field(description="The bill that the estimate rests on.")
    bill_cents: int | None = Field(description="What that bill charged for this service.")
    bill_days: int | None
    estimate_cents: int | None = Field(description="Null before the service's first bill.")


class PayoffOut(BaseModel):
    """The balance of today and an estimate of what is not billed through a day."""

    account_id: UUID
    account_number: str
    as_of_on: date
    good_through_on: date = Field(description="The last day that the estimate holds.")
    balance_cents: int
    unbilled: list[UnbilledOut]
    unbilled_cents: int = Field(description="The estimates together.")
    total_cents: int


class PayoffLetterRequest(Request):
    id: MadeId
    good_through_on: Day = Field(description="Today or later, at most 60 days.")
    language: Language | None = Field(None, description="Null takes the account's language.")
    recipient: Annotated[list[Name], Field(max_length=5)] = Field(
        [], description="Who asked for it, line by line; none is the account's mailing address."
    )
