"""All policies of one day, typed: what rules compute with and what explanations cite."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from curbstop.policies.policy import Policy
from curbstop.policies.regimes import Regime, regimes
from curbstop.policies.registry import (
    Limits,
    default_of,
    limits_of,
    parse_value,
    policy,
    registry,
)


@dataclass(frozen=True, slots=True)
class Applied:
    """A value with its origin. `from_on` None is the default that runs until someone decides."""

    key: str
    value: Any
    from_on: date | None
    citation: str
    decided_by: str
    value_id: UUID | None


@dataclass(frozen=True, slots=True)
class StoredValue:
    """A decision as it is stored; `value` is JSON."""

    id: UUID
    key: str
    value: Any
    from_on: date
    citation: str
    decided_by: str


class Policies:
    """Every policy on one date. A getter raises UnknownPolicy, or TypeError for another kind."""

    def __init__(self, on: date, stored: Iterable[StoredValue]) -> None:
        self.on = on
        self._stored = {row.key: row for row in stored if row.key in registry()}
        self.regime: Regime = regimes()[self.text("district.regime")]

    def applied(self, key: str) -> Applied:
        """The value of the latest decision, else the default."""
        entry = policy(key)
        row = self._stored.get(key)
        if row is not None:
            value = parse_value(entry, row.value)
            return Applied(key, value, row.from_on, row.citation, row.decided_by, row.id)
        return Applied(key, self.default(entry), None, self.limits(entry).citation, "", None)

    def value(self, key: str) -> Any:
        """The typed value, whatever its kind."""
        return self.applied(key).value

    def integer(self, key: str) -> int:
        """An integer or cents."""
        value = self.value(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise TypeError(f"{key} is no integer")
        return value

    def decimal(self, key: str) -> Decimal:
        """A decimal or a percentage (10 for 10 %)."""
        value = self.value(key)
        if not isinstance(value, Decimal):
            raise TypeError(f"{key} is no decimal")
        return value

    def flag(self, key: str) -> bool:
        """A yes or no."""
        value = self.value(key)
        if not isinstance(value, bool):
            raise TypeError(f"{key} is no flag")
        return value

    def text(self, key: str) -> str:
        """A text, choice or colour."""
        value = self.value(key)
        if not isinstance(value, str):
            raise TypeError(f"{key} is no text")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Lines of text, or codes in order."""
        value = self.value(key)
        if not isinstance(value, tuple) or not all(isinstance(item, str) for item in value):
            raise TypeError(f"{key} is no list of texts")
        return value

    def dates(self, key: str) -> tuple[date, ...]:
        """A list of days."""
        value = self.value(key)
        if not isinstance(value, tuple) or not all(isinstance(item, date) for item in value):
            raise TypeError(f"{key} is no list of dates")
        return value

    def cents_by_code(self, key: str) -> dict[str, int]:
        """Amounts by code."""
        value = self.value(key)
        if not isinstance(value, dict):
            raise TypeError(f"{key} is no list of amounts")
        return dict(value)

    def default(self, entry: Policy) -> Any:
        """What runs without a decision, under the regime of the day."""
        return default_of(entry, _default_regime() if _sets_regime(entry) else self.regime)

    def limits(self, entry: Policy) -> Limits:
        """What the law allows, under the regime of the day."""
        return limits_of(entry, _default_regime() if _sets_regime(entry) else self.regime)


def _sets_regime(entry: Policy) -> bool:
    return entry.key == "district.regime"


def _default_regime() -> Regime:
    return regimes()[registry()["district.regime"].default]
