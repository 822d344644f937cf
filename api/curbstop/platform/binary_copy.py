"""PostgreSQL's binary COPY format, field by field, for bulk paths that write the same values often.

A driver encodes every field of every row anew. A bulk path that knows its rows joins the bytes of a
run of fields that many rows share and encodes only what differs. Each function returns the bytes
of one field: its length and its value, in network order (the manual's chapter on COPY, "Binary
Format", and the `*send` functions of the types).
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from struct import Struct, pack
from uuid import UUID

import orjson

NULL = b"\xff\xff\xff\xff"
_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"
_DAY_ZERO = date(2000, 1, 1).toordinal()
_MOMENT_ZERO = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_BASE_DIGITS = 4  # NUMERIC keeps four decimal digits in each of its own
_NEGATIVE = 0x4000

_length = Struct("!i").pack
_int2 = Struct("!ih").pack
_int4 = Struct("!ii").pack
_int8 = Struct("!iq").pack
TRUE, FALSE = pack("!i?", 1, True), pack("!i?", 1, False)


def stream(rows: Iterable[bytes]) -> bytes:
    """The whole COPY: rows that each begin with `count`, between the header and the end."""
    return b"".join((_HEADER, *rows, _END))


def count(fields: int) -> bytes:
    """How every row begins: the number of its fields."""
    return pack("!h", fields)


def int2(value: int) -> bytes:
    """SMALLINT."""
    return _int2(2, value)


def int4(value: int) -> bytes:
    """INTEGER."""
    return _int4(4, value)


def int8(value: int) -> bytes:
    """BIGINT."""
    return _int8(8, value)


def flag(value: bool) -> bytes:
    """BOOLEAN."""
    return TRUE if value else FALSE


def text(value: str | None) -> bytes:
    """TEXT or VARCHAR."""
    if value is None:
        return NULL
    data = value.encode()
    return _length(len(data)) + data


def uuid(value: UUID | None) -> bytes:
    """UUID."""
    return NULL if value is None else b"\0\0\0\x10" + value.bytes


@lru_cache(maxsize=4_096)
def day(value: date | None) -> bytes:
    """DATE: days since 2000-01-01."""
    return NULL if value is None else _int4(4, value.toordinal() - _DAY_ZERO)


def moment(value: datetime | None) -> bytes:
    """TIMESTAMPTZ: microseconds since 2000-01-01 UTC; `value` is aware."""
    return NULL if value is None else _int8(8, (value - _MOMENT_ZERO) // _MICROSECOND)


def json(value: bytes) -> bytes:
    """JSONB, of JSON that is already bytes: the version of the form stands before the text."""
    return _length(len(value) + 1) + b"\x01" + value


def json_of(value: object) -> bytes:
    """JSONB of plain values."""
    return json(orjson.dumps(value))


def numeric(value: Decimal | None) -> bytes:
    """NUMERIC with the scale that the decimal has. Raises ValueError for NaN and infinities."""
    # Remembered by its text: as numbers 7 and 7.0 are one, as NUMERIC they print differently.
    return NULL if value is None else _numeric(str(value))


@lru_cache(maxsize=65_536)
def _numeric(written: str) -> bytes:
    value = Decimal(written)
    if not value.is_finite():
        raise ValueError(f"{value} is no number to store")
    sign, whole, rest = _split(value)
    digits = [
        int(part[at : at + _BASE_DIGITS])
        for part in (whole, rest)
        for at in range(0, len(part), _BASE_DIGITS)
    ]
    weight = len(whole) // _BASE_DIGITS - 1
    while digits and digits[-1] == 0:
        digits.pop()
    while digits and digits[0] == 0:
        del digits[0]
        weight -= 1
    scale = max(0, -int(value.as_tuple().exponent))
    body = pack(f"!hhHH{len(digits)}h", len(digits), weight if digits else 0, sign, scale, *digits)
    return _length(len(body)) + body


def _split(value: Decimal) -> tuple[int, str, str]:
    """The sign's code, and the digits before and after the point in whole groups of four."""
    whole, _, rest = format(value.copy_abs(), "f").partition(".")
    whole = "0" * (-len(whole) % _BASE_DIGITS) + whole
    sign = _NEGATIVE if value < 0 else 0
    return sign, whole, rest + "0" * (-len(rest) % _BASE_DIGITS)
