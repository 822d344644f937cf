"""Where tiers end: by width, by last unit, by first unit (OWRS), or as a share of a budget."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING

from curbstop.kernel.units import conversion
from curbstop.rates.engine.amounts import compile_amount, compile_optional, rounded
from curbstop.rates.engine.arithmetic import micro, round_micro
from curbstop.rates.engine.charges.budget import compile_budget
from curbstop.rates.engine.charges.common import Context, width_part
from curbstop.rates.engine.definition.components import Tiered, edge_ways
from curbstop.rates.engine.definition.policy import Policy
from curbstop.rates.engine.scope import NOTHING, Evaluate, Needs, Scope

if TYPE_CHECKING:
    from curbstop.rates.engine.segments import Segment

ResolveEdges = Callable[[Scope, "Segment"], list[int]]


def compile_edges(node: Tiered, context: Context) -> tuple[ResolveEdges, Needs]:
    """The upper ends, in micro-units, of all tiers but the open one."""
    ways = {way for tier in node.tiers for way in edge_ways(tier)}
    way = ways.pop() if ways else "width"
    numbers: list[Evaluate] = []
    scale, needs = compile_optional(node.scale)
    for tier in node.tiers:
        amount = getattr(tier, way)
        if amount is not None:
            evaluate, need = compile_amount(amount)
            numbers.append(evaluate)
            needs |= need
    budget, needs_budget = (
        compile_budget(node.budget, context) if node.budget is not None else (None, NOTHING)
    )
    unit = node.edge_unit or context.unit
    factor = conversion(unit, context.unit, context.policy.gallons_per_hcf)

    def resolve(scope: Scope, segment: "Segment") -> list[int]:
        written = [number(scope) for number in numbers]
        times = scale(scope)
        if budget is not None:
            bases = budget(scope, segment)
            pairs = zip(written, node.tiers, strict=False)  # the open tier has no end
            ends = [percent * bases[tier.of] / 100 * times for percent, tier in pairs]
            part = (1, 1)
        else:
            multiple, part = width_part(context.policy, segment)
            months = multiple * part[1] / part[0]
            ends = [end * factor * times * months for end in ends_of(way, written)]
        uppers = [_end(rounded(end, node.round_edges), part, context.policy) for end in ends]
        if uppers != sorted(uppers) or (uppers and uppers[0] < 0):
            raise scope.refuse("the tiers do not ascend")
        return uppers

    return resolve, needs | needs_budget


def ends_of(way: str, written: Sequence[Fraction]) -> list[Fraction]:
    """Upper ends as last units, from what the schedule writes."""
    if way == "width":
        return list(accumulate(written))
    if way == "first_unit":
        return [first - 1 for first in written[1:]]
    return list(written)


def _end(end: Fraction, part: tuple[int, int], policy: Policy) -> int:
    """Only an end that the days have shrunk needs the rounding of splits."""
    if part == (1, 1):
        return micro(end)
    return round_micro(end * part[0] / part[1], policy.split.places, policy.split.mode)
