"""Wire shapes of bills under other rates."""

from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.kernel.dates import Day, Moment
from curbstop.kernel.fields import Request
from curbstop.kernel.money import Cents


class RepricedBill(BaseModel):
    """The part of a bill that a tariff made, as it is and as another version would make it."""

    bill_id: UUID
    version_id: UUID
    before_cents: Cents
    after_cents: Cents
    labels: list[str] = Field(description="One a line, as are the next two.")
    explanations: list[str]
    amounts_cents: list[int]


class RerateRequest(Request):
    """Price the posted bills of a span under other versions, drafts included."""

    version_ids: list[UUID] = Field(min_length=1, max_length=100, description="One a tariff.")
    from_on: Day = Field(description="Bills whose period ends after this day …")
    to_on: Day = Field(description="… and no later than this one.")


class BucketOut(BaseModel):
    """How many bills change by `[from_cents, to_cents)`."""

    from_cents: int
    to_cents: int
    bills: int


class DistributionOut(BaseModel):
    """How the change falls on the bills; losers pay more than before."""

    bills: int
    before_cents: int
    after_cents: int
    winners: int
    losers: int
    unchanged: int
    lowest_cents: int
    highest_cents: int
    percentiles: dict[int, int] = Field(description="5, 10 … 95 → cents, by nearest rank.")
    buckets: list[BucketOut]


class GroupChange(BaseModel):
    """The bills of one class or one band of use."""

    name: str = Field(examples=["residential"])
    bills: int
    before_cents: int
    after_cents: int
    winners: int
    losers: int
    median_cents: int = Field(description="Of the changes.")
    highest_cents: int


class LargestChange(BaseModel):
    """One of the bills that rise most."""

    bill_id: UUID
    account_id: UUID
    account_number: str
    account_class: str
    hcf: Decimal | None = Field(description="Metered use of the bill.")
    before_cents: int
    after_cents: int
    change_cents: int


class Refusal(BaseModel):
    """A bill that the versions cannot price, with the plain reason."""

    bill_id: UUID
    reason: str


class RerateResult(BaseModel):
    """What a period would have come to."""

    distribution: DistributionOut
    by_class: list[GroupChange]
    by_band: list[GroupChange] = Field(description="By metered use in HCF.")
    largest: list[LargestChange]
    refused: int
    refusals: list[Refusal]


class RerateOut(BaseModel):
    """A re-rating: what was asked, and what it found once its job is done."""

    job_id: UUID
    state: str
    version_ids: list[UUID]
    from_on: Day
    to_on: Day
    asked_at: Moment
    result: RerateResult | None
