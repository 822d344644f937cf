"""The price models: every line of a published schedule is one of these."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from curbstop.kernel.dates import Day
from curbstop.kernel.units import Unit
from curbstop.rates.engine.definition.amounts import Amount, RoundingRule
from curbstop.rates.engine.definition.base import Key, Labels, Name, Node
from curbstop.rates.engine.definition.conditions import Condition

Proration = Literal["none", "actual", "nominal"]


class ComponentBase(Node):
    """What every component has: a key, its text on the bill, where its money goes, and when."""

    key: Name
    label: Labels
    group: Name = Field(description="Charge group; the ledger maps it to a GL account.")
    gl: Key | None = Field(default=None, description="A GL code of its own, when it has one.")
    when: Condition | None = None


class Fixed(ComponentBase):
    """A charge per period: by meter size or any other fact, per EDU or dwelling unit.

    Service charges, fixed pass-throughs, fire lines, flat sewer, standby charges.
    """

    model: Literal["fixed"]
    price: Amount
    units: Amount | None = Field(default=None, description="How many are charged: EDUs, dwellings.")
    unit_name: Labels | None = None
    proration: Proration | None = Field(default=None, description="Overrides the policy's.")


class Basis(Node):
    """The quantity that is priced: the period's use or the winter average, then adjusted.

    `of × percent − less`, held between `at_least` and `at_most`, rounded. `winter_average` is an
    average per period (or month, by `fixed_per`), `winter_daily` one per day.
    """

    of: Literal["usage", "winter_average", "winter_daily"] = "usage"
    percent: Amount | None = None
    less: Amount | None = None
    at_least: Amount | None = None
    at_most: Amount | None = None
    round: RoundingRule | None = None


class Uniform(ComponentBase):
    """One price for each unit: commodity, pump zone, pass-through, drought charge, sewer use."""

    model: Literal["uniform"]
    price: Amount
    basis: Basis = Basis()


class Tier(Node):
    """One block. Its end is said in exactly one of four ways; the last block is open.

    `width`: units in the block. `up_to`: the last unit at this price. `first_unit`: the first unit
    billed at this price (OWRS `tier_starts`: 0, 14, 30 means 1–13, 14–29, 30+). `percent`: the
    block ends at this percentage of the budget, or `of` one of its parts (the indoor budget).
    """

    price: Amount
    width: Amount | None = None
    up_to: Amount | None = None
    first_unit: Amount | None = None
    percent: Amount | None = None
    of: Name | None = Field(default=None, description="A part of the budget instead of the whole.")
    label: Labels | None = None


class BudgetPart(Node):
    """One term of the budget, in `unit`: indoor, outdoor, a variance."""

    key: Name
    amount: Amount
    unit: Unit | None = Field(default=None, description="Its unit, when not the tariff's.")


class Budget(Node):
    """A water budget: the sum of its parts, rounded as the district does it.

    The parts count days themselves (`{input: days}`); `prorate` scales a budget per period.
    """

    parts: tuple[BudgetPart, ...] = Field(min_length=1)
    round: RoundingRule | None = None
    round_each: bool = False
    prorate: bool = False


class Tiered(ComponentBase):
    """Blocks of use at rising (or falling) prices, measured in the tariff's unit or `edge_unit`."""

    model: Literal["tiered"]
    tiers: tuple[Tier, ...] = Field(min_length=1, max_length=50)
    method: Literal["graduated", "whole"] = "graduated"
    scale: Amount | None = Field(default=None, description="Multiplies widths or the budget.")
    edge_unit: Unit | None = None
    round_edges: RoundingRule | None = None
    budget: Budget | None = None
    basis: Basis = Basis()

    @model_validator(mode="after")
    def _edges(self) -> "Tiered":
        ways = {way for tier in self.tiers for way in edge_ways(tier)}
        if len(ways) > 1:
            raise ValueError(f"all tiers must end in the same way, not by {sorted(ways)}")
        starts = ways == {"first_unit"}
        for number, tier in enumerate(self.tiers, 1):
            needs = starts or number < len(self.tiers)
            if len(edge_ways(tier)) != needs:
                raise ValueError(f"tier {number} must {'have one end' if needs else 'be open'}")
        if ("percent" in ways) != (self.budget is not None):
            raise ValueError("`budget` and tiers by `percent` belong together")
        parts = {part.key for part in self.budget.parts} if self.budget else set()
        for tier in self.tiers:
            if tier.of is not None and (tier.percent is None or tier.of not in parts):
                raise ValueError(f"'{tier.of}' is not a part of the budget that a percent is of")
        return self


def edge_ways(tier: Tier) -> list[str]:
    """Which of the four ways to say where a tier ends this one uses."""
    ways = ("width", "up_to", "first_unit", "percent")
    return [way for way in ways if getattr(tier, way) is not None]


class Minimum(ComponentBase):
    """A minimum charge that includes an allowance; use above it has a price."""

    model: Literal["minimum"]
    price: Amount
    allowance: Amount
    excess: Amount
    scale: Amount | None = None
    proration: Proration | None = None


Lines = Literal["all"] | tuple[Name, ...]


class Percentage(ComponentBase):
    """A percentage of earlier lines: utility tax, percentage drought surcharge, outside-city."""

    model: Literal["percentage"]
    of: Lines
    percent: Amount


class Discount(ComponentBase):
    """A percentage or an amount off earlier lines, which it never takes below zero."""

    model: Literal["discount"]
    of: Lines
    percent: Amount | None = None
    amount: Amount | None = None
    proration: Proration | None = None

    @model_validator(mode="after")
    def _percent_or_amount(self) -> "Discount":
        if (self.percent is None) == (self.amount is None):
            raise ValueError("give either `percent` or `amount`")
        return self


class Bounds(ComponentBase):
    """Holds the sum of earlier lines between a minimum and a maximum by one adjusting line."""

    model: Literal["bounds"]
    of: Lines
    at_least: Amount | None = None
    at_most: Amount | None = None
    proration: Proration | None = None

    @model_validator(mode="after")
    def _some_bound(self) -> "Bounds":
        if self.at_least is None and self.at_most is None:
            raise ValueError("give `at_least`, `at_most` or both")
        return self


class OneTime(ComponentBase):
    """Charged once: on a date, or on the day of an event of the account such as `opened`."""

    model: Literal["one_time"]
    price: Amount
    units: Amount | None = None
    on: Day | None = None
    event: Name | None = None

    @model_validator(mode="after")
    def _date_or_event(self) -> "OneTime":
        if (self.on is None) == (self.event is None):
            raise ValueError("give either `on` (a date) or `event`")
        return self


Component = Annotated[
    Fixed | Uniform | Tiered | Minimum | Percentage | Discount | Bounds | OneTime,
    Field(discriminator="model"),
]
