"""From a field's text to its normal form, a whole column at a time; exact, and no guessing."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from curbstop.readings.layouts.canonical import CHOICES, Kind
from curbstop.readings.layouts.definition import Value

Normal = str | None
One = Callable[[str], Normal]
BadRows = list[tuple[int, str]]

_INTEGER = re.compile(r"[0-9]{1,12}")
_UNSIGNED = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,6})?")
_SIGNED = re.compile(r"[-+]?[0-9]{1,12}(?:\.[0-9]{1,12})?")
_TOKENS = re.compile(r"CCYY|YYYY|YY|MM|M|DD|D|hh|h|mm|ss|AM|.")
_PATTERNS = {
    "CCYY": r"(?P<year>[0-9]{4})",
    "YYYY": r"(?P<year>[0-9]{4})",
    "YY": r"(?P<short>[0-9]{2})",
    "MM": r"(?P<month>[0-9]{2})",
    "M": r"(?P<month>[0-9]{1,2})",
    "DD": r"(?P<day>[0-9]{2})",
    "D": r"(?P<day>[0-9]{1,2})",
    "hh": r"(?:[01][0-9]|2[0-4])",
    "h": r"[0-9]{1,2}",
    "mm": r"[0-5][0-9]",
    "ss": r"[0-5][0-9]",
    "AM": r"[AaPp][Mm]",
}
EARLIEST, LATEST = date(1970, 1, 1), date(2199, 12, 31)


@lru_cache(maxsize=256)
def date_pattern(form: str) -> re.Pattern[str]:
    """The regular expression of a date format such as `MM/DD/YYYY hh:mm`."""
    parts = [_PATTERNS.get(token, re.escape(token)) for token in _TOKENS.findall(form)]
    return re.compile("".join(parts), re.ASCII)


def parse_date(text: str, formats: Sequence[str]) -> str:
    """The day in ISO form. Raises ValueError when no format fits or the day does not exist."""
    for form in formats:
        if found := date_pattern(form).fullmatch(text):
            parts = found.groupdict()
            year = int(parts["year"]) if parts.get("year") else 2000 + int(parts["short"])
            try:
                day = date(year, int(parts["month"]), int(parts["day"]))
            except ValueError:
                raise ValueError(f"{text!r} is not a day of the calendar") from None
            if not EARLIEST <= day <= LATEST:
                raise ValueError(f"{text!r} lies outside 1970 to 2199")
            return day.isoformat()
    raise ValueError(f"{text!r} is not a date written {' or '.join(formats)}")


def parse_decimal(text: str, pattern: re.Pattern[str] = _UNSIGNED, implied: int = 0) -> str:
    """Plain digits, never an exponent. `implied` decimals are put in when no point is written.

    Raises ValueError: NaN, 1e9, signs, thousands separators and over-long numbers are refused.
    """
    if not pattern.fullmatch(text):
        raise ValueError(f"{_shown(text)} is not a plain number of at most 12 digits")
    if implied and "." not in text:
        padded = text.rjust(implied + 1, "0")
        return f"{padded[:-implied]}.{padded[-implied:]}"
    return text


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}…")


def _choice(field: str, text: str) -> str:
    allowed = CHOICES.get(field)
    if allowed is None:
        return text
    for candidate in (text, text.upper(), text.lower()):
        if candidate in allowed:
            return candidate
    raise ValueError(f"{_shown(text)} is not one of {', '.join(allowed)}")


def one_parser(value: Value) -> One:
    """The parser of a single text. It returns None for a blank and raises ValueError with words."""
    blanks = frozenset(["", *value.blank])
    implied = value.decimals if isinstance(value.decimals, int) else 0
    signed = value.field in {"longitude", "latitude"}

    def convert(text: str) -> str:
        match value.kind:
            case Kind.INTEGER:
                if not _INTEGER.fullmatch(text):
                    raise ValueError(f"{_shown(text)} is not a whole number")
                return str(int(text))
            case Kind.DECIMAL:
                return parse_decimal(text, _SIGNED if signed else _UNSIGNED, implied)
            case Kind.DATE:
                return parse_date(text, value.formats)
            case Kind.CHOICE:
                return _choice(value.field, text)
            case _:
                return _plain_text(text, value.max_length)

    def parse(raw: str) -> Normal:
        text = raw.strip()
        if value.map and text in value.map:
            text = value.map[text]
        elif text in blanks:
            return value.value
        elif value.map and value.otherwise is not None:
            text = value.otherwise
        elif value.map:
            raise ValueError(f"{_shown(text)} is not one of {', '.join(value.map)}")
        return convert(text) if text else value.value

    return parse


def _plain_text(text: str, limit: int) -> str:
    if len(text) > limit:
        raise ValueError(f"longer than {limit} characters")
    if not text.isprintable():
        raise ValueError("holds a control character")
    return text


def column_parser(value: Value) -> Callable[[Sequence[str]], tuple[list[Normal], BadRows]]:
    """The parser of a column: normal forms, and `(index, reason)` of the values refused."""
    one = one_parser(value)
    if value.kind is Kind.TEXT and not value.map:
        fast = _fast_text(value)
    elif value.kind is Kind.DECIMAL and not value.map and not isinstance(value.decimals, int):
        fast = _fast_decimal
    else:
        fast = None

    def parse(column: Sequence[str]) -> tuple[list[Normal], BadRows]:
        quick = fast(column) if fast else None
        done, bad = (quick, []) if quick is not None else _by_distinct(one, column)
        if value.required and None in done:
            flawed = {index for index, _ in bad}
            bad += [(i, "is required") for i, v in enumerate(done) if v is None and i not in flawed]
        return done, bad

    return parse


def _by_distinct(one: One, column: Sequence[str]) -> tuple[list[Normal], BadRows]:
    """Parse every different text once: dates, units and codes repeat, and files are long."""
    known: dict[str, Normal] = {}
    refused: dict[str, str] = {}
    for text in set(column):
        try:
            known[text] = one(text)
        except ValueError as reason:
            known[text], refused[text] = None, str(reason)
    done = [known[text] for text in column]
    if not refused:
        return done, []
    return done, [(i, refused[t]) for i, t in enumerate(column) if t in refused]


def _fast_text(value: Value) -> Callable[[Sequence[str]], list[Normal] | None]:
    blanks = frozenset(["", *value.blank])

    def parse(column: Sequence[str]) -> list[Normal] | None:
        stripped = [text.strip() for text in column]
        if max(map(len, stripped), default=0) > value.max_length:
            return None
        if not "".join(stripped).isprintable():
            return None
        return [value.value if text in blanks else text for text in stripped]

    return parse


def _fast_decimal(column: Sequence[str]) -> list[Normal] | None:
    """The ordinary column of unsigned whole numbers, checked in C; None sends it the long way."""
    joined = "".join(column)
    if joined.isascii() and joined.isdigit() and max(map(len, column)) <= 12 and "" not in column:
        return list(column)
    return None


def apply_decimals(values: Sequence[Normal], places: Sequence[Normal]) -> list[Normal]:
    """Put the point where another field of the same line says (`decimals: decimals`)."""
    return [
        value if value is None or not count or count == "0" else _with_point(value, int(count))
        for value, count in zip(values, places, strict=True)
    ]


def _with_point(value: str, places: int) -> str:
    return value if "." in value or places > 6 else parse_decimal(value, implied=places)
