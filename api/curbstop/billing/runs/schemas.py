"""Wire shapes of bill runs."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.billing.bills.schemas import BillRow
from curbstop.billing.runs.models import ExceptionCode, RunKind, RunState, Severity
from curbstop.kernel.dates import Day
from curbstop.kernel.fields import Request
from curbstop.kernel.money import Cents
from curbstop.kernel.wire import QueryFlag, Whole
from curbstop.platform.lists import ListParams

Reason = Annotated[str, Field(min_length=5, max_length=500)]


class RunRequest(Request):
    """Prepare a run: of a cycle's period, or of named accounts with dates of its own."""

    id: UUID = Field(description="Client-made UUIDv7; repeating it is safe.")
    name: str = Field(min_length=1, max_length=120, examples=["Cycle 1, June 2026"])
    cycle_period_id: UUID | None = Field(None, description="The period of a regular run.")
    account_ids: list[UUID] = Field(
        default_factory=list, max_length=10_000, description="The accounts of an off-cycle run."
    )
    reason: str = Field(
        "", max_length=500, description="Off-cycle: why, in at least five characters."
    )
    period_from: Day | None = Field(None, description="Off-cycle: first day of the period.")
    period_to: Day | None = Field(None, description="Off-cycle: first day after the period.")
    bill_on: Day | None = Field(None, description="Off-cycle: date of the bills.")
    due_on: Day | None = Field(None, description="Off-cycle: null takes the policy's days.")


class RunOut(BaseModel):
    """A run, how far it is, and what it comes to."""

    id: UUID
    number: int = Field(description="The run's number, on every bill of it.")
    kind: RunKind
    name: str
    state: RunState
    cycle_code: str | None
    cycle_period_id: UUID | None
    reason: str = Field(description="Why an off-cycle run was set up; empty on a regular one.")
    period_from: date
    period_to: date
    through_on: date = Field(description="Last day whose reads count.")
    bill_on: date
    due_on: date
    expected: int = Field(description="Accounts that must be billed or excused.")
    billed: int = Field(description="Bills made by the last calculation.")
    current_cents: Cents = Field(description="What they come to.")
    open_exceptions: int = Field(description="Blocking exceptions without an excuse.")
    prepared_by: UUID
    prepared_at: datetime
    calculated_at: datetime | None
    reviewed_by: UUID | None
    reviewed_at: datetime | None
    approved_by: UUID | None
    approved_at: datetime | None
    posted_at: datetime | None
    posted_on: date | None = Field(description="The day in the books.")
    reversed_at: datetime | None
    reversal_reason: str | None


class RunListParams(ListParams):
    """Filters of the list of runs."""

    state: RunState | None = None
    kind: RunKind | None = None


class RunExceptionOut(BaseModel):
    """An account that was not billed, or that somebody should look at."""

    id: UUID
    run_id: UUID
    account_id: UUID
    account_number: str
    customer_name: str = Field(json_schema_extra={"confidential": True})
    agreement_id: UUID | None
    code: ExceptionCode
    reason: str
    severity: Severity
    excused: bool
    excused_by: UUID | None
    excuse: str | None
    excused_at: datetime | None


class RunExceptionListParams(ListParams):
    """Filters of a run's exceptions."""

    code: ExceptionCode | None = None
    severity: Severity | None = None
    excused: QueryFlag | None = None


class ExcuseRequest(Request):
    """Why an account may stay without a bill in this run."""

    reason: Reason = Field(examples=["Meter is being replaced; billed off-cycle next week"])


class ExceptionSelection(Request):
    """Open, blocking exceptions of a run: the named ones, or all that match but a few."""

    ids: list[UUID] = Field(
        default_factory=list, max_length=10_000, description="Only these; empty takes all."
    )
    code: ExceptionCode | None = Field(None, description="Only of this kind.")
    q: str | None = Field(None, max_length=200, description="Only what the list's search finds.")
    excluded_ids: list[UUID] = Field(
        default_factory=list, max_length=10_000, description="Of those that match, not these."
    )


