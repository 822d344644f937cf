"""Wire shapes of the home page."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.billing.runs.models import RunState
from curbstop.kernel.money import Cents


class CycleStanding(BaseModel):
    """A cycle at the period it works on: the first that has begun and is not posted."""

    cycle_id: UUID
    code: str
    name: str
    period_id: UUID | None = Field(description="Null when no period has begun.")
    period_from: date | None
    period_to: date | None
    read_from: date | None = Field(description="First day whose reads may close the period.")
    read_to: date | None
    bill_on: date | None
    due_on: date | None
    registers: int = Field(description="Registers to be read in the reading window.")
    read: int = Field(description="Of them, those with a read in the window.")
    validated: int = Field(description="Of those read, the ones without an open exception.")
    run_id: UUID | None
    run_state: RunState | None
    expected: int = Field(description="Accounts that the run must bill, as last calculated.")
    billed: int
    open_exceptions: int = Field(description="Accounts of the run that block it.")
    current_cents: Cents
    approved_at: datetime | None
    posted_on: date | None
    printed: int = Field(description="Statements in the run's last print file.")


class QueueKey(StrEnum):
    """A queue that somebody works off."""

    READS = "reads"
    UNKNOWN_METERS = "unknown_meters"
    SECOND_READS = "second_reads"
    RUNS = "runs"
    ADJUSTMENTS = "adjustments"
    TARIFFS = "tariffs"
    POLICIES = "policies"
    REFUSED_IMPORTS = "refused_imports"
    FAILED_JOBS = "failed_jobs"


class Queue(BaseModel):
    """How much waits in a queue, and since when."""

    key: QueueKey
    count: int
    own: int = Field(description="Of them, what the caller asked for: another person decides it.")
    oldest_at: datetime | None


class Overnight(BaseModel):
    """What came in since the office closed."""

    since_at: datetime
    imports: int = Field(description="Read files taken in.")
    reads_added: int
    exceptions: int = Field(description="Exceptions that those files raised.")
    payments: int = Field(description="Payments posted and not returned.")
    payments_cents: Cents
    jobs_done: int
    jobs_failed: int


class HomeOut(BaseModel):
    """The home page. A part that the caller may not read is empty or null."""

    cycles: list[CycleStanding]
    queues: list[Queue] = Field(description="Only those that the caller may read.")
    overnight: Overnight | None


class ReceivableOut(BaseModel):
    """What customers owe, by the accounts and by the books, counted now."""

    counted_at: datetime
    accounts_cents: Cents = Field(description="Sum of the balances of all accounts.")
    control_cents: Cents = Field(description="Balance of the control account in the journal.")
    items_cents: Cents = Field(description="Sum of what is open, unused credits taken off.")
    difference_cents: Cents = Field(description="Control account less accounts; 0 is the proof.")
    owing_accounts: int
    credit_accounts: int
    unapplied_cents: Cents = Field(description="Credits that no charge has used yet.")
    agrees: bool
