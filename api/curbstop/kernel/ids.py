"""Ids: client-made UUIDv7 for machines, numbers with a check digit for people."""

import os
import re
import time
from uuid import UUID

_DOUBLED = str.maketrans("0123456789", "0246813579")  # the cross sum of twice the digit
_ACCOUNT_NUMBER = re.compile(r"^\d{4}-\d{4}-\d{2}$")


def uuid7() -> UUID:
    """A time-ordered UUID (RFC 9562 §5.7): ids made later sort later, so indexes stay dense."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76 | (random >> 68) << 64 | 0b10 << 62 | (random & ((1 << 62) - 1))
    return UUID(int=value)


def luhn_digit(digits: str) -> int:
    """The mod-10 check digit (ISO/IEC 7812-1 annex B) that makes `digits + digit` valid."""
    doubled = digits[::-2].translate(_DOUBLED)
    return -sum(map(int, doubled + digits[-2::-2])) % 10


def account_number(serial: int, occupancy: int = 0) -> str:
    """`account_number(123456)` → `0012-3456-0C`: eight-digit serial, occupancy digit, check digit.

    Raises ValueError when the serial does not fit eight digits or the occupancy one.
    """
    if not 0 <= serial < 10**8 or not 0 <= occupancy < 10:
        raise ValueError("serial takes eight digits and occupancy one")
    digits = f"{serial:08d}{occupancy}"
    return f"{digits[:4]}-{digits[4:8]}-{digits[8]}{luhn_digit(digits)}"


def is_account_number(text: str) -> bool:
    """Whether the text has the shape of an account number and its check digit holds."""
    if not _ACCOUNT_NUMBER.match(text):
        return False
    digits = text.replace("-", "")
    return luhn_digit(digits[:-1]) == int(digits[-1])
