"""Wire shapes of payments."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field, field_validator
from sqlmodel._compat import SQLModelConfig

from curbstop.kernel.dates import Day
from curbstop.kernel.fields import Request, printable
from curbstop.payments.models import PaymentRequest, ReturnReason, Tender
from curbstop.platform.lists import ListParams


class PaymentIn(PaymentRequest):
    """A payment to post."""

    model_config = SQLModelConfig(extra="forbid")

    _printable = field_validator("*", mode="before")(printable)


class Paid(BaseModel):
    """What a payment settles of one open item."""

    item_id: UUID
    charge_group: str | None
    due_on: date
    cents: int = Field(description="Paid by this payment.")


class PaymentOut(BaseModel):
    """A posted payment and what it paid when it was posted."""

    id: UUID
    account_id: UUID
    cents: int
    tender: Tender
    reference: str
    received_on: date
    note: str
    entry_id: UUID
    posted_at: datetime
    received_by: UUID
    received_by_name: str
    paid: list[Paid]
    unapplied_cents: int = Field(description="What stayed as a credit.")
    reversed_at: datetime | None
    reversal_reason: ReturnReason | None


class PaymentRow(BaseModel):
    """A payment in the list."""

    id: UUID
    account_id: UUID
    account_number: str
    cents: int
    tender: Tender
    reference: str
    received_on: date
    posted_at: datetime
    received_by_name: str
    reversed_at: datetime | None
    reversal_reason: ReturnReason | None


class PaymentListParams(ListParams):
    account_id: UUID | None = Field(None, description="Only this account's.")
    tender: Tender | None = Field(None, description="Only this tender.")
    from_on: Day | None = Field(None, description="Received on this day or later.")
    to_on: Day | None = Field(None, description="Received before this day.")


class PreviewLine(BaseModel):
    """An open item before and after the payment."""

    item_id: UUID
    kind: str
    charge_group: str | None
    due_on: date
    open_cents: int
    paid_cents: int
    left_cents: int


class PaymentPreview(BaseModel):
    """What a payment would do, before the button."""

    account_id: UUID
    cents: int
    lines: list[PreviewLine] = Field(description="Every open charge, oldest first.")
    unapplied_cents: int = Field(description="What would stay as a credit of this payment.")
    balance_before_cents: int
    balance_after_cents: int


class ReversalIn(Request):
    """Why a payment is taken back."""

    id: UUID = Field(description="Client-made UUIDv7; repeating it is safe.")
    reason: ReturnReason
    note: str = Field("", max_length=300)
