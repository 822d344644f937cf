"""One price for each unit of the quantity."""

from typing import TYPE_CHECKING

from curbstop.rates.engine.amounts import compile_amount
from curbstop.rates.engine.arithmetic import decimal_of, micro, ratio_cents
from curbstop.rates.engine.charges.basis import compile_basis
from curbstop.rates.engine.charges.common import (
    Charge,
    CompiledComponent,
    Context,
    LineMaker,
    component,
)
from curbstop.rates.engine.definition.components import Uniform
from curbstop.rates.engine.lines import RatedLine
from curbstop.rates.engine.scope import Scope

if TYPE_CHECKING:
    from curbstop.rates.engine.segments import Segment


def compile_uniform(node: Uniform, context: Context) -> CompiledComponent:
    """`quantity × price`; no line when nothing was used."""
    price, needs = compile_amount(node.price)
    basis, needs_basis = compile_basis(node.basis, context.policy)
    make = LineMaker(node, "uniform", context.version_id)
    top, bottom = context.cents_ratio
    unit = context.unit.value

    def resolve(scope: Scope, segment: "Segment") -> Charge:
        dollars, quantity_of = micro(price(scope)), basis(scope, segment)
        template = make.line(
            (segment.start, segment.end),
            0,
            unit=unit,
            price=decimal_of(dollars),
            facts=scope.used,
        )
        head, tail = template[:8], template[9:-1]

        def charge(use: int, lines: list[RatedLine], _first: int) -> None:
            quantity = use if quantity_of is None else quantity_of(use)
            if quantity:
                cents = ratio_cents(quantity * dollars * top, bottom)
                lines.append(RatedLine(*head, decimal_of(quantity), *tail, cents))

        return charge

    return component(node, needs | needs_basis, resolve, uses_water=node.basis.of == "usage")
