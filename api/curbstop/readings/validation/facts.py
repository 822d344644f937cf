"""What the rules know of one read, and the parameters a district may set. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from curbstop.kernel.units import Unit, conversion
from curbstop.readings.kinds import ReadMethod

SUMMER_MONTHS = range(5, 11)  # May to October: irrigation in California's inland districts


class Season(StrEnum):
    """The half of the year whose parameters apply."""

    SUMMER = "summer"
    WINTER = "winter"


def season_of(day: date) -> Season:
    """The season that a day lies in."""
    return Season.SUMMER if day.month in SUMMER_MONTHS else Season.WINTER


@dataclass(frozen=True, slots=True)
class Parameters:
    """Thresholds of the rules; one set per class and season. Volumes are HCF.

    Source of the start values: proposals for water read validation in the manner of the large
    meter-data systems; a district sets its own.
    """

    high_factor: Decimal = Decimal("2.0")
    high_margin_hcf: Decimal = Decimal(5)
    low_factor: Decimal = Decimal("0.4")
    low_history_hcf: Decimal = Decimal(3)
    rollover_factor: Decimal = Decimal(3)
    zero_periods: Decimal = Decimal(2)
    inactive_units: Decimal = Decimal(1)
    stuck_days: Decimal = Decimal(30)
    estimates_in_a_row: Decimal = Decimal(2)
    override_hcf: Decimal = Decimal(50)
    oldest_months: Decimal = Decimal(36)


PARAMETER_NAMES = tuple(f.name for f in fields(Parameters))


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """One set value: None as class or season means every one."""

    account_class: str | None
    season: str | None
    name: str
    value: Decimal


def parameters_for(
    rows: Iterable[ParameterRow], account_class: str | None, season: Season
) -> Parameters:
    """The parameters of a class in a season; the narrower row wins, class before season."""
    chosen: dict[str, tuple[int, Decimal]] = {}
    for row in rows:
        if row.account_class not in (None, account_class) or row.season not in (None, season):
            continue
        weight = 2 * (row.account_class is not None) + (row.season is not None)
        if weight >= chosen.get(row.name, (-1, row.value))[0]:
            chosen[row.name] = (weight, row.value)
    changes: Mapping[str, Decimal] = {name: value for name, (_, value) in chosen.items()}
    return replace(Parameters(), **changes)


@dataclass(frozen=True, slots=True)
class Asset:
    """What the meter record says of the register that was read."""

    serial: str
    dials: int
    decimals: int
    multiplier: Decimal
    unit: Unit

    @property
    def capacity(self) -> Decimal:
        """The count at which the register shows zero again."""
        return Decimal(10) ** (self.dials - self.decimals)

    def hcf(self, counts: Decimal) -> Decimal:
        """A count of the register as hundred cubic feet, to a thousandth."""
        factor = conversion(self.unit, Unit.HCF)
        exact = counts * self.multiplier * factor.numerator / factor.denominator
        return exact.quantize(Decimal("0.001"))


@dataclass(frozen=True, slots=True)
class Said:
    """What the file said of the meter; None where it was silent."""

    meter_no: str | None = None
    unit: str | None = None
    dials: int | None = None
    multiplier: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ReadFacts:
    """One read of a register with what went before. Daily figures are register counts per day."""

    asset: Asset
    today: date
    read_on: date
    value: Decimal
    method: ReadMethod
    previous_on: date | None = None
    previous_value: Decimal | None = None
    previous_method: ReadMethod | None = None
    rollovers: int = 0
    same_season_daily: Decimal | None = None
    recent_daily: Decimal | None = None
    zero_in_a_row: int = 0
    used_before: bool = False
    estimated_in_a_row: int = 0
    active: bool = True
    other_value_same_day: Decimal | None = None
    said: Said = field(default_factory=Said)

    @property
    def days(self) -> int:
        """Days since the read before; 0 when there is none."""
        return (self.read_on - self.previous_on).days if self.previous_on else 0

    @property
    def delta(self) -> Decimal | None:
        """Counts since the read before, rollovers included; None without one."""
        if self.previous_value is None:
            return None
        return self.value - self.previous_value + self.rollovers * self.asset.capacity

    @property
    def usual_daily(self) -> Decimal | None:
        """Average daily use of the same season last year, else of the last three periods."""
        return self.same_season_daily if self.same_season_daily is not None else self.recent_daily

    @property
    def expected(self) -> Decimal:
        """The counts that these days would usually take; 0 without history."""
        return (self.usual_daily or Decimal(0)) * self.days
