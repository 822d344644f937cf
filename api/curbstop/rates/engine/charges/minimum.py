"""A minimum charge with an allowance, and a price for what exceeds it."""

from typing import TYPE_CHECKING

from curbstop.rates.engine.amounts import compile_amount, compile_optional
from curbstop.rates.engine.arithmetic import micro, round_micro
from curbstop.rates.engine.charges.common import (
    Charge,
    CompiledComponent,
    Context,
    LineMaker,
    component,
    fixed_line,
    fixed_part,
    width_part,
)
from curbstop.rates.engine.charges.tiered import OPEN, blocks_of, graduated
from curbstop.rates.engine.definition.components import Minimum
from curbstop.rates.engine.lines import RatedLine, facts_text
from curbstop.rates.engine.scope import Scope

if TYPE_CHECKING:
    from curbstop.rates.engine.segments import Segment


def compile_minimum(node: Minimum, context: Context) -> CompiledComponent:
    """The minimum as a fixed line; use above the allowance as a line of tier 2."""
    price, needs = compile_amount(node.price)
    allowance, needs_allowance = compile_amount(node.allowance)
    excess, needs_excess = compile_amount(node.excess)
    scale, needs_scale = compile_optional(node.scale)
    make = LineMaker(node, "minimum", context.version_id)
    policy, ratio = context.policy, context.cents_ratio

    def resolve(scope: Scope, segment: "Segment") -> Charge:
        width, part = width_part(policy, segment)
        included = allowance(scope) * scale(scope) * width
        upper = (
            micro(included)
            if part == (1, 1)
            else round_micro(included, policy.split.places, policy.split.mode)
        )
        dollars = micro(excess(scope))
        part_of_price = fixed_part(policy, segment, node.proration)
        minimum = fixed_line(make, price(scope), None, part_of_price, scope, segment)
        facts = facts_text(scope.used)
        blocks = blocks_of(node, context, segment, [upper, OPEN], [0, dollars], facts)
        over = graduated(blocks[1:], ratio, None)

        def charge(use: int, lines: list[RatedLine], first: int) -> None:
            lines.append(minimum)
            over(use, lines, first)

        return charge

    all_needs = needs | needs_allowance | needs_excess | needs_scale
    return component(node, all_needs, resolve, uses_water=True)
