"""Exact integer arithmetic of the hot loop: micro-units of water, micro-dollars, cents.

Quantities are integers of a millionth of the tariff's unit, prices integers of a millionth of a
dollar. Nothing is ever a float, and a division happens only where a rounding rule says so.
"""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

MICRO = 1_000_000
PLACES = 6
_STEPS = (1_000_000, 100_000, 10_000, 1_000, 100, 10, 1)  # micro-units of each decimal place


class Rounding(StrEnum):
    """What happens to the part below the last place kept. `up` and `down` speak of the size."""

    HALF_UP = "half_up"
    UP = "up"
    DOWN = "down"


def round_ratio(numerator: int, denominator: int, mode: Rounding = Rounding.HALF_UP) -> int:
    """The whole number nearest to `numerator / denominator` by the mode; symmetric about zero.

    The denominator is positive.
    """
    size = abs(numerator)
    if mode is Rounding.HALF_UP:
        whole = (2 * size + denominator) // (2 * denominator)
    elif mode is Rounding.UP:
        whole = -(-size // denominator)
    else:
        whole = size // denominator
    return -whole if numerator < 0 else whole


def ratio_cents(numerator: int, denominator: int) -> int:
    """Cents, half away from zero: the integer twin of `kernel.money.round_to_cents`.

    It takes an amount in cents as a ratio, because building a Fraction costs more than pricing
    the line; a test holds both functions equal.
    """
    if numerator >= 0:
        return (2 * numerator + denominator) // (2 * denominator)
    return -((denominator - 2 * numerator) // (2 * denominator))


def round_micro(exact: Fraction, places: int, mode: Rounding) -> int:
    """A quantity in units, rounded to `places` decimals (at most six), as micro-units."""
    return round_to_places(exact.numerator * MICRO, exact.denominator, places, mode)


def round_to_places(numerator: int, denominator: int, places: int, mode: Rounding) -> int:
    """Micro-units `numerator / denominator`, rounded to `places` decimals of the unit."""
    step = _STEPS[places]
    return round_ratio(numerator, denominator * step, mode) * step


def micro(exact: Fraction) -> int:
    """The nearest millionth; exact for every number of six decimals or fewer."""
    return round_micro(exact, PLACES, Rounding.HALF_UP)


@lru_cache(maxsize=65_536)
def decimal_of(millionths: int) -> Decimal:
    """Micro-units as the plain Decimal that a bill line stores: `9_500_000` → `9.5`."""
    whole, rest = divmod(millionths, MICRO)
    if rest == 0:
        return Decimal(whole)
    return Decimal(millionths).scaleb(-PLACES).normalize()
