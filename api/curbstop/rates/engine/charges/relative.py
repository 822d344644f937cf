"""Charges on other lines: percentages, discounts, minimum and maximum of a sum.

They see the cents of the lines above them within the same version, as billed.
"""

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from curbstop.rates.engine.amounts import compile_amount
from curbstop.rates.engine.arithmetic import MICRO, decimal_of, micro, ratio_cents
from curbstop.rates.engine.charges.common import (
    CENTS,
    Charge,
    CompiledComponent,
    Context,
    LineMaker,
    base_cents,
    component,
    fixed_part,
    in_lines,
    span_days,
)
from curbstop.rates.engine.definition.components import Bounds, Discount, Percentage
from curbstop.rates.engine.lines import RatedLine
from curbstop.rates.engine.scope import NOTHING, Evaluate, Needs, Scope

if TYPE_CHECKING:
    from curbstop.rates.engine.segments import Segment

DOLLARS = "USD"


def compile_percentage(node: Percentage, context: Context) -> CompiledComponent:
    """A percentage of the base; of the base's share by days when it holds on some days only."""
    percent, needs = compile_amount(node.percent)
    make, keys = LineMaker(node, "percentage", context.version_id), in_lines(node.of)

    def resolve(scope: Scope, segment: "Segment") -> Charge:
        rate = micro(percent(scope))
        return _share_of_lines(make, keys, rate, scope, segment, floor=False)

    return component(node, needs, resolve)


def compile_discount(node: Discount, context: Context) -> CompiledComponent:
    """A negative line that never takes the base below zero."""
    make, keys = LineMaker(node, "discount", context.version_id), in_lines(node.of)
    if node.percent is not None:
        percent, needs = compile_amount(node.percent)

        def resolve(scope: Scope, segment: "Segment") -> Charge:
            rate = -micro(percent(scope))
            return _share_of_lines(make, keys, rate, scope, segment, floor=True)

        return component(node, needs, resolve)
    return _amount_off(node, context, make)


def _share_of_lines(
    make: LineMaker,
    keys: frozenset[str] | None,
    rate: int,
    scope: Scope,
    segment: "Segment",
    *,
    floor: bool,
) -> Charge:
    days = (segment.start, segment.end)
    top, bottom = span_days(segment)
    facts = dict(scope.used)

    def charge(_use: int, lines: list[RatedLine], first: int) -> None:
        base = base_cents(lines, first, keys)
        if floor:
            base = max(base, 0)
        cents = ratio_cents(base * rate * top, CENTS * MICRO * bottom)
        if floor:
            cents = max(cents, -base)
        if base:
            line = make.line(
                days,
                cents,
                quantity=Decimal(base).scaleb(-2),
                unit=DOLLARS,
                price=decimal_of(rate),
                part=(top, bottom),
                facts=facts,
            )
            lines.append(line)

    return charge


def _amount_off(node: Discount, context: Context, make: LineMaker) -> CompiledComponent:
    amount, needs = compile_amount(node.amount or Decimal(0))
    keys = in_lines(node.of)

    def resolve(scope: Scope, segment: "Segment") -> Charge:
        dollars, part = micro(amount(scope)), fixed_part(context.policy, segment, node.proration)
        full, days = part_cents(dollars, part), (segment.start, segment.end)
        facts = dict(scope.used)
        if part[0] > 1:
            facts["months"] = str(part[0])

        def charge(_use: int, lines: list[RatedLine], first: int) -> None:
            cents = -min(full, max(base_cents(lines, first, keys), 0))
            if cents:
                price = decimal_of(-dollars)
                lines.append(make.line(days, cents, price=price, part=part[1:], facts=facts))

        return charge

    return component(node, needs, resolve)


def part_cents(dollars: int, part: tuple[int, int, int]) -> int:
    """Micro-dollars × months × days part, in cents."""
    months, top, bottom = part
    return ratio_cents(dollars * months * top * CENTS, MICRO * bottom)


def compile_bounds(node: Bounds, context: Context) -> CompiledComponent:
    """One line that lifts the sum to the minimum or cuts it to the maximum.

    Over all days of the version, with the facts of its last day; the bounds shrink with the days
    as a fixed charge does.
    """
    needs: Needs = NOTHING
    limits: dict[str, Evaluate] = {}
    for name in ("at_least", "at_most"):
        amount = getattr(node, name)
        if amount is not None:
            limits[name], need = compile_amount(amount)
            needs |= need
    make, keys = LineMaker(node, "bounds", context.version_id), in_lines(node.of)

    def resolve(scope: Scope, segment: "Segment") -> Charge:
        dollars = {name: limit(scope) for name, limit in limits.items()}
        part = fixed_part(context.policy, segment, node.proration)
        return _hold(make, keys, dollars, part, dict(scope.used), segment)

    return component(node, needs, resolve, as_of_end=True)


def _hold(
    make: LineMaker,
    keys: frozenset[str] | None,
    dollars: dict[str, Fraction],
    part: tuple[int, int, int],
    facts: dict[str, str],
    segment: "Segment",
) -> Charge:
    bounds = {
        name: (micro(limit), part_cents(micro(limit), part)) for name, limit in dollars.items()
    }
    days = (segment.start, segment.end)
    if part[0] > 1:
        facts["months"] = str(part[0])

    def charge(_use: int, lines: list[RatedLine], first: int) -> None:
        base = base_cents(lines, first, keys)
        for name, (limit, cents) in bounds.items():
            if (base < cents) if name == "at_least" else (base > cents):
                line = make.line(
                    days,
                    cents - base,
                    quantity=Decimal(base).scaleb(-2),
                    unit=DOLLARS,
                    price=decimal_of(limit),
                    part=part[1:],
                    facts=facts | {"bound": name},
                )
                lines.append(line)
                return

    return charge
