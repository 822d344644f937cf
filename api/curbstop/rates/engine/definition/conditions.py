"""When a component applies: by facts of the account, the season, or what has been declared."""

from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from curbstop.rates.engine.definition.amounts import Months
from curbstop.rates.engine.definition.base import Exact, Key, Name, Node


def _flag(value: Any) -> Any:
    return {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value


Text = Annotated[Key, BeforeValidator(_flag)]


class FactTest(Node):
    """A test of one attribute. A missing attribute is an error, unless `default` or `present`."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    attribute: Name
    is_: Text | None = Field(default=None, alias="is")
    in_: tuple[Text, ...] | None = Field(default=None, alias="in", min_length=1)
    at_least: Exact | None = None
    below: Exact | None = None
    present: bool | None = None
    default: Text | None = None

    @model_validator(mode="after")
    def _one_test(self) -> "FactTest":
        ranged = self.at_least is not None or self.below is not None
        tests = [self.is_ is not None, self.in_ is not None, ranged, self.present is not None]
        if sum(tests) != 1:
            raise ValueError("give one test: is, in, at_least/below, or present")
        return self


class DeclaredTest(Node):
    """True on days on which the declaration is in force."""

    declared: Key


class SeasonTest(Node):
    """True in the calendar months named."""

    months: Months


class AllOf(Node):
    all: tuple["Condition", ...] = Field(min_length=1)


class AnyOf(Node):
    any: tuple["Condition", ...] = Field(min_length=1)


class Not(Node):
    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    not_: "Condition" = Field(alias="not")


_KINDS = {
    "attribute": FactTest,
    "declared": DeclaredTest,
    "months": SeasonTest,
    "all": AllOf,
    "any": AnyOf,
    "not": Not,
}


def _kind(value: Any) -> str | None:
    if isinstance(value, Node):
        return next((name for name, kind in _KINDS.items() if type(value) is kind), None)
    if isinstance(value, dict):
        return next((name for name in _KINDS if name in value), None)
    return None


def _list_means_all(value: Any) -> Any:
    return {"all": value} if isinstance(value, list) else value


Condition = Annotated[
    Annotated[FactTest, Tag("attribute")]
    | Annotated[DeclaredTest, Tag("declared")]
    | Annotated[SeasonTest, Tag("months")]
    | Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")],
    Discriminator(
        _kind,
        custom_error_type="condition",
        custom_error_message="give a condition: " + ", ".join(_KINDS),
    ),
    BeforeValidator(_list_means_all),
]

for _model in (AllOf, AnyOf, Not):
    _model.model_rebuild()
