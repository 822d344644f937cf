"""Wire shapes of the edit list."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from curbstop.accounts.kinds import AccountClass
from curbstop.kernel.fields import Request
from curbstop.kernel.wire import Flag, QueryFlag
from curbstop.platform.lists import ListParams
from curbstop.readings.days import Day
from curbstop.readings.reviews.models import ReviewState
from curbstop.readings.validation.facts import PARAMETER_NAMES, Season
from curbstop.readings.validation.rules import RuleName, Severity

Reason = Annotated[str, Field(min_length=5, max_length=300, description="Why; kept for audit.")]


class Act(StrEnum):
    """What the office may do with an exception. Keys on the screen: Enter, e, r, x, h, d."""

    ACCEPT = "accept"
    ESTIMATE = "estimate"
    REREAD = "reread"
    ROLLOVER = "rollover"
    HOLD = "hold"
    DISMISS = "dismiss"


class ReviewMatch(Request):
    """The filters and the search of the edit list, as the list takes them."""

    q: str | None = Field(None, max_length=200)
    rule: RuleName | None = None
    severity: Severity | None = None
    state: ReviewState | None = None
    undecided: Flag | None = None
    import_id: UUID | None = None
    walk: str | None = Field(None, max_length=20)
    service_point_id: UUID | None = None


class ReviewChoice(Request):
    """Exceptions by their ids, or all that match a filter but a few."""

    ids: list[UUID] = Field([], max_length=500)
    matching: ReviewMatch | None = Field(None, description="Instead of `ids`: all that match.")
    excluded_ids: list[UUID] = Field([], max_length=500, description="Of those, not these.")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.ids) == (self.matching is not None):
            raise ValueError("give the ids of exceptions, or what they match")
        return self


class ReviewActsAsked(ReviewChoice):
    """An act whose effect is asked for."""

    act: Act


class ReviewActs(ReviewActsAsked):
    """One act on one exception or on many like ones."""

    reason: Reason


class ReviewApproval(ReviewChoice):
    """A second person agrees to what the first proposed."""


class LeftAlone(BaseModel):
    """Exceptions that an act would leave as they are, and why."""

    reason: str
    exceptions: int


class ActsEffect(BaseModel):
    """What an act would do; nothing is done yet."""

    exceptions: int = Field(description="Exceptions that were chosen.")
    decided: int = Field(description="Of those, decided at once.")
    proposed: int = Field(description="Of those, proposed to a second person.")
    left: list[LeftAlone] = Field(description="The others, by reason.")


class MatchRequest(Request):
    """The register that an unknown line belongs to."""

    register_id: UUID
    replaces: Flag = Field(
        False, description="Agrees that the read of that day, which differs, is replaced."
    )
    reason: Reason


class ReviewRow(BaseModel):
    """An exception as the edit list shows it."""

    id: UUID
    rule: RuleName
    severity: Severity
    state: ReviewState
    reason: str
    register_id: UUID | None
    service_point_id: UUID | None
    service_point_code: str | None
    service_address: str | None = Field(json_schema_extra={"confidential": True})
    meter_serial: str | None
    account_id: UUID | None
    account_number: str | None
    walk: str | None
    sequence: int | None
    read_on: date
    value: Decimal | None
    import_id: UUID | None
    line: int | None
    raw: str
    needs_second: bool
    decision: ReviewState | None = Field(description="What was proposed, when a second is needed.")
    decision_reason: str
    decided_by: UUID | None
    decided_by_name: str | None
    decided_at: datetime | None
    approved_by: UUID | None
    created_at: datetime


class ReviewShown(ReviewRow):
    """An exception beside what its register usually counts; quantities are register counts."""

    days: int | None = Field(description="Days of the period that this read ends; null without.")
    used: Decimal | None = Field(description="Counts used in that period.")
    same_season_daily: Decimal | None = Field(description="Counts a day, a year ago.")
    daily_periods: list[Decimal] = Field(
        description="Counts a day of the last periods, oldest first, at most 13."
    )


class ReviewListParams(ListParams):
    """Filters of the edit list; without `state` it shows what is undecided."""

    rule: RuleName | None = None
    severity: Severity | None = None
    state: ReviewState | None = None
    undecided: QueryFlag | None = Field(None, description="true: only what still needs a decision.")
    import_id: UUID | None = None
    walk: str | None = Field(None, max_length=20)
    service_point_id: UUID | None = None


class RuleCount(BaseModel):
    """A tab of the edit list: undecided of any day, decided within the span."""

    rule: RuleName
    undecided: int
    decided: int


class ReviewProgress(BaseModel):
    """`412 of 418 clear`: reads of the span, and how many have no undecided exception."""

    reads: int = Field(
        description="Registers and days read or due, and lines that fit no meter, in the span."
    )
    clear: int
    undecided_elsewhere: int = Field(description="Undecided exceptions of days outside the span.")
    tabs: list[RuleCount]


class SparkPoint(BaseModel):
    """One period of a register: day of its read, days, counts used, and whether estimated."""

    read_on: date
    days: int
    used: Decimal
    estimated: bool


class ReviewEvidence(BaseModel):
    """What one looks at before deciding: the last 13 periods and the same season last year."""

    id: UUID
    unit: str | None
    periods: list[SparkPoint] = Field(description="Oldest first, at most 13.")
    same_season_daily: Decimal | None = Field(description="Register counts a day, a year ago.")
    recent_daily: Decimal | None = Field(description="Register counts a day, last three periods.")
    neighbors_median_daily: Decimal | None = Field(
        description="Median counts a day of the ten nearest stops of its walk and class."
    )
    rollover_used: Decimal | None = Field(
        description="What a rollover would make of a backward read."
    )
    note: str | None = Field(description="What the reader noted that day.")
    photo_id: UUID | None = Field(description="The reader's photo: `GET /files/{id}`.")


class ActRefused(BaseModel):
    """An exception that the act does not fit, and why."""

    id: UUID
    problem: str
    detail: str


class ActsDone(BaseModel):
    """What became of each exception."""

    done: list[UUID]
    proposed: list[UUID] = Field(description="These wait for a second person.")
    refused: list[ActRefused]


class ParameterRequest(Request):
    """A threshold of the rules, from a day on; null as class or season means every one."""

    id: UUID = Field(description="Client-made UUIDv7; repeating it is safe.")
    name: str = Field(description=f"One of: {', '.join(PARAMETER_NAMES)}.")
    account_class: AccountClass | None
    season: Season | None
    value: Decimal = Field(ge=0, le=1_000_000, max_digits=13, decimal_places=6)
    from_on: Day
    reason: Reason


class ParameterOut(ParameterRequest):
    """A threshold as it was set."""

    decided_by: UUID
    decided_at: datetime
