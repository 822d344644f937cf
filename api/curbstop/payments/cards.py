"""Card numbers never enter the system (PCI DSS 3.x: what is not stored cannot leak)."""

import re

from curbstop.kernel.errors import BadInput, FieldError
from curbstop.kernel.ids import luhn_digit

# Digits with single spaces, dots or dashes between them, as people type card numbers.
_DIGITS = re.compile(r"\d(?:[ .\-]?\d){12,}")


class CardNumberRefused(BadInput):
    title = "This looks like a card number, which must not be entered"


def holds_card_number(text: str) -> bool:
    """Whether 13 to 19 digits that pass the Luhn check stand anywhere in the text."""
    for run in _DIGITS.finditer(text):
        digits = re.sub(r"\D", "", run.group())
        for length in range(13, min(19, len(digits)) + 1):
            for start in range(len(digits) - length + 1):
                number = digits[start : start + length]
                if luhn_digit(number[:-1]) == int(number[-1]) and _known_range(number):
                    return True
    return False


def _known_range(number: str) -> bool:
    # The card schemes number from 2 to 6; a longer run of digits may hide one.
    return number[0] in "23456"


def refuse_card_numbers(**fields: str) -> None:
    """Raises CardNumberRefused, naming the field and never repeating what stood in it."""
    for name, text in fields.items():
        if holds_card_number(text):
            raise CardNumberRefused(
                "enter the processor's reference instead",
                FieldError(f"/{name}", "13 to 19 digits like those of a card"),
            )
