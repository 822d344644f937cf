"""Fixed charges, and charges made once."""

from typing import TYPE_CHECKING

from curbstop.rates.engine.amounts import compile_amount, compile_optional
from curbstop.rates.engine.charges.common import (
    Charge,
    CompiledComponent,
    Context,
    LineMaker,
    component,
    fixed_line,
    fixed_part,
    no_charge,
)
from curbstop.rates.engine.definition.components import Fixed, OneTime
from curbstop.rates.engine.lines import RatedLine
from curbstop.rates.engine.scope import Scope

if TYPE_CHECKING:
    from curbstop.rates.engine.segments import Segment


def _always(line: RatedLine) -> Charge:
    def charge(_use: int, lines: list[RatedLine], _first: int) -> None:
        lines.append(line)

    return charge


def compile_fixed(node: Fixed, context: Context) -> CompiledComponent:
    """`price × units × months × days part`, one line for each run of days."""
    price, needs = compile_amount(node.price)
    units, needs_units = compile_optional(node.units)
    counted = node.units is not None
    make = LineMaker(node, "fixed", context.version_id)

    def resolve(scope: Scope, segment: "Segment") -> Charge:
        part = fixed_part(context.policy, segment, node.proration)
        count = units(scope) if counted else None
        return _always(fixed_line(make, price(scope), count, part, scope, segment))

    return component(node, needs | needs_units, resolve)


def compile_one_time(node: OneTime, context: Context) -> CompiledComponent:
    """The whole price in the bill whose days contain the date or the event; never prorated."""
    price, needs = compile_amount(node.price)
    units, needs_units = compile_optional(node.units)
    counted = node.units is not None
    make = LineMaker(node, "one_time", context.version_id)

    def resolve(scope: Scope, segment: "Segment") -> Charge:
        day = node.on or scope.event_on
        if day is None or not segment.start <= day < segment.end:
            return no_charge
        count = units(scope) if counted else None
        return _always(fixed_line(make, price(scope), count, (1, 1, 1), scope, segment))

    return component(node, needs | needs_units, resolve, event=node.event)
