"""What a client sends, in every room: the base of requests, and text that can be printed."""

from decimal import Decimal
from typing import Annotated
from unicodedata import category
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

_WHITE = "\n\r\t"


def printable(value: object) -> object:
    """A field as it was sent. Raises ValueError for text with control characters but white space.

    They show nothing, break a line of a file or a printer, and hide what stands behind them.
    """
    texts = list(value.values()) if isinstance(value, dict) else value
    for text in texts if isinstance(texts, list) else [texts]:
        if isinstance(text, str) and not text.isprintable() and _has_controls(text):
            raise ValueError("must not hold control characters")
    return value


def _has_controls(text: str) -> bool:
    return any(category(c) in ("Cc", "Cs") and c not in _WHITE for c in text)


class Request(BaseModel):
    """Base of what a client sends: an unknown field is a mistake, not an extra."""

    model_config = ConfigDict(extra="forbid")

    _printable = field_validator("*", mode="before")(printable)


def one_line(value: str) -> str:
    """The text with single spaces. Raises ValueError for control characters."""
    if any(category(character) in ("Cc", "Cs", "Zl", "Zp") for character in value):
        raise ValueError("must not hold control characters")
    return " ".join(value.split())


def _paragraphs(value: str) -> str:
    if _has_controls(value):
        raise ValueError("must not hold control characters")
    return value.replace("\r\n", "\n").strip()


def email_address(value: str) -> str:
    """An address with one `@` and a host with a dot. Raises ValueError for anything else."""
    local, _, host = value.partition("@")
    if not local or "." not in host or "@" in host or any(c.isspace() for c in value):
        raise ValueError("must be an e-mail address")
    return value


def not_empty(value: str) -> str:
    """The text. Raises ValueError when nothing is left of it."""
    if not value:
        raise ValueError("must not be empty")
    return value


MadeId = Annotated[UUID, Field(description="Client-made UUIDv7; repeating it is safe.")]
# Length is checked before tidying, so a flood of blanks is refused rather than tidied away.
Line = Annotated[str, Field(max_length=200), AfterValidator(one_line)]
Name = Annotated[Line, AfterValidator(not_empty)]
Code = Annotated[str, Field(max_length=40), AfterValidator(one_line), AfterValidator(not_empty)]
Note = Annotated[str, Field(max_length=4000), AfterValidator(_paragraphs)]
Reason = Annotated[str, Field(min_length=5, max_length=500), AfterValidator(one_line)]
Longitude = Annotated[Decimal, Field(ge=-180, le=180, decimal_places=7)]
Latitude = Annotated[Decimal, Field(ge=-90, le=90, decimal_places=7)]
