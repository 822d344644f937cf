"""Exceptions of reads, and the thresholds of the rules that raise them."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric, text
from sqlmodel import Field, SQLModel

from curbstop.accounts.kinds import AccountClass
from curbstop.platform.db import Timestamp, text_enum
from curbstop.readings.validation.facts import Season
from curbstop.readings.validation.rules import RuleName, Severity


class ReviewState(StrEnum):
    """`proposed` waits for a second person; `held` and `reread` still forbid billing."""

    OPEN = "open"
    PROPOSED = "proposed"
    HELD = "held"
    REREAD = "reread"
    ACCEPTED = "accepted"
    ROLLOVER = "rollover"
    ESTIMATED = "estimated"
    MATCHED = "matched"
    DISMISSED = "dismissed"


UNDECIDED = (ReviewState.OPEN, ReviewState.PROPOSED, ReviewState.HELD, ReviewState.REREAD)
UNDECIDED_SQL = "('open', 'proposed', 'held', 'reread')"


class ReadReview(SQLModel, table=True):
    """One exception of one read (or of a line that no meter fits) and its decision.

    `needs_second`: above the threshold, so that another person must approve. The CHECK holds it
    whatever the code does.
    """

    __tablename__ = "read_reviews"
    __table_args__ = (
        CheckConstraint("approved_by <> decided_by", name="second_person"),
        CheckConstraint(
            "NOT needs_second OR state NOT IN ('accepted', 'rollover') OR approved_by IS NOT NULL",
            name="second_person_above_threshold",
        ),
        CheckConstraint("(state = 'open') = (decided_by IS NULL)", name="decided_by_someone"),
        Index(
            "ix_read_reviews_undecided",
            "rule",
            "read_on",
            postgresql_where=text(f"state IN {UNDECIDED_SQL}"),
        ),
        Index("ix_read_reviews_register_id_read_on", "register_id", "read_on"),
        Index("ix_read_reviews_import_id", "import_id"),
        Index("ix_read_reviews_service_point_id", "service_point_id"),
    )

    id: UUID = Field(primary_key=True)
    rule: RuleName = Field(sa_type=text_enum(RuleName))
    severity: Severity = Field(sa_type=text_enum(Severity))
    state: ReviewState = Field(sa_type=text_enum(ReviewState))
    reason: str
    register_id: UUID | None = None
    service_point_id: UUID | None = None
    read_on: date
    value: Decimal | None = Field(default=None, sa_type=Numeric)
    import_id: UUID | None = None
    line: int | None = None
    raw: str
    needs_second: bool
    decision: ReviewState | None = Field(default=None, sa_type=text_enum(ReviewState))
    decision_reason: str
    decided_by: UUID | None = None
    decided_at: datetime | None = Field(default=None, sa_type=Timestamp)
    approved_by: UUID | None = None
    approved_at: datetime | None = Field(default=None, sa_type=Timestamp)
    created_at: datetime = Field(sa_type=Timestamp)
    version: int = Field(default=1)


class RuleParameter(SQLModel, table=True):
    """A threshold that the district set, from a day on, for a class and season (NULL: every)."""

    __tablename__ = "read_rule_parameters"
    __table_args__ = (CheckConstraint("value >= 0", name="value_not_negative"),)

    id: UUID = Field(primary_key=True)
    name: str
    account_class: AccountClass | None = Field(default=None, sa_type=text_enum(AccountClass))
    season: Season | None = Field(default=None, sa_type=text_enum(Season))
    value: Decimal = Field(sa_type=Numeric)
    from_on: date
    reason: str
    decided_by: UUID
    decided_at: datetime = Field(sa_type=Timestamp)
