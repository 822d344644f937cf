"""Numbers of a schedule: a constant, a table by any fact of the account, or arithmetic of those."""

from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, PlainSerializer, Tag, model_validator

from curbstop.rates.engine.arithmetic import Rounding
from curbstop.rates.engine.definition.base import Exact, Key, Name, Node, Ordered

MONTHS = frozenset(range(1, 13))
Months = Annotated[
    frozenset[Annotated[int, Field(ge=1, le=12)]],
    Field(min_length=1),
    PlainSerializer(sorted, return_type=list[int]),  # the same body has the same hash
]
Input = Literal["days", "winter_average", "evapotranspiration"]


class RoundingRule(Node):
    """Keep `places` decimals by `mode`."""

    places: int = Field(ge=0, le=6)
    mode: Rounding = Rounding.HALF_UP


class Lookup(Node):
    """A table by the text of one attribute: `{by: meter_size, table: {3/4: 28.81, 3: 265.13}}`."""

    by: Name
    table: Annotated[dict[Key, "Amount"], *Ordered, Field(min_length=1, max_length=10_000)]
    default: "Amount | None" = None


class Step(Node):
    """Applies below `below`; the last step leaves it out."""

    below: Exact | None = None
    value: "Amount"


class Ranges(Node):
    """A table by ranges of a numeric attribute: elevation zones, lot sizes."""

    by: Name
    ranges: tuple[Step, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ascending(self) -> "Ranges":
        limits = [step.below for step in self.ranges[:-1]]
        known = [limit for limit in limits if limit is not None]
        last = self.ranges[-1].below
        ordered = [*known, last] if last is not None else known
        if len(known) != len(limits) or any(a >= b for a, b in pairwise(ordered)):
            raise ValueError("ranges must ascend by `below`, and only the last may leave it out")
        return self


class FactNumber(Node):
    """The number that an attribute holds: dwelling units, EDUs, persons, landscape area."""

    attribute: Name
    default: Exact | None = None


class InputNumber(Node):
    """A number of the period itself."""

    input: Input


class Declared(Node):
    """By what the board has declared; of several in force the last one listed counts."""

    declared: Annotated[dict[Key, "Amount"], *Ordered, Field(min_length=1)]
    otherwise: "Amount"


class Season(Node):
    months: Months
    value: "Amount"


class Seasons(Node):
    """By calendar month; together the seasons name each month once."""

    seasons: tuple[Season, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_month_once(self) -> "Seasons":
        named = [month for season in self.seasons for month in season.months]
        if len(named) != 12 or set(named) != MONTHS:
            raise ValueError("the seasons must name each of the twelve months exactly once")
        return self


class Product(Node):
    product: tuple["Amount", ...] = Field(min_length=1)


class Sum(Node):
    sum: tuple["Amount", ...] = Field(min_length=1)


class Quotient(Node):
    """The first divided by the second."""

    divide: tuple["Amount", "Amount"]


class Limited(Node):
    """A number held between bounds, then rounded."""

    limit: "Amount"
    at_least: "Amount | None" = None
    at_most: "Amount | None" = None
    round: RoundingRule | None = None


_KINDS = {
    "table": Lookup,
    "ranges": Ranges,
    "attribute": FactNumber,
    "input": InputNumber,
    "declared": Declared,
    "seasons": Seasons,
    "product": Product,
    "sum": Sum,
    "divide": Quotient,
    "limit": Limited,
}


def _kind(value: Any) -> str | None:
    if isinstance(value, Node):
        return next((name for name, kind in _KINDS.items() if type(value) is kind), None)
    if isinstance(value, dict):
        return next((name for name in _KINDS if name in value), None)
    return "number"


Amount = Annotated[
    Annotated[Exact, Tag("number")]
    | Annotated[Lookup, Tag("table")]
    | Annotated[Ranges, Tag("ranges")]
    | Annotated[FactNumber, Tag("attribute")]
    | Annotated[InputNumber, Tag("input")]
    | Annotated[Declared, Tag("declared")]
    | Annotated[Seasons, Tag("seasons")]
    | Annotated[Product, Tag("product")]
    | Annotated[Sum, Tag("sum")]
    | Annotated[Quotient, Tag("divide")]
    | Annotated[Limited, Tag("limit")],
    Discriminator(
        _kind,
        custom_error_type="amount",
        custom_error_message="give a number, or one of: " + ", ".join(_KINDS),
    ),
]

for _model in (Lookup, Step, Ranges, Declared, Season, Seasons, Product, Sum, Quotient, Limited):
    _model.model_rebuild()
