"""Wire shapes of the journal and of an account's ledger."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.ledger.models import GlKind
from curbstop.platform.lists import ListParams


class GlAccountListParams(ListParams):
    kind: GlKind | None = Field(None, description="Only this kind.")
    fund: str | None = Field(None, max_length=40, description="Only this fund.")


class GlAccountOut(BaseModel):
    code: str = Field(examples=["1200"])
    name: str
    kind: GlKind
    fund: str | None
    role: str | None = Field(description="What the accounting recipes know it by.")
    control: bool = Field(description="Its balance is the sum over customers' accounts.")


class LineOut(BaseModel):
    """A transfer: `cents` moved from `credit` to `debit`."""

    line: int
    debit: str
    credit: str
    cents: int
    account_id: UUID | None
    item_id: UUID | None


class EntryOut(BaseModel):
    """A posted journal entry with its lines."""

    id: UUID
    seq: int = Field(description="The journal's own order.")
    kind: str
    posted_on: date
    posted_at: datetime
    source_type: str
    source_id: UUID
    account_id: UUID | None
    memo: str
    reverses_id: UUID | None
    lines: list[LineOut]


class LedgerLine(BaseModel):
    """One act on an account, with what it owed after it."""

    entry_id: UUID
    seq: int
    kind: str
    posted_on: date
    source_type: str
    source_id: UUID
    memo: str
    cents: int = Field(description="Signed: what the act added to the balance.")
    balance_cents: int = Field(description="The balance after it.")
    reverses_id: UUID | None


class Aging(BaseModel):
    """What is unpaid, by days past due; credits that pay nothing yet stand beside it."""

    as_of_on: date
    current_cents: int = Field(description="Not yet due, or due up to 30 days ago.")
    over_30_cents: int
    over_60_cents: int
    over_90_cents: int
    unapplied_cents: int = Field(description="Credits not used, as a positive figure.")
    balance_cents: int = Field(description="The four ages less the unapplied credits.")


class AccountLedger(BaseModel):
    """An account's acts, newest first, and its balance by age."""

    aging: Aging
    items: list[LedgerLine]
    next_cursor: str | None


class OpenItemOut(BaseModel):
    """An item that is not settled."""

    id: UUID
    entry_id: UUID
    kind: str
    charge_group: str | None
    fund: str | None
    due_on: date
    posted_on: date
    cents: int = Field(description="What it was; negative is a credit.")
    open_cents: int = Field(description="What is left of it.")
    days_past_due: int = Field(description="Negative while it is not due.")
