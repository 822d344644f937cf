"""Late-penalty law by regime, from `db/reference/policies/regimes.yaml`."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import yaml

from curbstop.platform.migrate import reference_dir


@dataclass(frozen=True, slots=True)
class Bound:
    """A regime's default for a key, and what its sections allow."""

    default: Any
    floor: Decimal | None = None
    ceiling: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Regime:
    """The law that a district's charges stand under. `bounds` are JSON defaults by policy key."""

    code: str
    name: str
    citation: str
    is_statute: bool
    note: str
    bounds: dict[str, Bound]
    later_tenant: str
    """Citation: a tenant's debt is not collected from a later tenant. Empty: none was found."""


@cache
def regimes() -> dict[str, Regime]:
    """Every regime by its code, in the order of the file."""
    path = reference_dir() / "policies" / "regimes.yaml"
    raw = yaml.safe_load(path.read_text("utf-8"))["regimes"]
    return {entry["code"]: _regime(entry) for entry in raw}


def _regime(entry: dict[str, Any]) -> Regime:
    bounds = {
        f"late.{name}": _bound(entry[name])
        for name in ("basic_percent", "recurring_percent", "grace_days")
        if name in entry
    }
    bounds["late.recurring_base"] = Bound(entry["recurring_base"])
    return Regime(
        code=entry["code"],
        name=entry["name"],
        citation=entry["citation"],
        is_statute=entry["standing"] == "statute",
        note=" ".join(entry.get("note", "").split()),
        bounds=bounds,
        later_tenant=entry.get("later_tenant", ""),
    )


def _bound(entry: dict[str, Any]) -> Bound:
    floor, ceiling = entry.get("floor"), entry.get("ceiling")
    return Bound(
        default=entry["default"],
        floor=None if floor is None else Decimal(floor),
        ceiling=None if ceiling is None else Decimal(ceiling),
    )
