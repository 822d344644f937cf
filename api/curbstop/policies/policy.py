"""What is known of a policy before any district has decided it."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from curbstop.policies.kinds import Kind

_ONE_PERSON = frozenset({"district", "office", "statement"})


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy. `default`, like every stored value, is JSON.

    `floor` and `ceiling` are the law's (a warning, to be acknowledged); `least` and
    `most` are what makes sense at all (a refusal).
    """

    key: str
    title: str
    kind: Kind
    default: Any
    unit: str = ""
    citation: str = ""
    floor: Decimal | None = None
    ceiling: Decimal | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    choices: tuple[str, ...] = ()
    by_regime: bool = False

    @property
    def group(self) -> str:
        """The part of the key before the first dot: one page of the settings screen."""
        return self.key.partition(".")[0]

    @property
    def needs_second(self) -> bool:
        """Whether two persons set it: all but the words on papers and the office's calendar.

        The table's CHECK `money_needs_second` says the same, whatever the code does.
        """
        return self.group not in _ONE_PERSON or self.key == "district.regime"

    def with_choices(self, choices: tuple[str, ...]) -> "Policy":
        """The same policy, with the choices that a data file brings."""
        return replace(self, choices=choices)
