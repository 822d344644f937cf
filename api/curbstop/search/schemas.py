"""Wire shapes of the search."""

from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field


class FoundKind(StrEnum):
    """What a finding is; the staff app knows the page of each."""

    ACCOUNT = "account"
    PARCEL = "parcel"
    METER = "meter"
    BILL = "bill"
    PAYMENT = "payment"


class Finding(BaseModel):
    """One thing that matches, with enough on it to choose."""

    kind: FoundKind
    id: UUID
    title: str = Field(examples=["0012-3456-01 · Ana Flores"])
    subtitle: str = Field(examples=["128 Heron Ln"])
    account_id: UUID | None = Field(description="The account that it belongs to, if to one.")
    active: bool = Field(description="False for closed accounts and retired meters.")


class Findings(BaseModel):
    """The best matches of each kind, best first."""

    items: list[Finding]
