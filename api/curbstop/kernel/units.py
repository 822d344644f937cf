"""Units of water, and quantities that carry them.

1 HCF = 100 cubic feet = 748 gallons, the convention of California schedules; a district that
adopted another figure passes its own `gallons_per_hcf`.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

GALLONS_PER_HCF = Decimal(748)
CUBIC_FEET_PER_ACRE_FOOT = 43_560
LITERS_PER_CUBIC_FOOT = Fraction("28.316846592")


class Unit(StrEnum):
    """What a register counts and a tariff prices."""

    CF = "CF"
    HCF = "HCF"
    GAL = "GAL"
    KGAL = "KGAL"
    M3 = "M3"
    LITER = "LITER"
    AF = "AF"


UNIT_NAMES = {
    Unit.CF: "cubic feet",
    Unit.HCF: "hundred cubic feet",
    Unit.GAL: "gallons",
    Unit.KGAL: "thousand gallons",
    Unit.M3: "cubic meters",
    Unit.LITER: "liters",
    Unit.AF: "acre-feet",
}


def cubic_feet_per(unit: Unit, gallons_per_hcf: Decimal = GALLONS_PER_HCF) -> Fraction:
    """How many cubic feet one unit is, exactly."""
    gallon = 100 / Fraction(gallons_per_hcf)
    return {
        Unit.CF: Fraction(1),
        Unit.HCF: Fraction(100),
        Unit.GAL: gallon,
        Unit.KGAL: 1000 * gallon,
        Unit.M3: 1000 / LITERS_PER_CUBIC_FOOT,
        Unit.LITER: 1 / LITERS_PER_CUBIC_FOOT,
        Unit.AF: Fraction(CUBIC_FEET_PER_ACRE_FOOT),
    }[unit]


def conversion(source: Unit, target: Unit, gallons_per_hcf: Decimal = GALLONS_PER_HCF) -> Fraction:
    """The exact factor that turns a count of `source` into a count of `target`."""
    return cubic_feet_per(source, gallons_per_hcf) / cubic_feet_per(target, gallons_per_hcf)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount of water with its unit; arithmetic only between like units."""

    value: Decimal
    unit: Unit

    def __add__(self, other: "Quantity") -> "Quantity":
        self._require_same(other)
        return Quantity(self.value + other.value, self.unit)

    def __sub__(self, other: "Quantity") -> "Quantity":
        self._require_same(other)
        return Quantity(self.value - other.value, self.unit)

    def to(self, unit: Unit, gallons_per_hcf: Decimal = GALLONS_PER_HCF) -> "Quantity":
        """The same water in another unit, to 28 significant digits and without rounding steps."""
        if unit is self.unit:
            return self
        exact = Fraction(self.value) * conversion(self.unit, unit, gallons_per_hcf)
        return Quantity(Decimal(exact.numerator) / Decimal(exact.denominator), unit)

    def _require_same(self, other: "Quantity") -> None:
        if self.unit is not other.unit:
            raise ValueError(f"cannot combine {self.unit} with {other.unit}")
