"""The facts of one account on one run of days, as amounts and conditions ask for them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from curbstop.rates.engine.definition.base import exact_decimal
from curbstop.rates.engine.errors import RatingError


@dataclass(frozen=True, slots=True)
class Needs:
    """On what the numbers of a component depend; a period is cut only where one of them changes.

    `seasons` holds sets of months, `inputs` the names of inputs of the period.
    """

    attributes: frozenset[str] = frozenset()
    declarations: frozenset[str] = frozenset()
    seasons: frozenset[frozenset[int]] = frozenset()
    inputs: frozenset[str] = frozenset()

    def __or__(self, other: "Needs") -> "Needs":
        return Needs(
            self.attributes | other.attributes,
            self.declarations | other.declarations,
            self.seasons | other.seasons,
            self.inputs | other.inputs,
        )


NOTHING = Needs()


@dataclass(slots=True)
class Scope:
    """Values during the resolution of one component; `used` collects what chose the numbers."""

    component: str
    attributes: Mapping[str, str | None]
    declared: frozenset[str]
    month: int
    days: int
    winter_average: Decimal | None = None
    evapotranspiration: Fraction | None = None
    event_on: date | None = None
    used: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """The attribute's text, or None; it counts as used when it is there."""
        value = self.attributes.get(name)
        if value is not None:
            self.used[name] = value
        return value

    def required(self, name: str) -> str:
        """The attribute's text. Raises RatingError when the account does not have it."""
        value = self.text(name)
        if value is None:
            raise self.refuse(f"{spoken(name)} is not recorded for these days")
        return value

    def number(self, name: str, text: str) -> Fraction:
        """An attribute's text as a number. Raises RatingError when it is none."""
        try:
            return Fraction(exact_decimal(text))
        except ValueError as problem:
            raise self.refuse(f"{spoken(name)}: {problem}") from None

    def input(self, name: str) -> Fraction:
        """An input of the period. Raises RatingError when it is missing."""
        if name == "days":
            return Fraction(self.days)
        value = self.winter_average if name == "winter_average" else self.evapotranspiration
        if value is None:
            raise self.refuse(f"{spoken(name)} is missing")
        return Fraction(value)

    def refuse(self, reason: str) -> RatingError:
        """The error that names this component."""
        return RatingError(reason, self.component)


def spoken(name: str) -> str:
    """`meter_size` → `meter size`."""
    return name.replace("_", " ")


Evaluate = Callable[[Scope], Fraction]
Holds = Callable[[Scope], bool]
