"""Wire shapes of bills under other rates."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from curbstop.kernel.dates import Day
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


class RerateRequest(BaseModel):
    """Price the posted bills of a span under other versions, drafts included."""

    model_config = ConfigDict(extra="forbid")

    version_ids: list[UUID] = Field(min_length=1, max_length=100, description="One a tariff.")
    from_on: Day = Field(description="Bills whose period ends after this day …")
    to_on: Day = Field(description="… and no later than this one.")
