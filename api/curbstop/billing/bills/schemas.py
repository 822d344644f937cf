"""Wire shapes of bills."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.billing.bills.models import BillKind
from curbstop.kernel.money import Cents
from curbstop.kernel.wire import QueryFlag
from curbstop.platform.lists import ListParams


class BillState(StrEnum):
    """`draft`: a working row of a run; `posted`: in the books; `reversed`: taken back."""

    DRAFT = "draft"
    POSTED = "posted"
    REVERSED = "reversed"


class BillRow(BaseModel):
    """A bill on a list."""

    id: UUID
    number: str = Field(examples=["0042-0001234-7"])
    state: BillState
    run_id: UUID
    account_id: UUID
    account_number: str
    customer_name: str = Field(json_schema_extra={"confidential": True})
    account_class: str
    kind: BillKind
    period_from: date
    period_to: date = Field(description="First day after the period.")
    bill_on: date
    due_on: date
    current_cents: Cents = Field(description="The charges of this bill.")
    estimated: bool


class BillListParams(ListParams):
    """Filters of bills."""

    account_id: UUID | None = None
    run_id: UUID | None = None
    kind: BillKind | None = None
    state: BillState | None = None
    account_class: str | None = Field(None, max_length=40)
    zero: QueryFlag | None = Field(
        None, description="Bills that come to nothing, or those that do not."
    )
    credit: QueryFlag | None = Field(
        None, description="Bills that come to a credit, or the others."
    )
    estimated: QueryFlag | None = None


class ReadOut(BaseModel):
    """One register's part of a quantity, with both reads."""

    serial: str
    register_number: str
    from_on: date
    from_value: Decimal
    from_method: str
    to_on: date
    to_value: Decimal
    to_method: str
    rollovers: int
    multiplier: Decimal
    quantity: Decimal
    unit: str
    estimated: bool


class BillLineOut(BaseModel):
    """One line and everything that explains it."""

    line: int
    label: str = Field(examples=["Water use, tier 1"])
    explanation: str = Field(
        description="The formula with its numbers, the tier, the facts and the resolution.",
        examples=["10 HCF × $3.47 = $34.70 · tier 1, 0–10 HCF · Resolution 2025-07"],
    )
    component: str
    model: str
    charge_group: str
    from_on: date
    to_on: date
    tier: int
    quantity: Decimal | None
    unit: str | None
    price: Decimal | None = Field(description="Dollars per unit; percent for a percentage.")
    days_numerator: int
    days_denominator: int
    amount_cents: Cents
    tariff_version_id: UUID
    tariff_code: str
    resolution: str
    tariff_source: str
    effective_on: date


class BillSegmentOut(BaseModel):
    """One service on the bill: its days, its water with the proof, its lines."""

    agreement_id: UUID
    service: str
    rate_code: str
    period_from: date
    period_to: date
    days: int
    cycle_days: int | None = Field(description="Days of the whole cycle when this is a part of it.")
    quantity: Decimal | None
    unit: str | None
    estimated: bool
    share: str | None = Field(description="The part of a shared meter, such as `33 of 100`.")
    facts: dict[str, Any] = Field(description="The facts of the account that the rate was given.")
    reads: list[ReadOut]
    lines: list[BillLineOut]


class PolicyCited(BaseModel):
    """A policy that the bill follows."""

    key: str
    title: str
    value: str
    citation: str


class BillOut(BillRow):
    """A bill that explains itself."""

    run_name: str
    posted_at: datetime | None
    previous_cents: Cents | None = Field(description="From the books at posting; null before.")
    payments_cents: Cents | None
    adjustments_cents: Cents | None
    total_due_cents: Cents | None
    segments: list[BillSegmentOut]
    policies: list[PolicyCited]


class BillComparison(BaseModel):
    """Why a bill differs from another of the account; the four parts sum to the difference."""

    bill_id: UUID
    other_bill_id: UUID
    other_number: str
    difference_cents: Cents
    days_cents: Cents
    use_cents: Cents
    price_cents: Cents
    other_cents: Cents
    days: int
    other_days: int
    quantity: Decimal = Field(description="Billed water, sewer left out.")
    other_quantity: Decimal
    explanation: list[str] = Field(description="A plain sentence for each part that is not zero.")
