"""A tariff: its versions, each with resolution, policy, components and worked examples."""

from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from curbstop.kernel.dates import Day, Period, add_months
from curbstop.kernel.units import Unit
from curbstop.rates.engine.definition.base import Exact, Key, Labels, Name, Node
from curbstop.rates.engine.definition.components import (
    Bounds,
    Component,
    Discount,
    Percentage,
)
from curbstop.rates.engine.definition.conditions import Text
from curbstop.rates.engine.definition.policy import Policy, WinterRule


def _open_days(value: Any) -> Any:
    """`[2025-07-01, 2025-08-01]` is short for `{from_on: …, to_on: …}`."""
    if isinstance(value, list) and len(value) == 2:
        return {"from_on": value[0], "to_on": value[1]}
    return value


class Days(Node):
    """A half-open run of days; `to_on` None is open-ended."""

    from_on: Day
    to_on: Day | None = None

    @model_validator(mode="after")
    def _forward(self) -> "Days":
        if self.to_on is not None and self.to_on < self.from_on:
            raise ValueError(f"ends {self.to_on} before it starts {self.from_on}")
        return self


DaysField = Annotated[Days, BeforeValidator(_open_days)]


class DatedText(Node):
    """What an attribute was from a day on, until the next."""

    from_on: Day
    to_on: Day | None = None
    value: Text


class Example(Node):
    """A worked bill: its inputs and what it must come to. A schedule's own test."""

    name: str = Field(min_length=1, max_length=200)
    days: DaysField | None = Field(default=None, description="Billed days; default one cycle.")
    cycle: DaysField | None = Field(default=None, description="The whole cycle period, if longer.")
    quantity: Exact = Decimal(0)
    attributes: dict[Name, Text | tuple[DatedText, ...]] = {}
    declarations: dict[Key, DaysField] | tuple[Key, ...] = ()
    winter_average: Exact | None = None
    evapotranspiration: Exact | None = None
    events: dict[Name, Day] = {}
    total: Exact = Field(description="Dollars.")
    lines: dict[Name, Exact] | None = Field(default=None, description="Dollars by component.")


class Version(Node):
    """A schedule as adopted, in force from `effective_on` until the next version."""

    effective_on: Day
    resolution: str = Field(min_length=1, max_length=200)
    source: str = Field(default="", max_length=500)
    policy: Policy = Policy()
    winter_average: WinterRule | None = None
    components: tuple[Component, ...] = Field(min_length=1, max_length=200)
    examples: tuple[Example, ...] = ()

    @model_validator(mode="after")
    def _keys_and_references(self) -> "Version":
        known: set[str] = set()
        for component in self.components:
            if component.key in known:
                raise ValueError(f"component '{component.key}' appears twice")
            if isinstance(component, Percentage | Discount | Bounds) and component.of != "all":
                for key in component.of:
                    if key not in known:
                        raise ValueError(f"'{component.key}' is of '{key}', which is not above it")
            known.add(component.key)
        return self

    def example_period(self, example: Example) -> Period:
        """The billed days of an example: its own, or one cycle from the effective date."""
        if example.days is not None and example.days.to_on is not None:
            return Period(example.days.from_on, example.days.to_on)
        start = example.days.from_on if example.days else self.effective_on
        return Period(start, add_months(start, self.policy.cycle_months))


class TariffBody(Node):
    """What all versions share: code, service and the unit in which use is billed.

    `price_unit` is the unit that prices are per, when it is another: edges at 1,145 cubic feet
    with prices per 100 cubic feet are `unit: CF, price_unit: HCF`.
    """

    code: Annotated[str, Field(pattern=r"^[A-Z0-9][A-Z0-9-]{0,39}$")]
    name: Labels
    service: Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,29}$")] = "water"
    unit: Unit = Unit.HCF
    price_unit: Unit | None = None
    source: str = Field(default="", max_length=1000)


class Tariff(TariffBody):
    """A tariff file: the tariff and one or more versions in order of effective date."""

    versions: tuple[Version, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> "Tariff":
        dates = [version.effective_on for version in self.versions]
        if any(a >= b for a, b in pairwise(dates)):
            raise ValueError("versions must be in order of effective date, one for each date")
        return self
