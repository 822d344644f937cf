"""What all price models share: the compiled component, its context, and how lines are made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from curbstop.kernel.units import Unit, conversion
from curbstop.rates.engine.arithmetic import MICRO, decimal_of, micro, ratio_cents
from curbstop.rates.engine.conditions import Compiled as CompiledCondition
from curbstop.rates.engine.conditions import compile_condition
from curbstop.rates.engine.definition.components import ComponentBase, Lines, Proration
from curbstop.rates.engine.definition.policy import Policy
from curbstop.rates.engine.lines import RatedLine, facts_text
from curbstop.rates.engine.scope import Needs, Scope

if TYPE_CHECKING:
    from curbstop.rates.engine.segments import Segment

# Adds the lines of one segment: its use in micro-units, the lines so far, and where the lines of
# this version begin among them (percentages look back no further).
Charge = Callable[[int, list[RatedLine], int], None]
Key = tuple[object, ...]
Resolve = Callable[[Scope, "Segment"], Charge]
CENTS = 100


@dataclass(frozen=True, slots=True)
class Context:
    """What a component is compiled within."""

    version_id: str
    unit: Unit
    price_unit: Unit
    policy: Policy

    @property
    def cents_ratio(self) -> tuple[int, int]:
        """Micro-units × micro-dollars × this ratio = cents."""
        units = conversion(self.unit, self.price_unit, self.policy.gallons_per_hcf)
        return CENTS * units.numerator, MICRO * MICRO * units.denominator


@dataclass(frozen=True, slots=True)
class CompiledComponent:
    """A component ready to price. `as_of_end`: one line for all days, as things stand at the end.

    `attributes`, `events` and `inputs` name what, with the days, fully decides `resolve`.
    """

    key: str
    needs: Needs
    resolve: Resolve
    attributes: tuple[str, ...]
    inputs: tuple[str, ...]
    event: str | None = None
    uses_water: bool = False
    as_of_end: bool = False


def no_charge(_use: int, _lines: list[RatedLine], _first: int) -> None:
    """The component does not apply on these days."""


def component(
    node: ComponentBase,
    needs: Needs,
    resolve: Resolve,
    *,
    event: str | None = None,
    uses_water: bool = False,
    as_of_end: bool = False,
) -> CompiledComponent:
    """Join a model's resolution with the component's condition."""
    condition = compile_condition(node.when)
    if condition is not None:
        needs |= condition[1]
        resolve = _guarded(condition, resolve)
    return CompiledComponent(
        key=node.key,
        needs=needs,
        resolve=resolve,
        attributes=tuple(sorted(needs.attributes)),
        inputs=tuple(sorted(needs.inputs - {"days"})),
        event=event,
        uses_water=uses_water,
        as_of_end=as_of_end,
    )


def _guarded(condition: CompiledCondition, resolve: Resolve) -> Resolve:
    holds, _ = condition

    def guarded(scope: Scope, segment: "Segment") -> Charge:
        return resolve(scope, segment) if holds(scope) else no_charge

    return guarded


def fixed_part(policy: Policy, segment: "Segment", own: Proration | None) -> tuple[int, int, int]:
    """Months that the price is multiplied by, and the part of it that the days take."""
    months = policy.cycle_months if policy.fixed_per == "month" else 1
    return (months, *segment.part(own or policy.proration))


def width_part(policy: Policy, segment: "Segment") -> tuple[Fraction, tuple[int, int]]:
    """What a tier width or allowance is multiplied by, and its days part alone."""
    months = policy.cycle_months if policy.widths_per == "month" else 1
    part = segment.part(policy.width_proration)
    return Fraction(months * part[0], part[1]), part


def in_lines(of: Lines) -> frozenset[str] | None:
    """The component keys that a percentage looks at; None for all."""
    return None if of == "all" else frozenset(of)


def base_cents(lines: list[RatedLine], first: int, keys: frozenset[str] | None) -> int:
    """The sum of the version's lines so far that belong to `keys`."""
    return sum(
        line.amount_cents for line in lines[first:] if keys is None or line.component in keys
    )


def span_days(segment: "Segment") -> tuple[int, int]:
    """The segment's days in those of its version's span; 1/1 when it is all of it."""
    whole = segment.frame.span.days
    return (1, 1) if segment.days == whole else (segment.days, whole)


@dataclass(frozen=True, slots=True)
class LineMaker:
    """Makes the lines of one component of one version."""

    node: ComponentBase
    model: str
    version_id: str

    def line(
        self,
        days: tuple[date, date],
        cents: int,
        *,
        tier: int = 0,
        quantity: Decimal | None = None,
        unit: str | None = None,
        price: Decimal | None = None,
        part: tuple[int, int] = (1, 1),
        bounds: tuple[Decimal | None, Decimal | None] = (None, None),
        facts: dict[str, str] | None = None,
    ) -> RatedLine:
        """A line with everything that explains it."""
        return RatedLine(
            self.version_id,
            self.node.key,
            self.model,
            self.node.group,
            self.node.gl,
            days[0],
            days[1],
            tier,
            quantity,
            unit,
            price,
            part[0],
            part[1],
            bounds[0],
            bounds[1],
            facts_text(facts or {}),
            cents,
        )


def fixed_line(
    make: LineMaker,
    price: Fraction,
    units: Fraction | None,
    part: tuple[int, int, int],
    scope: Scope,
    segment: "Segment",
) -> RatedLine:
    """Price × units × months × days part, as one line."""
    months, numerator, denominator = part
    dollars = micro(price)
    count = MICRO if units is None else micro(units)
    cents = ratio_cents(dollars * count * months * numerator * CENTS, MICRO * MICRO * denominator)
    facts = dict(scope.used)
    if months > 1:
        facts["months"] = str(months)
    return make.line(
        (segment.start, segment.end),
        cents,
        quantity=None if units is None else decimal_of(count),
        unit=None if units is None else "units",
        price=decimal_of(dollars),
        part=(numerator, denominator),
        facts=facts,
    )
