"""The scan line of a remittance stub: fixed-width digits with a mod-10 check digit.

Lockboxes differ in widths and in their check digit, so the layout is data. The default is the
42-digit line of retail lockbox practice: account 11, date MMDDYY, late charge 4, gross 10, net 10.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from typing import Literal

Field = Literal["account", "date", "late", "gross", "net"]


@dataclass(frozen=True, slots=True)
class CheckDigit:
    """How a lockbox computes mod 10.

    `weights` repeat from `direction`'s end; `digit_sum` adds the digits of a product (14 → 5),
    otherwise the product itself is added.
    """

    weights: tuple[int, ...] = (2, 1)
    direction: Literal["left", "right"] = "left"
    digit_sum: bool = True

    def of(self, digits: str) -> int:
        """The check digit: what is missing to the next multiple of ten."""
        ordered = digits if self.direction == "left" else digits[::-1]
        products = (int(d) * w for d, w in zip(ordered, cycle(self.weights), strict=False))
        total = sum(sum(map(int, str(p))) if self.digit_sum else p for p in products)
        return -total % 10


@dataclass(frozen=True, slots=True)
class ScanLayout:
    """Fields in order with their widths, the date's format, and the check digit at the end."""

    fields: tuple[tuple[Field, int], ...] = (
        ("account", 11),
        ("date", 6),
        ("late", 4),
        ("gross", 10),
        ("net", 10),
    )
    date_format: str = "%m%d%y"
    check: CheckDigit = CheckDigit()


DEFAULT_LAYOUT = ScanLayout()


def scan_line(
    account: str,
    due_on: date,
    net_cents: int,
    late_cents: int = 0,
    layout: ScanLayout = DEFAULT_LAYOUT,
) -> str:
    """The line for a bill: net is due by `due_on`, gross is net and the late charge thereafter.

    A credit balance asks for nothing and scans as zero. A late charge too large for its field (four
    digits hold $99.99) scans there as zero, and gross still holds it: a bill must print whatever it
    comes to. Raises ValueError when another value does not fit its field.
    """
    net = max(net_cents, 0)
    late = late_cents if net else 0
    widths = dict(layout.fields)
    values: Mapping[Field, str] = {
        "account": "".join(character for character in account if character.isdecimal()),
        "date": due_on.strftime(layout.date_format),
        "late": str(late) if len(str(late)) <= widths.get("late", 0) else "0",
        "gross": str(net + late),
        "net": str(net),
    }
    digits = "".join(_fixed(name, values[name], width) for name, width in layout.fields)
    return f"{digits}{layout.check.of(digits)}"


def scan_line_is_valid(line: str, layout: ScanLayout = DEFAULT_LAYOUT) -> bool:
    """Whether a scanned line has the layout's length and its check digit holds."""
    length = sum(width for _, width in layout.fields) + 1
    if len(line) != length or not (line.isascii() and line.isdecimal()):
        return False
    return layout.check.of(line[:-1]) == int(line[-1])


def _fixed(name: Field, digits: str, width: int) -> str:
    if len(digits) > width:
        raise ValueError(f"{name} {digits} does not fit {width} digits of the scan line")
    return digits.zfill(width)
