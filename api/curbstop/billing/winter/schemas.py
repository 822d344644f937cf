"""Wire shapes of winter averages."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.billing.winter.models import ProposalState, WinterFlag
from curbstop.kernel.dates import Day
from curbstop.kernel.fields import Request
from curbstop.kernel.wire import QueryFlag
from curbstop.platform.lists import ListParams

Quantity = Annotated[Decimal, Field(ge=0, lt=10**8, decimal_places=6)]


class WinterComputation(Request):
    """Work out the averages of everyone on a rate, by the rule of its tariff."""

    id: UUID = Field(description="Client-made UUIDv7; repeating it is safe.")
    rate_code: str = Field(min_length=1, max_length=40, examples=["S-RES"])
    as_of_on: Day = Field(description="The winter (or calendar year) before this day counts.")
    from_on: Day = Field(description="Bills of periods that begin on or after it use the average.")


class WinterEntry(Request):
    """One customer's average, set by hand: a new home, a leak in winter."""

    id: UUID = Field(description="Client-made UUIDv7; repeating it is safe.")
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
    set_by_name: str
    approved_by_name: str


class WinterListParams(ListParams):
    """Filters of the averages."""

    rate_code: str | None = Field(None, max_length=40)
    account_id: UUID | None = None
    from_on: Day | None = None


class WinterLineEdit(Request):
    """A line as the office corrects it; without a quantity the customer keeps what they have."""

    quantity: Quantity | None = None
    reason: str = Field(min_length=5, max_length=200)


class WinterRejection(Request):
    """Why nothing of it is set."""

    reason: str = Field(min_length=5, max_length=300)


class WinterProposalRow(BaseModel):
    """A proposal in the list."""

    id: UUID
    rate_code: str
    as_of_on: date | None = Field(description="The winter before this day; none when by hand.")
    from_on: date
    reason: str
    state: ProposalState
    prepared_by: UUID
    prepared_by_name: str
    prepared_at: datetime
    decided_by_name: str | None
    decided_at: datetime | None
    agreements: int
    to_set: int = Field(description="Lines with a quantity.")
    flagged: int = Field(description="Lines that deserve a look.")


class WinterProposalOut(WinterProposalRow):
    """A proposal and the effect of setting it."""

    authors: list[UUID] = Field(description="Who worked on it; none of them may approve it.")
    decision: str | None
    version: int
    before: Decimal = Field(description="Sum of what the lines to be set have now, tariff's unit.")
    after: Decimal = Field(description="Sum of what they would have.")
    by_flag: dict[WinterFlag, int]


class WinterLineOut(BaseModel):
    """What one agreement would be set to."""

    id: UUID = Field(description="The agreement.")
    account_id: UUID
    account_number: str
    customer_name: str = Field(json_schema_extra={"confidential": True})
    quantity: Decimal | None
    previous: Decimal | None
    change: Decimal | None
    flag: WinterFlag
    note: str


class WinterProposalListParams(ListParams):
    """Filters of the proposals."""

    state: ProposalState | None = None
    rate_code: str | None = Field(None, max_length=40)


class WinterLineListParams(ListParams):
    """Filters of the lines."""

    flag: WinterFlag | None = None
    flagged: QueryFlag | None = Field(None, description="Only what deserves a look.")
