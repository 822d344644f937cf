"""What a measurement says: a value with its unit, beside yardsticks, against targets."""

from dataclasses import dataclass, field
from enum import StrEnum


class Bound(StrEnum):
    """Which side of a target is good."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True)
class Target:
    """A bound that a value or a ratio should keep."""

    bound: Bound
    value: float

    def met_by(self, measured: float) -> bool:
        """Whether the measured value keeps the bound."""
        if self.bound is Bound.AT_LEAST:
            return measured >= self.value
        return measured <= self.value

    def __str__(self) -> str:
        return f"{'≥' if self.bound is Bound.AT_LEAST else '≤'} {self.value:g}"


def at_least(value: float) -> Target:
    """A target that larger values keep."""
    return Target(Bound.AT_LEAST, value)


def at_most(value: float) -> Target:
    """A target that smaller values keep."""
    return Target(Bound.AT_MOST, value)


@dataclass(frozen=True)
class Yardstick:
    """Something well known, measured in the same run. `how` is enough to repeat it."""

    name: str
    value: float
    unit: str
    how: str


@dataclass(frozen=True)
class Ratio:
    """A figure divided by a yardstick (or the other way round, where smaller is better)."""

    to: str
    value: float
    target: Target | None = None

    @property
    def met(self) -> bool | None:
        return self.target.met_by(self.value) if self.target else None


@dataclass(frozen=True)
class Figure:
    """One measured value of the office's work. `details` are further numbers of the same run."""

    name: str
    value: float
    unit: str
    what: str
    target: Target | None = None
    ratios: list[Ratio] = field(default_factory=list)
    details: dict[str, float | int | str] = field(default_factory=dict)

    @property
    def met_alone(self) -> bool | None:
        """Whether the value itself keeps its target, ratios aside."""
        return self.target.met_by(self.value) if self.target else None

    @property
    def met(self) -> bool | None:
        """Whether the value and every ratio keep their targets; None when there are none."""
        verdicts = [self.met_alone, *(ratio.met for ratio in self.ratios)]
        known = [verdict for verdict in verdicts if verdict is not None]
        return all(known) if known else None


def percentile(values: list[float], share: float) -> float:
    """The value that `share` (0 to 1) of the measured ones do not exceed, by nearest rank.

    Raises ValueError without values.
    """
    if not values:
        raise ValueError("no values were measured")
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * share // 1))
    return ordered[min(len(ordered), int(rank)) - 1]
