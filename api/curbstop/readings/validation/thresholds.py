"""Every threshold of the rules: its name, its unit, and the rules that go by it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from curbstop.readings.validation.facts import (
    ParameterRow,
    Parameters,
    Season,
    parameters_for,
)
from curbstop.readings.validation.rules import RuleName


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that the district may set. `unit` is what one of it is, in the plural.

    `rules` go by it; `second_person` says that it decides who decides, not what is found. Only
    `by_class` ones may differ by class and season.
    """

    name: str
    title: str
    unit: str
    says: str
    rules: tuple[RuleName, ...]
    whole: bool = False
    by_class: bool = True
    second_person: bool = False

    @property
    def default(self) -> Decimal:
        """What applies until the district sets another."""
        value = getattr(Parameters(), self.name)
        assert isinstance(value, Decimal)
        return value


THRESHOLDS: tuple[Threshold, ...] = (
    Threshold(
        "high_factor",
        "High, times the usual",
        "times",
        "A read is high when it takes more than so many times the usual use of its days.",
        (RuleName.HIGH,),
    ),
    Threshold(
        "high_margin_hcf",
        "High, at least so much more",
        "HCF",
        "A read is high only when it lies more than this above the usual use.",
        (RuleName.HIGH,),
    ),
    Threshold(
        "low_factor",
        "Low, times the usual",
        "times",
        "A read is low when it takes less than so many times the usual use, but not nothing.",
        (RuleName.LOW,),
    ),
    Threshold(
        "low_history_hcf",
        "Low, where the usual is above",
        "HCF",
        "Where the usual use of the period is not above this, no read is called low.",
        (RuleName.LOW,),
    ),
    Threshold(
        "rollover_factor",
        "Rollover, times the usual",
        "times",
        "A backward read is taken for a rollover when the read before lay within so many times the"
        " usual use of the turn of the dials, else for a misread.",
        (RuleName.ROLLOVER,),
    ),
    Threshold(
        "zero_periods",
        "No use, periods in a row",
        "periods",
        "An active service that used water before is looked at after so many periods of no use.",
        (RuleName.ZERO,),
        whole=True,
    ),
    Threshold(
        "inactive_units",
        "Use without a customer, more than",
        "register counts",
        "Where nobody is a customer, use above this is looked at.",
        (RuleName.INACTIVE,),
    ),
    Threshold(
        "stuck_days",
        "Stuck, days",
        "days",
        "A register that moved before is looked at after so many days of the very same digits.",
        (RuleName.STUCK,),
        whole=True,
    ),
    Threshold(
        "estimates_in_a_row",
        "Estimates in a row, at most",
        "estimates",
        "More estimates than this without an actual read between them are looked at.",
        (RuleName.ESTIMATED,),
        whole=True,
    ),
    Threshold(
        "override_hcf",
        "Second person above",
        "HCF",
        "Accepting a high, backward or rolled-over read of more than this takes two persons.",
        (RuleName.HIGH, RuleName.ROLLOVER, RuleName.NEGATIVE),
        second_person=True,
    ),
    Threshold(
        "oldest_months",
        "Oldest read of a file",
        "months",
        "A read in a file that is older than this waits until somebody accepts its day.",
        (RuleName.IMPLAUSIBLE_DAY,),
        whole=True,
        by_class=False,
    ),
)


@dataclass(frozen=True, slots=True)
class InForce:
    """What applies to a class (None: no customer, or one of no class named) in a season."""

    account_class: str | None
    season: Season
    value: Decimal
    is_set: bool


def in_force(
    threshold: Threshold, rows: Iterable[ParameterRow], classes: Iterable[str | None]
) -> list[InForce]:
    """The value of every class and season; `is_set` where the district set it."""
    mine = [row for row in rows if row.name == threshold.name]
    return [
        InForce(
            account_class=account_class,
            season=season,
            value=getattr(parameters_for(mine, account_class, season), threshold.name),
            is_set=any(
                row.account_class in (None, account_class) and row.season in (None, season)
                for row in mine
            ),
        )
        for account_class in classes
        for season in Season
    ]
