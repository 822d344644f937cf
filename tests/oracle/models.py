"""The price models of the oracle, one short function each."""

from datetime import timedelta
from fractions import Fraction
from itertools import accumulate

from tests.oracle.numbers import Refused, amount, by_rule, cents, in_cubic_feet, nearest

ONE = timedelta(days=1)


def _line(component, run, quantity, amount_cents, tier=0) -> tuple:
    return (component["key"], run.days[0], run.days[-1] + ONE, tier, quantity, amount_cents)


def _price(node, run) -> Fraction:
    return nearest(amount(node, run.day))


def _fixed(component, run, _lines) -> list[tuple]:
    units = nearest(amount(component["units"], run.day)) if "units" in component else None
    dollars = (
        _price(component["price"], run) * run.fixed(component) * (1 if units is None else units)
    )
    return [_line(component, run, units, cents(dollars))]


def _one_time(component, run, _lines) -> list[tuple]:
    day = component.get("on") or run.case.events.get(component.get("event"))
    if day not in run.days:
        return []
    units = nearest(amount(component["units"], run.day)) if "units" in component else None
    dollars = _price(component["price"], run) * (1 if units is None else units)
    return [_line(component, run, units, cents(dollars))]


def _quantity(component, run) -> Fraction:
    basis = component.get("basis", {})
    of = basis.get("of", "usage")
    if basis == {} or basis == {"of": "usage"}:
        return run.use
    value, shrunk = run.use, run.width_part != 1
    if of != "usage":
        if run.day.winter is None:
            raise Refused("winter")
        part = run.fixed({})
        value = run.day.winter * (part if of == "winter_average" else len(run.days))
        shrunk = shrunk or part != run.months("fixed")
    value = value * amount(basis.get("percent", "100"), run.day) / 100
    value -= amount(basis.get("less", "0"), run.day) * run.width
    value = max(value, amount(basis.get("at_least", "0"), run.day) * run.width)
    if "at_most" in basis:
        value = min(value, amount(basis["at_most"], run.day) * run.width)
    rule = basis.get("round") or (run.split if shrunk else {"places": 6})
    return max(by_rule(value, rule), Fraction(0))


def _per_price_unit(run) -> Fraction:
    gallons = Fraction(run.policy.get("gallons_per_hcf", "748"))
    unit, price_unit = run.tariff["unit"], run.tariff.get("price_unit") or run.tariff["unit"]
    return in_cubic_feet(unit, gallons) / in_cubic_feet(price_unit, gallons)


def _uniform(component, run, _lines) -> list[tuple]:
    quantity = _quantity(component, run)
    dollars = quantity * _price(component["price"], run) * _per_price_unit(run)
    return [_line(component, run, quantity, cents(dollars))] if quantity else []


def _shrink(end: Fraction, run) -> Fraction:
    if run.width_part == 1:
        return nearest(end)
    return by_rule(end * run.width_part, run.split)


def _ends(component, run) -> list[Fraction]:
    tiers, day = component["tiers"], run.day
    way = next((w for w in ("width", "up_to", "first_unit", "percent") if w in tiers[0]), "width")
    written = [amount(tier[way], day) for tier in tiers if way in tier]
    rule = component.get("round_edges")
    if way == "percent":
        scale, ends = amount(component.get("scale", "1"), day), []
        for tier, percent in zip(tiers, written, strict=False):
            base = _budget(component["budget"], run, tier.get("of")) * scale
            ends.append(nearest(by_rule(base * percent / 100, rule)))
        return ends
    if way == "width":
        written = list(accumulate(written))
    if way == "first_unit":
        written = [first - 1 for first in written[1:]]
    gallons = Fraction(run.policy.get("gallons_per_hcf", "748"))
    unit = component.get("edge_unit") or run.tariff["unit"]
    factor = in_cubic_feet(unit, gallons) / in_cubic_feet(run.tariff["unit"], gallons)
    factor *= amount(component.get("scale", "1"), day) * run.months("widths")
    return [_shrink(by_rule(end * factor, rule), run) for end in written]


