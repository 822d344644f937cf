"""Wire shapes of the chart's balances and charge groups."""

from datetime import date

from pydantic import BaseModel, Field

from curbstop.ledger.models import GlKind


class ChargeGroupOut(BaseModel):
    """A charge code and the account that its income goes to."""

    code: str = Field(description="What tariffs call `group`.", examples=["water_use"])
    name: str
    fund: str
    income_gl: str
    income_gl_name: str


class GlBalanceOut(BaseModel):
    """A GL account as of a day; `balance_cents` is debits less credits."""

    code: str
    name: str
    kind: GlKind
    fund: str | None
    role: str | None
    control: bool
    debit_cents: int
    credit_cents: int
    balance_cents: int


class GlBalances(BaseModel):
    """The chart as of the end of a day, with two proofs that must come to nothing."""

    as_of_on: date
    items: list[GlBalanceOut]
    difference_cents: int = Field(description="Sum of all balances: 0 when the books balance.")
    control_cents: int = Field(description="Balance of the receivable's control account.")
    receivable_cents: int = Field(description="Sum over customers' items as of the same day.")
    is_proved: bool = Field(description="Control equals receivable, and the books balance.")
