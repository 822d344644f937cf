"""Telephone numbers: kept as said, found by digits (E.164, North America when no country)."""

import re

_EXTENSION = re.compile(r"\s*(?:x|ext\.?|extension|#)\s*\d{1,6}\s*$", re.IGNORECASE)
_SPOKEN = re.compile(r"^\+?[0-9\s().\-/]+$")


def normal_phone(said: str) -> str:
    """`(530) 555-0142 ext. 7` → `+15305550142`; empty stays empty. Raises ValueError.

    The extension stays in the number as said: it is dialled after the answer.
    """
    number = _EXTENSION.sub("", said.strip())
    if not number:
        return ""
    digits = re.sub(r"\D", "", number)
    if not _SPOKEN.match(number):
        raise ValueError("a telephone number is digits, like (530) 555-0142")
    if number.startswith("+"):
        if not 8 <= len(digits) <= 15:
            raise ValueError("an international number has 8 to 15 digits after +")
        return f"+{digits}"
    national = digits.removeprefix("1") if len(digits) == 11 else digits
    if len(national) != 10:
        raise ValueError("a telephone number has ten digits, or begins with + and its country")
    return f"+1{national}"
