"""A rated line: what billing copies into the bill, and all that its explanation needs."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import quote, unquote


class RatedLine(NamedTuple):
    """One line of a bill.

    `quantity` is in `unit` (water, EDUs, months; dollars for a percentage) and `price` in dollars
    per price unit (percent for a percentage). `numerator / denominator` is the part of the charge
    that the days took, 1/1 when whole. `tier_from` and `tier_to` bound the block that the water
    fell into; `tier_to` is None for the open one. `facts` holds the facts that chose the numbers,
    written by `facts_text`. From these the amount can be worked out again by hand.
    """

    version_id: str
    component: str
    model: str
    group: str
    gl: str | None
    from_on: date
    to_on: date
    tier: int
    quantity: Decimal | None
    unit: str | None
    price: Decimal | None
    numerator: int
    denominator: int
    tier_from: Decimal | None
    tier_to: Decimal | None
    facts: str
    amount_cents: int


def facts_text(facts: dict[str, str]) -> str:
    """`{"meter_size": "3/4"}` → `meter_size=3/4`; a stable, compact text for the bill line."""
    return ";".join(f"{name}={quote(value, safe='/ .,-″¾½')}" for name, value in facts.items())


def read_facts(text: str) -> dict[str, str]:
    """The inverse of `facts_text`."""
    pairs = (part.partition("=") for part in text.split(";") if part)
    return {name: unquote(value) for name, _, value in pairs}


def plain(number: Decimal) -> str:
    """A number without exponent or idle zeros: `Decimal("7.0")` → `7`."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
