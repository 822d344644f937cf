"""The switches on which districts differ without differing in price."""

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from curbstop.kernel.units import GALLONS_PER_HCF
from curbstop.rates.engine.arithmetic import Rounding
from curbstop.rates.engine.definition.amounts import Months, RoundingRule
from curbstop.rates.engine.definition.base import Exact, Node, Ratio
from curbstop.rates.engine.definition.components import Proration

Change = Literal["by_days", "at_start", "at_end"]
Per = Literal["period", "month"]


class Changes(Node):
    """What happens when something changes inside a billing period.

    `by_days` splits the period; `at_start` and `at_end` price it all as on its first or last day.
    The rules of the version in force on the last day govern.
    """

    rate: Change = "by_days"
    attribute: Change = "by_days"
    declaration: Change = "by_days"
    season: Change = "by_days"


class Policy(Node):
    """Proration, tier widths, rounding, cycle.

    `proration` (fixed charges) and `width_proration` (tier widths) say what part of a whole charge
    a number of days takes: `none` the whole however short the period, `actual` its share of the
    cycle's own days, `nominal` its share of `nominal_days`. With `nominal_when: partial`, a whole
    cycle period counts as exactly one whatever its days.
    """

    cycle_months: int = Field(default=1, ge=1, le=12)
    fixed_per: Per = "period"
    widths_per: Per = "period"
    proration: Proration = "actual"
    width_proration: Proration = "actual"
    nominal_days: Ratio | None = Field(default=None, description="Of the whole cycle period.")
    nominal_when: Literal["always", "partial"] = "partial"
    changes: Changes = Changes()
    usage: RoundingRule | None = Field(
        default=None, description="Rounding of the metered use to what is billed, if any."
    )
    split: RoundingRule = Field(
        default=RoundingRule(places=2, mode=Rounding.HALF_UP),
        description="Rounding of use and tier widths when a period is split; the parts sum up.",
    )
    gallons_per_hcf: Exact = GALLONS_PER_HCF

    def days_of_cycle(self) -> Fraction:
        """`nominal_days`, or 365/12 days for each month of the cycle."""
        return self.nominal_days or Fraction(365 * self.cycle_months, 12)


class WinterMonths(Node):
    """Winter average: use in the named months, by days, divided by their number."""

    method: Literal["months"]
    months: Months
    round: RoundingRule | None = None


class WinterLowest(Node):
    """Winter average: the lowest daily use over `days` running days of the prior calendar year."""

    method: Literal["lowest_daily"]
    days: int = Field(ge=1, le=366)
    round: RoundingRule | None = None


WinterRule = Annotated[WinterMonths | WinterLowest, Field(discriminator="method")]
