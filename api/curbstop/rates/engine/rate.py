"""Price one bill. Pure: the same catalog and input give the same lines, to the cent."""

from fractions import Fraction

from curbstop.rates.engine.catalog import Catalog
from curbstop.rates.engine.charges.common import Charge, CompiledComponent
from curbstop.rates.engine.inputs import RatingInput
from curbstop.rates.engine.lines import RatedLine
from curbstop.rates.engine.plan import Item, Plan
from curbstop.rates.engine.scope import Scope
from curbstop.rates.engine.segments import Segment, cut
from curbstop.rates.engine.usage import billed_use, use_between


def rate(catalog: Catalog, bill: RatingInput) -> list[RatedLine]:
    """The lines of a bill in the order of the schedule; their cents are the total.

    An agreement of no days has no lines. Raises RatingError with a reason that names the fact
    that is missing or has no price.
    """
    if bill.period.days == 0:
        return []
    plan = catalog.plan(bill)
    version = catalog.tariff(bill.rate_code).versions[0]
    use = billed_use(bill.quantity, bill.unit, version.tariff.unit, plan.governing)
    lines: list[RatedLine] = []
    for items in plan.spans:
        first = len(lines)
        for item in items:
            for segment in _segments(catalog, bill, item):
                charge = _charge(bill, item.component, segment)
                part = use
                if not segment.whole and item.component.uses_water:
                    part = _part_of_use(use, bill, segment, plan)
                charge(part, lines, first)
    return lines


def total_cents(lines: list[RatedLine]) -> int:
    """What the lines come to."""
    return sum(line.amount_cents for line in lines)


def _segments(catalog: Catalog, bill: RatingInput, item: Item) -> list[Segment]:
    """The plan's segments, or the account's own when its facts change within the period."""
    if not bill.dated or bill.dated.keys().isdisjoint(item.component.attributes):
        return item.segments
    declarations = catalog.declarations if bill.declarations is None else bill.declarations
    return cut(item.component, item.frame, declarations, bill.dated)


def _charge(bill: RatingInput, component: CompiledComponent, segment: Segment) -> Charge:
    """The charge for this account's facts, from the segment's memory or resolved now."""
    get = bill.attributes.get
    key: tuple[object, ...] = tuple([get(name) for name in component.attributes])
    if component.inputs or component.event:
        event_on = bill.events.get(component.event) if component.event else None
        key = (*key, bill.winter_average, bill.evapotranspiration, event_on)
    charge = segment.charges.get(key)
    if charge is None:
        charge = component.resolve(_scope(bill, component, segment), segment)
        segment.remember(key, charge)
    return charge


def _scope(bill: RatingInput, component: CompiledComponent, segment: Segment) -> Scope:
    attributes: dict[str, str | None] = {
        name: bill.attributes.get(name) for name in component.attributes
    }
    attributes.update(segment.dated)
    inches = bill.evapotranspiration
    share = Fraction(segment.days, bill.period.days)
    return Scope(
        component=component.key,
        attributes=attributes,
        declared=segment.declared,
        month=segment.month,
        days=segment.days,
        winter_average=bill.winter_average,
        evapotranspiration=None if inches is None else Fraction(inches) * share,
        event_on=bill.events.get(component.event) if component.event else None,
    )


def _part_of_use(use: int, bill: RatingInput, segment: Segment, plan: Plan) -> int:
    rule = plan.governing.split
    return use_between(use, bill.period, segment.start, segment.end, rule, bill.measured)
