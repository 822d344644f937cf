"""Meter sizes in inches, written one way: `5/8`, `3/4`, `1`, `1-1/2`, `5/8x3/4`."""

import re
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, Field

_SIZE_MAX = 72  # inches; the largest magmeters of a transmission main
_VULGAR = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8"}
_ENDING = re.compile(r"\s*(\"|”|''|inch(es)?|in\.?)$")
_PART = re.compile(
    r"^(?:(\d{1,2})[\s-]+)?(\d{1,2})(?:/(\d{1,2})|(\.\d{1,4}))?$|^(\.\d{1,4})$", re.ASCII
)


def canonical_size(text: str) -> str:
    """One spelling for `1½"`, `1 1/2 in`, `1.5` and `1-1/2`. Raises ValueError.

    A meter with unlike ends keeps both: `5/8" x 3/4"` is `5/8x3/4`.
    """
    if len(text) > 40:
        raise ValueError("a size is inches, like 5/8 or 1-1/2")
    for sign, fraction in _VULGAR.items():
        text = text.replace(sign, f" {fraction}")
    ends = re.split(r"\s*[x×]\s*", text.strip().lower())
    if len(ends) > 2:
        raise ValueError(f"{text!r} is not a size in inches, like 5/8 or 1-1/2")
    return "x".join(_written(_inches(end)) for end in ends)


def _inches(text: str) -> Fraction:
    match = _PART.match(_ENDING.sub("", text.strip()))
    if match is None:
        raise ValueError(f"{text!r} is not a size in inches, like 5/8 or 1-1/2")
    whole, upper, lower, decimals, bare = match.groups()
    if (whole and not lower) or (lower and int(lower) == 0):
        raise ValueError(f"{text!r} is not a size in inches, like 5/8 or 1-1/2")
    last = f"{upper}/{lower}" if lower else bare or f"{upper}{decimals or ''}"
    inches = Fraction(whole or 0) + Fraction(last)
    if not 0 < inches <= _SIZE_MAX or inches.denominator not in (1, 2, 4, 8, 16):
        raise ValueError(f"{text!r} is not a size that meters are made in")
    return inches


def _written(inches: Fraction) -> str:
    whole, rest = divmod(inches, 1)
    if rest == 0:
        return str(whole)
    return f"{whole}-{rest}" if whole else str(rest)


MeterSize = Annotated[str, Field(examples=["5/8", "3/4", "1-1/2"]), AfterValidator(canonical_size)]
