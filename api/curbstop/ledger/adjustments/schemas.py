"""Wire shapes of adjustments."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, Field, field_validator, model_validator
from sqlmodel._compat import SQLModelConfig

from curbstop.kernel.fields import Request, printable
from curbstop.kernel.money import Cents, NonNegativeCents
from curbstop.ledger.adjustments.models import AdjustmentRequest, AdjustmentState, Direction
from curbstop.platform.lists import ListParams


class AdjustmentIn(AdjustmentRequest):
    """An adjustment to ask for."""

    model_config = SQLModelConfig(extra="forbid")

    _printable = field_validator("*", mode="before")(printable)


class AdjustmentOut(AdjustmentRequest):
    limit_cents: int = Field(description="Above it a second person posts.")
    state: AdjustmentState
    requested_by: UUID
    requested_by_name: str
    requested_at: datetime
    decided_by: UUID | None
    decided_by_name: str | None
    decided_at: datetime | None
    decision_note: str | None
    entry_id: UUID | None


class AdjustmentRow(BaseModel):
    """An adjustment in the list and the approval inbox."""

    id: UUID
    account_id: UUID
    account_number: str
    type_code: str
    amount_cents: int
    limit_cents: int
    note: str
    state: AdjustmentState
    requested_by: UUID
    requested_by_name: str
    requested_at: datetime
    decided_by_name: str | None
    decided_at: datetime | None


class AdjustmentListParams(ListParams):
    account_id: UUID | None = Field(None, description="Only this account's.")
    state: AdjustmentState | None = Field(None, description="`requested` is the approval inbox.")
    type_code: str | None = Field(None, max_length=40, description="Only this type.")


class AdjustmentTypeOut(BaseModel):
    """A kind of correction, with the limit that holds today."""

    code: str
    name: str
    gl: str
    direction: Direction
    charge_group: str | None
    due_days: int
    limit_cents: int


class Effect(BaseModel):
    """An open item before and after."""

    item_id: UUID
    charge_group: str | None
    due_on: date
    open_cents: int
    left_cents: int


class AdjustmentPreview(BaseModel):
    """What an adjustment would do, before the button."""

    needs_second_person: bool
    limit_cents: int
    debit: str = Field(description="GL account.")
    credit: str = Field(description="GL account.")
    effects: list[Effect] = Field(description="Open items that a credit would pay.")
    unapplied_cents: int = Field(description="Of a credit, what would stay unused.")
    balance_before_cents: int
    balance_after_cents: int


class DecisionIn(Request):
    """A second person's word."""

    note: str = Field("", max_length=500)


class PricedUse(Request):
    """A block of billed water: so much at such a price."""

    quantity: Decimal = Field(ge=0, max_digits=14, decimal_places=4)
    price: Decimal = Field(ge=0, max_digits=12, decimal_places=6, description="Dollars a unit.")


class LeakBill(Request):
    """One bill that the leak ran through."""

    label: str = Field(max_length=60, examples=["June 2026"])
    blocks: list[PricedUse] = Field(min_length=1, max_length=20, description="Lowest tier first.")
    ordinary: Decimal = Field(
        ge=0, max_digits=14, decimal_places=4, description="Use without the leak."
    )
    ordinary_from: str = Field(
        "", max_length=80, description="Where that figure comes from; empty: as policy says."
    )

    @model_validator(mode="after")
    def _some_use(self) -> "LeakBill":
        if not any(block.quantity for block in self.blocks):
            raise ValueError("a bill without use has no leak")
        return self


class LeakIn(Request):
    """A leak claim to work out. Quantities are in the unit that the bill prices."""

    account_id: UUID
    unit: str = Field("HCF", max_length=8)
    bills: list[LeakBill] = Field(min_length=1, max_length=12, description="Oldest first.")
    base_price: Decimal | None = Field(
        None,
        ge=0,
        max_digits=12,
        decimal_places=6,
        description="Dollars a unit: bill the excess at this price instead of crediting a part.",
    )


class LeakOut(BaseModel):
    """The credit and its arithmetic, line by line, in words."""

    credit_cents: NonNegativeCents
    steps: list[str]
    refusals: list[str] = Field(description="Why policy allows none; empty when it does.")
    amount_cents: Cents = Field(description="For the adjustment: the credit, negative.")
