"""The values that a run is calculated from and makes. Pure; `inputs.py` fills the first kind."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from curbstop.billing.bills.rating import Share
from curbstop.billing.runs.models import ExceptionCode, RunKind, Severity
from curbstop.kernel.dates import Period
from curbstop.rates.engine.lines import RatedLine
from curbstop.readings.consumption.quantities import Consumption

AttributeRow = tuple[str, str, date, date | None]


@dataclass(frozen=True, slots=True)
class RunTerms:
    """What a run bills: the calendar's period, and reads from `read_from` to `through_on`."""

    run_id: UUID
    number: int
    kind: RunKind
    calendar: Period
    read_from: date | None
    through_on: date
    bill_on: date
    due_on: date


@dataclass(slots=True)
class AgreementFacts:
    """One agreement to bill. `billed_to` is where its last live bill ended, None before its first.

    `other_run` names an unposted run that already bills it. `attributes` are name, value and days.
    """

    agreement_id: UUID
    service_point_id: UUID
    service: str
    rate_code: str
    from_on: date
    to_on: date | None
    billed_to: date | None
    other_run: int | None = None
    share: Share | None = None
    attributes: Sequence[AttributeRow] = ()
    consumption: Consumption | None = None
    zone: str = ""
    winter_average: Decimal | None = None

    @property
    def starts_on(self) -> date:
        """The first day that is not billed yet."""
        return self.billed_to or self.from_on


@dataclass(slots=True)
class AccountFacts:
    """One expected account with all that it is billed from."""

    account_id: UUID
    number: str
    account_class: str
    agreements: list[AgreementFacts] = field(default_factory=list)


class Trouble(NamedTuple):
    """Why an account was not billed, or should be looked at."""

    account_id: UUID
    agreement_id: UUID | None
    code: ExceptionCode
    reason: str
    severity: Severity = Severity.BLOCK


@dataclass(slots=True)
class Priced:
    """The lines of an agreement and their sum; agreements whose facts are the same share one.

    `rears` is kept by `rows.py`, so that what is shared is also encoded once.
    """

    lines: Sequence[RatedLine]
    cents: int
    rears: tuple[bytes, ...] | None = field(default=None, compare=False)


class Charged(NamedTuple):
    """The lines of one agreement on a bill, numbered from `first_line`."""

    bill_id: UUID
    first_line: int
    agreement_id: UUID
    priced: Priced


@dataclass(slots=True)
class ChunkResult:
    """Rows of one chunk in the column order of `rows.py`, and what could not be billed."""

    bills: list[tuple[Any, ...]] = field(default_factory=list)
    segments: list[tuple[Any, ...]] = field(default_factory=list)
    charges: list[Charged] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    cents: int = 0
