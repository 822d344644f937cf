"""Water budgets: the sum of their parts in the tariff's unit, rounded as the district does."""

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from curbstop.kernel.units import conversion
from curbstop.rates.engine.amounts import compile_amount, rounded
from curbstop.rates.engine.charges.common import Context, width_part
from curbstop.rates.engine.definition.components import Budget
from curbstop.rates.engine.scope import NOTHING, Evaluate, Needs, Scope

if TYPE_CHECKING:
    from curbstop.rates.engine.segments import Segment

# The budget under None, and each of its parts under its key.
Budgets = dict[str | None, Fraction]
ResolveBudget = Callable[[Scope, "Segment"], Budgets]


def compile_budget(node: Budget, context: Context) -> tuple[ResolveBudget, Needs]:
    """The budget of one run of days, whole and in parts.

    With `round_each` the parts are rounded and then added, otherwise the sum is rounded; without
    a rule it stays exact. A part that ends a tier is rounded either way. Parts and budget are kept
    as facts for the explanation.
    """
    needs = NOTHING
    parts: list[tuple[str, Evaluate, Fraction]] = []
    for part in node.parts:
        evaluate, need = compile_amount(part.amount)
        needs |= need
        unit = part.unit or context.unit
        factor = conversion(unit, context.unit, context.policy.gallons_per_hcf)
        parts.append((part.key, evaluate, factor))
    each, whole = (node.round, None) if node.round_each else (None, node.round)

    def resolve(scope: Scope, segment: "Segment") -> Budgets:
        scale = width_part(context.policy, segment)[0] if node.prorate else Fraction(1)
        total, found = Fraction(0), Budgets()
        for key, evaluate, factor in parts:
            value = rounded(evaluate(scope) * factor * scale, each)
            scope.used[f"budget_{key}"] = _plain(value)
            found[key] = max(rounded(value, node.round), Fraction(0))
            total += value
        total = max(rounded(total, whole), Fraction(0))
        scope.used["budget"] = _plain(total)
        found[None] = total
        return found

    return resolve, needs


def _plain(value: Fraction) -> str:
    """To two decimals, for people."""
    hundredths = round(value * 100)
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)
