"""Kinds of input field that every room above shares: text that can be stored and printed."""

from decimal import Decimal
from typing import Annotated
from unicodedata import category

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


class Request(BaseModel):
    """Base of what a client sends: an unknown field is a mistake, not an extra."""

    model_config = ConfigDict(extra="forbid")


def one_line(value: str) -> str:
    """The text with single spaces. Raises ValueError for control characters."""
    if any(category(character) in ("Cc", "Cs", "Zl", "Zp") for character in value):
        raise ValueError("must not hold control characters")
    return " ".join(value.split())


def _paragraphs(value: str) -> str:
    unprintable = (c for c in value if category(c) in ("Cc", "Cs") and c not in "\n\r\t")
    if next(unprintable, None) is not None:
        raise ValueError("must not hold control characters")
    return value.replace("\r\n", "\n").strip()


def not_empty(value: str) -> str:
    """The text. Raises ValueError when nothing is left of it."""
    if not value:
        raise ValueError("must not be empty")
    return value


# Length is checked before tidying, so a flood of blanks is refused rather than tidied away.
Line = Annotated[str, Field(max_length=200), AfterValidator(one_line)]
Name = Annotated[Line, AfterValidator(not_empty)]
Code = Annotated[str, Field(max_length=40), AfterValidator(one_line), AfterValidator(not_empty)]
Note = Annotated[str, Field(max_length=4000), AfterValidator(_paragraphs)]
Reason = Annotated[str, Field(min_length=5, max_length=500), AfterValidator(one_line)]
Longitude = Annotated[Decimal, Field(ge=-180, le=180, decimal_places=7)]
Latitude = Annotated[Decimal, Field(ge=-90, le=90, decimal_places=7)]
