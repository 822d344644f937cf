"""Yes or no, and whole numbers, as a client may send them: what the contract says, nothing near it.

Pydantic alone takes `"yes"` and `1` for true and `"3"` or `false` for a number. Days and moments
are in `dates`, money in `money`.
"""

from typing import Annotated

from pydantic import BeforeValidator, Field

_SPELLINGS = {"true": True, "false": False}


def _from_text(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if not isinstance(value, str) or value not in _SPELLINGS:
        raise ValueError("must be true or false")
    return _SPELLINGS[value]


Flag = Annotated[bool, Field(strict=True)]
"""`true` or `false` in a JSON body."""

QueryFlag = Annotated[bool, BeforeValidator(_from_text)]
"""The words `true` or `false` in a query."""

Whole = Annotated[int, Field(strict=True)]
"""A whole number in a JSON body."""
