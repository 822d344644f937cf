"""How far back the usual use of a register is looked for."""

from dataclasses import dataclass
from datetime import date

YEAR_DAYS = 365
SEASON_SLACK_DAYS = 20
LONGEST_PERIOD_DAYS = 100
HISTORY_DAYS = YEAR_DAYS + SEASON_SLACK_DAYS + LONGEST_PERIOD_DAYS
SEASON_FROM_DAYS = YEAR_DAYS + SEASON_SLACK_DAYS
SEASON_TO_DAYS = YEAR_DAYS - SEASON_SLACK_DAYS


@dataclass(frozen=True, slots=True)
class Span:
    """The fresh reads' first and last day, and today."""

    first_on: date
    last_on: date
    today: date