def _budget(budget: dict, run, only: str | None) -> Fraction:
    """The whole budget, or one part of it. A fact that any part lacks refuses the bill."""
    gallons = Fraction(run.policy.get("gallons_per_hcf", "748"))
    rule, values = budget.get("round"), {}
    for part in budget["parts"]:
        factor = in_cubic_feet(part.get("unit") or run.tariff["unit"], gallons)
        factor /= in_cubic_feet(run.tariff["unit"], gallons)
        value = amount(part["amount"], run.day) * factor
        values[part["key"]] = value * (run.width if budget.get("prorate") else 1)
    if only is not None:
        return max(by_rule(values[only], rule), Fraction(0))
    if budget.get("round_each"):
        return max(sum(by_rule(value, rule) for value in values.values()), Fraction(0))
    return max(by_rule(sum(values.values()), rule), Fraction(0))


def _tiered(component, run, _lines) -> list[tuple]:
    ends = _ends(component, run)
    prices = [_price(tier["price"], run) for tier in component["tiers"]]
    quantity, scale = _quantity(component, run), _per_price_unit(run)
    if ends != sorted(ends) or (ends and ends[0] < 0):
        raise Refused("tiers")
    if component.get("method") == "whole":
        reached = sum(quantity > end for end in ends)
        dollars = quantity * prices[reached] * scale
        return [_line(component, run, quantity, cents(dollars), reached + 1)] if quantity else []
    lines, below = [], Fraction(0)
    for number, price in enumerate(prices, 1):
        end = ends[number - 1] if number <= len(ends) else quantity
        inside = min(quantity, end) - below
        below = max(below, min(quantity, end))
        if inside > 0:
            lines.append(_line(component, run, inside, cents(inside * price * scale), number))
    return lines


def _minimum(component, run, _lines) -> list[tuple]:
    included = amount(component["allowance"], run.day) * run.months("widths")
    included = _shrink(included * amount(component.get("scale", "1"), run.day), run)
    dollars = _price(component["price"], run) * run.fixed(component)
    lines = [_line(component, run, None, cents(dollars))]
    over, excess = run.use - included, _price(component["excess"], run)
    if over > 0:
        dollars = over * excess * _per_price_unit(run)
        lines.append(_line(component, run, over, cents(dollars), 2))
    return lines


def _base(component, lines) -> int:
    of = component["of"]
    return sum(line[5] for line in lines if of == "all" or line[0] in of)


def _share(component, run, base: int, percent: Fraction) -> tuple:
    value = cents(Fraction(base, 100) * percent / 100 * Fraction(len(run.days), len(run.span)))
    return _line(component, run, Fraction(base, 100), value)


def _percentage(component, run, lines) -> list[tuple]:
    base, percent = _base(component, lines), _price(component["percent"], run)
    return [_share(component, run, base, percent)] if base else []


def _discount(component, run, lines) -> list[tuple]:
    base = max(_base(component, lines), 0)
    if "percent" in component:
        line = _share(component, run, base, -_price(component["percent"], run))
        return [(*line[:5], max(line[5], -base))] if base else []
    full = cents(_price(component["amount"], run) * run.fixed(component))
    off = min(full, base)
    return [_line(component, run, None, -off)] if off else []


def _bounds(component, run, lines) -> list[tuple]:
    base = _base(component, lines)
    limits = {
        side: cents(_price(component[side], run) * run.fixed(component))
        for side in ("at_least", "at_most")
        if side in component
    }
    quantity = Fraction(base, 100)
    if "at_least" in limits and base < limits["at_least"]:
        return [_line(component, run, quantity, limits["at_least"] - base)]
    if "at_most" in limits and base > limits["at_most"]:
        return [_line(component, run, quantity, limits["at_most"] - base)]
    return []


MODELS = {
    "fixed": _fixed,
    "one_time": _one_time,
    "uniform": _uniform,
    "tiered": _tiered,
    "minimum": _minimum,
    "percentage": _percentage,
    "discount": _discount,
    "bounds": _bounds,
}
