"""The kinds of value that a policy may hold: how each is checked, and how it is written as JSON."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from curbstop.kernel.money import CENTS_MAX

_TEXT_MAX = 2000
_ITEMS_MAX = 500
_INTEGER_MAX = 10**9
_DECIMAL_TEXT = re.compile(r"-?\d{1,12}(\.\d{1,9})?")
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class Kind(StrEnum):
    """What a value is. Decimals and percentages travel as strings, money as integer cents."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    CENTS = "cents"
    FLAG = "flag"
    CHOICE = "choice"
    TEXT = "text"
    COLOUR = "colour"
    TEXTS = "texts"
    CODES = "codes"
    DATES = "dates"
    CENTS_BY_CODE = "cents_by_code"


class WrongValue(ValueError):
    """The value is not of the policy's kind; says what would be."""


def parse(kind: Kind, raw: object) -> Any:
    """The Python value of a JSON one: int, Decimal, bool, str, tuple or dict. Raises WrongValue."""
    return _PARSERS[kind](raw)


def to_json(value: object) -> Any:
    """How a parsed value is stored and sent: decimals and dates as strings, tuples as lists."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    return value


def _integer(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or abs(raw) > _INTEGER_MAX:
        raise WrongValue("a whole number")
    return raw


def _cents(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw <= CENTS_MAX:
        raise WrongValue("whole cents, not negative")
    return raw


def _decimal(raw: object) -> Decimal:
    text = raw if isinstance(raw, str) else str(raw) if type(raw) is int else ""
    if not _DECIMAL_TEXT.fullmatch(text):
        raise WrongValue('a decimal as a string, such as "748" or "0.5"')
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise WrongValue("a decimal as a string") from error


def _percent(raw: object) -> Decimal:
    value = _decimal(raw)
    if not 0 <= value <= 1000:
        raise WrongValue('a percentage as a string, such as "10"')
    return value


def _flag(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise WrongValue("true or false")
    return raw


def _text(raw: object) -> str:
    if not isinstance(raw, str) or len(raw) > _TEXT_MAX or _UNSTORABLE.search(raw):
        raise WrongValue(
            f"a text of at most {_TEXT_MAX} characters, without NUL or half characters"
        )
    return raw


def _code(raw: object) -> str:
    if not isinstance(raw, str) or not _CODE.fullmatch(raw):
        raise WrongValue("a code of small letters, digits and underscores")
    return raw


def _colour(raw: object) -> str:
    if not isinstance(raw, str) or not _COLOUR.fullmatch(raw):
        raise WrongValue("a colour such as #0a5c82")
    return raw


def _date(raw: object) -> date:
    try:
        return date.fromisoformat(raw if isinstance(raw, str) else "")
    except ValueError as error:
        raise WrongValue("dates such as 2026-12-24") from error


def _list_of(parser: Callable[[object], Any], *, unique: bool = False) -> Callable[[object], Any]:
    def parse_list(raw: object) -> tuple[Any, ...]:
        if not isinstance(raw, list) or len(raw) > _ITEMS_MAX:
            raise WrongValue(f"a list of at most {_ITEMS_MAX} items")
        items = tuple(parser(item) for item in raw)
        if unique and len(set(items)) != len(items):
            raise WrongValue("each item once")
        return items

    return parse_list


def _cents_by_code(raw: object) -> dict[str, int]:
    if not isinstance(raw, dict) or len(raw) > _ITEMS_MAX:
        raise WrongValue("an object of codes and cents")
    return {_code(code): _cents(cents) for code, cents in raw.items()}


_PARSERS: dict[Kind, Callable[[object], Any]] = {
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.PERCENT: _percent,
    Kind.CENTS: _cents,
    Kind.FLAG: _flag,
    Kind.CHOICE: _code,
    Kind.TEXT: _text,
    Kind.COLOUR: _colour,
    Kind.TEXTS: _list_of(_text),
    Kind.CODES: _list_of(_code, unique=True),
    Kind.DATES: _list_of(_date, unique=True),
    Kind.CENTS_BY_CODE: _cents_by_code,
}