class ExcuseManyRequest(ExceptionSelection):
    """Excuse a selection with one reason."""

    expected: Whole = Field(
        ge=1, description="How many the preview told; refused when it is another number by now."
    )
    reason: Reason


class CodeCount(BaseModel):
    """How many exceptions of a kind."""

    code: ExceptionCode
    exceptions: int


class ExcusePreview(BaseModel):
    """What excusing a selection would do."""

    exceptions: int
    accounts: int = Field(description="Accounts that stay without a bill in this run.")
    by_code: list[CodeCount]
    left_open: int = Field(description="Exceptions that would still block the run.")


class ExcusedOut(BaseModel):
    """What was excused."""

    excused: int


class ReverseRequest(Request):
    """Why a posted run is taken back."""

    reason: Reason


class Unaccounted(BaseModel):
    """An expected account that is neither billed nor excused, and why."""

    account_id: UUID
    account_number: str
    customer_name: str = Field(json_schema_extra={"confidential": True})
    code: str = Field(description="The exception's code, or `not_calculated`.")
    reason: str


class CompletenessOut(BaseModel):
    """The proof that nobody is forgotten: expected = billed + excused, or who is missing."""

    complete: bool
    expected: int = Field(description="Accounts that the calendar says must be billed, as of now.")
    billed: int
    excused: int
    unaccounted: int
    unexpected: int = Field(description="Billed accounts that are not expected any more.")
    missing: list[Unaccounted] = Field(description="The first hundred that are missing.")


class PreListRow(BaseModel):
    """An expected account whose bill something would stop."""

    account_id: UUID
    account_number: str
    customer_name: str = Field(json_schema_extra={"confidential": True})
    missing: list[str] = Field(description="Plain reasons: no read, an open review, no tariff.")


class PreListOut(BaseModel):
    """Everyone the run must bill, with what is missing."""

    expected: int
    ready: int
    items: list[PreListRow] = Field(description="Those that are not ready, up to 500.")


class RunBillRow(BillRow):
    """A bill of the run beside the account's bill before it."""

    before_cents: Cents | None = Field(description="The account's last standing bill, if any.")
    change_cents: Cents | None
    change_size_cents: Cents | None = Field(description="Without its sign, to sort by.")


class ProofLine(BaseModel):
    """One equation of the run's proof; both sides counted from their own tables."""

    key: str = Field(examples=["postings"])
    agrees: bool
    count: int
    cents: Cents | None
    other_count: int
    other_cents: Cents | None


class GlLine(BaseModel):
    """What the run put into an account of the books."""

    gl: str
    name: str
    debit_cents: Cents
    credit_cents: Cents


class RunProof(BaseModel):
    """A posted run: bills = postings, statements = bills, print file = register, GL in balance."""

    agrees: bool
    lines: list[ProofLine]
    distribution: list[GlLine] = Field(description="The general-ledger distribution, by account.")


class GroupTotals(BaseModel):
    """Bills, water and dollars of one class or charge group, here and in the run compared with."""

    name: str
    bills: int
    quantity: str = Field(description="Billed water in the unit of the tariff, as a decimal.")
    cents: Cents
    other_bills: int
    other_quantity: str
    other_cents: Cents


class TopChange(BaseModel):
    """A bill that differs most from the account's bill in the run compared with."""

    bill_id: UUID
    account_id: UUID
    account_number: str
    customer_name: str = Field(json_schema_extra={"confidential": True})
    cents: Cents
    other_cents: Cents
    change_cents: Cents


class RunComparison(BaseModel):
    """A run against an earlier one of its cycle: the last, or the same period last year."""

    run_id: UUID | None = Field(description="The run compared with; null when there is none.")
    run_name: str | None
    by_class: list[GroupTotals]
    by_group: list[GroupTotals]
    top_changes: list[TopChange] = Field(description="The 25 largest changes.")


class ReversalPreview(BaseModel):
    """What reversing a run would undo."""

    bills: int
    current_cents: Cents
    paid_bills: int = Field(description="Bills of which something was paid; it becomes a credit.")
    paid_cents: Cents
    statements_printed: int
