"""Wire shapes of winter averages."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from curbstop.kernel.dates import Day
from curbstop.platform.lists import ListParams

Quantity = Annotated[Decimal, Field(ge=0, lt=10**8, decimal_places=6)]


class WinterComputation(BaseModel):
    """Work out the averages of everyone on a rate, by the rule of its tariff."""

    model_config = ConfigDict(extra="forbid")

    rate_code: str = Field(min_length=1, max_length=40, examples=["S-RES"])
    as_of_on: Day = Field(description="The winter (or calendar year) before this day counts.")
    from_on: Day = Field(description="Bills of periods that begin on or after it use the average.")


class WinterEntry(BaseModel):
    """One customer's average, set by hand: a new home, a leak in winter."""

    model_config = ConfigDict(extra="forbid")

    agreement_id: UUID
    quantity: Quantity = Field(description="In the unit of the agreement's tariff.")
    from_on: Day
    reason: str = Field(min_length=5, max_length=200, examples=["New home: class average"])


class WinterAverageOut(BaseModel):
    """An average and where it comes from."""

    agreement_id: UUID
    account_id: UUID
    account_number: str
    customer_name: str = Field(json_schema_extra={"confidential": True})
    rate_code: str
    from_on: Day
    quantity: Decimal
    source: str


class WinterListParams(ListParams):
    """Filters of the averages."""

    rate_code: str | None = Field(None, max_length=40)
    account_id: UUID | None = None
    from_on: Day | None = None
