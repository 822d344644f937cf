"""Tiers: blocks of use, each at its price."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from curbstop.rates.engine.amounts import compile_amount
from curbstop.rates.engine.arithmetic import decimal_of, micro, ratio_cents
from curbstop.rates.engine.charges.basis import Quantity, compile_basis
from curbstop.rates.engine.charges.common import (
    Charge,
    CompiledComponent,
    Context,
    component,
    width_part,
)
from curbstop.rates.engine.charges.edges import compile_edges
from curbstop.rates.engine.definition.amounts import Amount
from curbstop.rates.engine.definition.components import Minimum, Tiered
from curbstop.rates.engine.lines import RatedLine, facts_text
from curbstop.rates.engine.scope import NOTHING, Evaluate, Needs, Scope

if TYPE_CHECKING:
    from curbstop.rates.engine.segments import Segment

OPEN = 1 << 80  # above any use in micro-units
Head = tuple[str, str, str, str, str | None, date, date, int]
Tail = tuple[str, Decimal, int, int, Decimal, Decimal | None, str]


class Block(NamedTuple):
    """Use in `(lower, upper]` micro-units at micro-dollars, and its line around the quantity."""

    lower: int
    upper: int
    dollars: int
    head: Head
    tail: Tail


def compile_tiered(node: Tiered, context: Context) -> CompiledComponent:
    """`graduated`: each block at its price. `whole`: all use at the price of the block it ends in.

    A block without use makes no line.
    """
    prices, needs = _compile_all([tier.price for tier in node.tiers])
    edges, needs_edges = compile_edges(node, context)
    basis, needs_basis = compile_basis(node.basis, context.policy)
    ratio = context.cents_ratio

    def resolve(scope: Scope, segment: "Segment") -> Charge:
        uppers = [*edges(scope, segment), OPEN]
        dollars = [micro(price(scope)) for price in prices]
        quantity_of = basis(scope, segment)
        _, part = width_part(context.policy, segment)
        facts = dict(scope.used)
        if part != (1, 1):
            facts["days"] = f"{part[0]}/{part[1]}"
        blocks = blocks_of(node, context, segment, uppers, dollars, facts_text(facts))
        charging = graduated if node.method == "graduated" else whole
        return charging(blocks, ratio, quantity_of)

    needs |= needs_edges | needs_basis
    return component(node, needs, resolve, uses_water=node.basis.of == "usage")


def _compile_all(amounts: Sequence[Amount]) -> tuple[list[Evaluate], Needs]:
    compiled = [compile_amount(amount) for amount in amounts]
    needs = NOTHING
    for _, need in compiled:
        needs |= need
    return [evaluate for evaluate, _ in compiled], needs


def blocks_of(
    node: Tiered | Minimum,
    context: Context,
    segment: "Segment",
    uppers: Sequence[int],
    dollars: Sequence[int],
    facts: str,
) -> list[Block]:
    """The blocks of one run of days, from their upper ends and prices in order."""
    blocks: list[Block] = []
    lower = 0
    for number, (upper, price) in enumerate(zip(uppers, dollars, strict=True), 1):
        head: Head = (
            context.version_id,
            node.key,
            node.model,
            node.group,
            node.gl,
            segment.start,
            segment.end,
            number,
        )
        top = None if upper == OPEN else decimal_of(upper)
        tail: Tail = (context.unit.value, decimal_of(price), 1, 1, decimal_of(lower), top, facts)
        blocks.append(Block(lower, upper, price, head, tail))
        lower = upper
    return blocks


def graduated(
    blocks: Sequence[Block], ratio: tuple[int, int], quantity_of: Quantity | None
) -> Charge:
    """Each block's use at its own price."""
    top, bottom = ratio

    def charge(use: int, lines: list[RatedLine], _first: int) -> None:
        quantity = use if quantity_of is None else quantity_of(use)
        for lower, upper, dollars, head, tail in blocks:
            if quantity <= lower:
                break
            part = (quantity if quantity < upper else upper) - lower
            if part:
                cents = ratio_cents(part * dollars * top, bottom)
                lines.append(RatedLine(*head, decimal_of(part), *tail, cents))

    return charge


def whole(blocks: Sequence[Block], ratio: tuple[int, int], quantity_of: Quantity | None) -> Charge:
    """All use at the price of the block that it ends in."""
    top, bottom = ratio

    def charge(use: int, lines: list[RatedLine], _first: int) -> None:
        quantity = use if quantity_of is None else quantity_of(use)
        if quantity:
            block = next(block for block in blocks if quantity <= block.upper)
            cents = ratio_cents(quantity * block.dollars * top, bottom)
            lines.append(RatedLine(*block.head, decimal_of(quantity), *block.tail, cents))

    return charge
