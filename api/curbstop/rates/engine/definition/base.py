"""What every part of a tariff definition shares: strictness, exact numbers, names, labels."""

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    WrapSerializer,
)

LARGEST = Decimal(10) ** 12
MOST_PLACES = 12


class Node(BaseModel):
    """Base of all parts: unknown keys are errors, values never change once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def exact_decimal(value: Any) -> Decimal:
    """A number written as text (as YAML scalars are read here) or as an integer; never a float."""
    if isinstance(value, bool | float) or not isinstance(value, str | int | Decimal):
        raise ValueError("write the number as text or in YAML, so that it stays exact")
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise ValueError(f"'{value}' is not a number") from None
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"'{value}' is not a finite number")
    if abs(number) >= LARGEST or -exponent > MOST_PLACES or exponent > MOST_PLACES:
        raise ValueError(f"'{value}' is too large or has more than {MOST_PLACES} decimals")
    return number


def exact_ratio(value: Any) -> Fraction:
    """A number of days such as `30`, `30.4` or `365/12`."""
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool | float):
        raise ValueError("write the number as text or in YAML, so that it stays exact")
    top, slash, bottom = str(value).partition("/")
    ratio = Fraction(exact_decimal(top.strip()))
    if slash:
        divisor = Fraction(exact_decimal(bottom.strip()))
        if divisor == 0:
            raise ValueError("a ratio cannot divide by zero")
        ratio /= divisor
    if ratio <= 0:
        raise ValueError("must be more than zero")
    return ratio


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _labels(value: Any) -> Any:
    return {"en": value, "es": value} if isinstance(value, str) else value


def _decimal_text(value: Decimal) -> str:
    return format(value, "f")


def _mapping(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(pair, list) and len(pair) == 2 for pair in value):
        return dict(value)
    return value


def _pairs(value: Any, dump: SerializerFunctionWrapHandler) -> list[list[Any]]:
    return [list(pair) for pair in dump(value).items()]


# A mapping whose order has a meaning. As JSON it is a list of pairs, since the database does not
# keep the order of keys.
Ordered = (BeforeValidator(_mapping), WrapSerializer(_pairs, when_used="json"))
Exact = Annotated[
    Decimal, BeforeValidator(exact_decimal), PlainSerializer(_decimal_text, when_used="json")
]
Ratio = Annotated[Fraction, BeforeValidator(exact_ratio), PlainSerializer(str)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Key = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=100)]


class Label(Node):
    """Text in the languages of the bill."""

    en: str = Field(min_length=1, max_length=120)
    es: str = Field(min_length=1, max_length=120)

    def text(self, language: str) -> str:
        """The text in `language`; English when the tariff has no other."""
        return self.es if language == "es" else self.en


Labels = Annotated[Label, BeforeValidator(_labels)]
