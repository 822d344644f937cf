"""Wire shapes of cycles and their calendars."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.billing.cycles.models import CycleRequest, Frequency
from curbstop.kernel.dates import Day
from curbstop.kernel.fields import Request
from curbstop.kernel.wire import Whole
from curbstop.platform.lists import ListParams


class CycleOut(CycleRequest):
    """A cycle, how many accounts it holds today, and the period that bills next."""

    accounts: int = Field(description="Accounts in the cycle now, and not due to leave.")
    calendar_to: date | None = Field(description="The day its calendar ends; null without one.")


class CycleListParams(ListParams):
    """Filters of the list of cycles."""

    frequency: Frequency | None = None


class CyclePeriodOut(BaseModel):
    """One period of a calendar with the run that bills it, if there is one."""

    id: UUID
    cycle_id: UUID
    period_from: date = Field(description="First day that is billed.")
    period_to: date = Field(description="First day that is not.")
    read_from: date = Field(description="First day whose reads may close the period.")
    read_to: date = Field(description="Last such day.")
    bill_on: date
    due_on: date
    run_id: UUID | None
    run_state: str | None


class CyclePeriodListParams(ListParams):
    """Filters of a calendar."""

    since: Day | None = Field(None, description="Periods that end after this day.")


class CalendarRequest(Request):
    """Add a stretch of periods to a cycle's calendar."""

    start_on: Day = Field(description="First day of the first new period.")
    periods: Whole = Field(ge=1, le=60, description="How many; 12 make a year of a monthly cycle.")
    read_days_before: Whole = Field(3, ge=0, le=20, description="Reading starts before the end.")
    read_days_after: Whole = Field(3, ge=0, le=20, description="Reading ends after the end.")
    bill_days_after: Whole = Field(5, ge=0, le=60, description="Then to the next business day.")
    due_days: Whole | None = Field(
        None, ge=1, le=90, description="Days from bill to due date; null takes the policy's."
    )


class PeriodDates(Request):
    """The days of a period that may be moved; its first and last day belong to the calendar."""

    read_from: Day
    read_to: Day
    bill_on: Day
    due_on: Day


class PeriodChange(PeriodDates):
    """Move the days of a period, and why."""

    reason: str = Field(min_length=5, max_length=300)


class PeriodChangePreview(BaseModel):
    """What moving the days of a period would do; changes nothing."""

    allowed: bool = Field(description="False when `refusals` says why not.")
    refusals: list[str]
    warnings: list[str] = Field(description="What the office should know before it goes on.")
    days_to_pay: int = Field(description="From bill to due date.")
    accounts: int = Field(description="Accounts of the cycle that the period bills.")
    run_id: UUID | None = Field(description="The run whose dates would move with it.")


class CycleMemberRow(BaseModel):
    """An account's stay in a cycle."""

    id: UUID = Field(description="Of the account.")
    number: str
    customer_name: str = Field(json_schema_extra={"confidential": True})
    service_address: str = Field(json_schema_extra={"confidential": True})
    account_class: str
    from_on: date
    to_on: date | None = Field(description="First day no longer in the cycle; null: stays.")


class CycleMemberListParams(ListParams):
    """Filters of the accounts of a cycle."""

    account_class: str | None = Field(None, max_length=40)


class MembersRequest(Request):
    """Put accounts into the cycle from a day on; they leave the one they are in on that day."""

    account_ids: list[UUID] = Field(min_length=1, max_length=10_000)
    from_on: Day


class MembersOut(BaseModel):
    """What the move did."""

    moved: int = Field(description="Accounts now in the cycle that were not before.")
    already: int = Field(description="Accounts that were in it on that day.")
