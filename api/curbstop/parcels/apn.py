"""Assessor's parcel numbers: as printed, as a key, and by the county's mask.

A mask is digits per group joined by `-`, with letters that may follow after `+`: Fresno's
`3-3-2+MPSTU` prints 466-160-01T (up to two letters, Fresno County Assessor-Recorder,
"Understanding Parcel Numbers", 2014).
"""

import re
from dataclasses import dataclass
from itertools import accumulate, pairwise

APN_LENGTH_MAX = 40
_MASK = re.compile(r"[1-9](-[1-9]){0,7}(\+[A-Z]{1,10})?")
_SEPARATORS = re.compile(r"[\s.\-/]+")
_LETTERS_MAX = 2


@dataclass(frozen=True, slots=True)
class Mask:
    """How a county writes its numbers: widths of the groups, and letters that may follow."""

    text: str
    widths: tuple[int, ...]
    letters: str

    @classmethod
    def parse(cls, text: str) -> "Mask":
        """`3-3-2+MPSTU` → widths (3, 3, 2) and letters MPSTU. Raises ValueError."""
        if not _MASK.fullmatch(text):
            raise ValueError("a mask reads like 3-4-3-4, with letters as in 3-3-2+MPSTU")
        groups, _, letters = text.partition("+")
        return cls(text, tuple(int(width) for width in groups.split("-")), letters)

    @property
    def length(self) -> int:
        """Digits of a whole number."""
        return sum(self.widths)

    def fits(self, key: str) -> bool:
        """Whether the key is a whole number of this county."""
        digits, tail = key[: self.length], key[self.length :]
        lettered = len(tail) <= _LETTERS_MAX and all(letter in self.letters for letter in tail)
        return len(digits) == self.length and digits.isdigit() and lettered

    def format(self, key: str) -> str:
        """The key with the county's dashes: `46616001T` → `466-160-01T`."""
        cuts = [0, *accumulate(self.widths)]
        groups = [key[start:end] for start, end in pairwise(cuts)]
        return "-".join(groups) + key[self.length :]


def apn_key(apn: str) -> str:
    """Letters and digits only, upper case: what two spellings of one number share."""
    return "".join(c for c in apn.upper() if c.isascii() and c.isalnum())


def whole_key(apn: str, mask: Mask | None) -> str:
    """The key, with short groups padded by the mask: `6-153-11` under 3-4-3-4 is 00601530110000.

    Only a number written in groups can be padded: which zeros are missing from bare digits is
    anyone's guess. Groups missing at the end are zeros. Raises ValueError when the mask refuses it.
    """
    if len(apn) > APN_LENGTH_MAX:
        raise ValueError(f"a parcel number has at most {APN_LENGTH_MAX} characters")
    groups = [apn_key(group) for group in _SEPARATORS.split(apn.strip()) if apn_key(group)]
    key = "".join(groups)
    if not key:
        raise ValueError("a parcel number needs a digit")
    if mask is None:
        return key
    if not mask.fits(key) and 1 < len(groups) <= len(mask.widths):
        key = _padded(groups, mask)
    if not mask.fits(key):
        raise ValueError(f"{apn!r} does not fit the county's {mask.text}")
    return key


def _padded(groups: list[str], mask: Mask) -> str:
    last = groups[-1].rstrip(mask.letters) if mask.letters else groups[-1]
    letters = groups[-1][len(last) :]
    given = [*groups[:-1], last]
    blanks = [""] * (len(mask.widths) - len(given))
    padded = (g.zfill(width) for g, width in zip([*given, *blanks], mask.widths, strict=True))
    return "".join(padded) + letters
