"""The district's colour, as data brings it."""

import re

_HEX = re.compile(r"^#[0-9a-fA-F]{6}$")
_FALLBACK = "#0a5c82"


def safe_colour(colour: str) -> str:
    """`#rrggbb` as given, or the house colour when it is anything else."""
    return colour if _HEX.match(colour) else _FALLBACK
