"""Every policy that Curbstop knows: its kind, unit, default, and the law that bounds it.

A default is what runs until the district enters its own decision. Where the default or the bound
depends on the regime (`regimes.py`), the entry says `by_regime` and the regime's figure wins.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from curbstop.policies.catalog import DISTRICT, MONEY, STATEMENT
from curbstop.policies.kinds import Kind, WrongValue, parse
from curbstop.policies.policy import Policy
from curbstop.policies.regimes import Bound, Regime, regimes


class UnknownPolicy(KeyError):
    """No such policy key: a defect when code asks, a bad input when a client does."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the law allows for one key under one regime, with its source."""

    floor: Decimal | None
    ceiling: Decimal | None
    citation: str

    def warning(self, policy: Policy, value: object) -> str | None:
        """Why the value lies outside the law, or None. Only numbers have bounds."""
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            return None
        unit = f" {policy.unit}" if policy.unit else ""
        if self.ceiling is not None and value > self.ceiling:
            return f"{value}{unit} is above the ceiling of {self.ceiling}{unit} ({self.citation})"
        if self.floor is not None and value < self.floor:
            return f"{value}{unit} is below the floor of {self.floor}{unit} ({self.citation})"
        return None


@cache
def registry() -> dict[str, Policy]:
    """Every policy by key, in the order in which the office reads them."""
    policies = {policy.key: policy for policy in (*DISTRICT, *STATEMENT, *MONEY)}
    regime_key = policies["district.regime"]
    policies["district.regime"] = regime_key.with_choices(tuple(regimes()))
    return policies


def policy(key: str) -> Policy:
    """The policy of a key. Raises UnknownPolicy."""
    try:
        return registry()[key]
    except KeyError:
        raise UnknownPolicy(key) from None


def parse_value(entry: Policy, raw: object) -> Any:
    """The typed value of a JSON one. Raises WrongValue, also outside the policy's choices."""
    value = parse(entry.kind, raw)
    if entry.kind is Kind.CHOICE and value not in entry.choices:
        raise WrongValue(f"one of: {', '.join(entry.choices)}")
    if entry.kind is Kind.CODES and entry.choices and not set(value) <= set(entry.choices):
        raise WrongValue(f"from: {', '.join(entry.choices)}")
    if entry.least is not None and isinstance(value, int | Decimal) and value < entry.least:
        raise WrongValue(f"{entry.least} or more")
    if entry.most is not None and isinstance(value, int | Decimal) and value > entry.most:
        raise WrongValue(f"{entry.most} or less")
    return value


def default_of(entry: Policy, regime: Regime) -> Any:
    """The typed default under a regime."""
    bound = _bound(entry, regime)
    return parse_value(entry, entry.default if bound is None else bound.default)


def limits_of(entry: Policy, regime: Regime) -> Limits:
    """Floor, ceiling and citation under a regime."""
    bound = _bound(entry, regime)
    if bound is None:
        return Limits(entry.floor, entry.ceiling, entry.citation)
    return Limits(bound.floor, bound.ceiling, regime.citation)


def _bound(entry: Policy, regime: Regime) -> Bound | None:
    return regime.bounds.get(entry.key) if entry.by_regime else None
