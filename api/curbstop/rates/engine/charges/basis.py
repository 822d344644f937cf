"""The quantity that is priced: the use of the days or the winter average, then adjusted."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from curbstop.rates.engine.amounts import compile_amount
from curbstop.rates.engine.arithmetic import MICRO, PLACES, Rounding, round_micro
from curbstop.rates.engine.charges.common import fixed_part, width_part
from curbstop.rates.engine.definition.components import Basis
from curbstop.rates.engine.definition.policy import Policy
from curbstop.rates.engine.lines import plain
from curbstop.rates.engine.scope import NOTHING, Evaluate, Needs, Scope

if TYPE_CHECKING:
    from curbstop.rates.engine.segments import Segment

Quantity = Callable[[int], int]
ResolveQuantity = Callable[[Scope, "Segment"], Quantity | None]


def compile_basis(node: Basis, policy: Policy) -> tuple[ResolveQuantity, Needs]:
    """How the billed micro-units follow from the use of the days; None means they are the use.

    Amounts taken off and bounds are per whole period, so they shrink with the days as tier
    widths do; the winter average shrinks as a fixed charge does.
    """
    if node == Basis():
        return (lambda _scope, _segment: None), NOTHING
    needs = NOTHING if node.of == "usage" else Needs(inputs=frozenset({"winter_average"}))
    parts: dict[str, Evaluate] = {}
    for name in ("percent", "less", "at_least", "at_most"):
        amount = getattr(node, name)
        if amount is not None:
            parts[name], need = compile_amount(amount)
            needs |= need

    def resolve(scope: Scope, segment: "Segment") -> Quantity:
        values = {name: evaluate(scope) for name, evaluate in parts.items()}
        width, part = width_part(policy, segment)
        shrunk = part != (1, 1)
        share = values.get("percent", Fraction(100)) / 100
        less = values.get("less", Fraction(0)) * width
        low = values["at_least"] * width if "at_least" in values else Fraction(0)
        high = values["at_most"] * width if "at_most" in values else None
        winter: Fraction | None = None
        if node.of != "usage":
            months, top, bottom = fixed_part(policy, segment, None)
            per = Fraction(months * top, bottom) if node.of == "winter_average" else segment.days
            winter = scope.input("winter_average") * per
            shrunk = shrunk or top != bottom
            scope.used["winter_average"] = plain(scope.winter_average or Decimal(0))
        places, mode = PLACES, Rounding.HALF_UP
        if node.round is not None:
            places, mode = node.round.places, node.round.mode
        elif shrunk:
            places, mode = policy.split.places, policy.split.mode

        def quantity(use: int) -> int:
            start = Fraction(use, MICRO) if winter is None else winter
            value = max(start * share - less, low)
            if high is not None:
                value = min(value, high)
            return max(round_micro(value, places, mode), 0)

        return quantity

    return resolve, needs
