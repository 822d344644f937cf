"""Money: integer cents, and the one rounding function of the house."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, Field

CENTS_MAX = 10**13  # a hundred billion dollars: no district bill comes near, and BIGINT holds it


def _not_zero(value: int) -> int:
    if value == 0:
        raise ValueError("must not be zero")
    return value


Cents = Annotated[int, Field(strict=True, ge=-CENTS_MAX, le=CENTS_MAX)]
PositiveCents = Annotated[int, Field(strict=True, gt=0, le=CENTS_MAX)]
NonNegativeCents = Annotated[int, Field(strict=True, ge=0, le=CENTS_MAX)]
NonZeroCents = Annotated[Cents, AfterValidator(_not_zero)]

_WHOLE = Decimal(1)


def round_to_cents(dollars: Decimal | Fraction) -> int:
    """Round an amount in dollars to whole cents, half away from zero.

    Symmetric about zero, so the reversal of a line is exactly its negative.
    """
    if isinstance(dollars, Fraction):
        doubled = abs(dollars.numerator) * 200 + dollars.denominator
        cents = doubled // (2 * dollars.denominator)
        return -cents if dollars < 0 else cents
    return int((dollars * 100).quantize(_WHOLE, rounding=ROUND_HALF_UP))


def split_cents(total: int, weights: Sequence[Decimal | int]) -> list[int]:
    """Split cents by weight so that the parts sum exactly to the total.

    Largest remainder first, ties to the earlier part. Raises ValueError without a positive weight.
    """
    whole = sum(Fraction(weight) for weight in weights)
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must be non-negative and not all zero")
    sign, cents = (-1, -total) if total < 0 else (1, total)
    exact = [Fraction(weight) * cents / whole for weight in weights]
    parts = [int(share) for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])
    for i in by_remainder[: cents - sum(parts)]:
        parts[i] += 1
    return [sign * part for part in parts]


def format_cents(cents: int) -> str:
    """`-123456` → `-$1,234.56`."""
    sign = "-" if cents < 0 else ""
    dollars, rest = divmod(abs(cents), 100)
    return f"{sign}${dollars:,}.{rest:02d}"
