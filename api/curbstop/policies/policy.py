"""What is known of a policy before any district has decided it."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from curbstop.policies.kinds import Kind


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy. `default`, like every stored value, is JSON.

    `floor` and `ceiling` are the law's (a warning, to be acknowledged); `least` is the kind's own
    (a refusal). A scoped policy may hold another value per class and season: `irrigation`,
    `irrigation/summer`, `*/summer`.
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
    choices: tuple[str, ...] = ()
    by_regime: bool = False
    scoped: bool = False

    @property
    def group(self) -> str:
        """The part of the key before the first dot: one page of the settings screen."""
        return self.key.partition(".")[0]

    def with_choices(self, choices: tuple[str, ...]) -> "Policy":
        """The same policy, with the choices that a data file brings."""
        return replace(self, choices=choices)
