"""Numbers and conditions of a tariff, read straight from its plain data, in exact fractions."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

CUBIC_FEET = {"CF": Fraction(1), "HCF": Fraction(100)}


class Refused(Exception):
    """The oracle's way to say that a bill cannot be priced."""


@dataclass
class Day:
    """What a component sees: facts, what is declared, the month, and the run of days it is in."""

    facts: dict
    declared: set
    month: int
    days: int = 0
    inches: Fraction | None = None
    winter: Fraction | None = None


def nearest(value: Fraction, places: int = 6, mode: str = "half_up") -> Fraction:
    scaled = abs(value) * 10**places
    whole = floor(scaled)
    left = scaled - whole
    if mode == "up":
        whole += left > 0
    elif mode == "half_up":
        whole += left >= Fraction(1, 2)
    return Fraction(whole if value >= 0 else -whole, 10**places)


def by_rule(value: Fraction, rule: dict | None) -> Fraction:
    return nearest(value, rule["places"], rule.get("mode", "half_up")) if rule else value


def cents(dollars: Fraction) -> int:
    return int(nearest(dollars, 2) * 100)


def in_cubic_feet(unit: str, gallons: Fraction) -> Fraction:
    table = CUBIC_FEET | {"GAL": 100 / gallons, "KGAL": 100_000 / gallons}
    return table[unit]


def fact(day: Day, name: str, default=None):
    value = day.facts.get(name)
    if value is None:
        value = default
    if value is None:
        raise Refused(name)
    return value


def as_number(text) -> Fraction:
    try:
        return Fraction(text)
    except ValueError:
        raise Refused(text) from None


def amount(node, day: Day) -> Fraction:
    """The value of an amount on a run of days."""
    if not isinstance(node, dict):
        return Fraction(node)
    if "table" in node:
        if "default" not in node:
            key = fact(day, node["by"])
            if key not in node["table"]:
                raise Refused(key)
            return amount(node["table"][key], day)
        return amount(node["table"].get(day.facts.get(node["by"]), node["default"]), day)
    if "ranges" in node:
        number = as_number(fact(day, node["by"]))
        for step in node["ranges"]:
            if "below" not in step or number < Fraction(step["below"]):
                return amount(step["value"], day)
        raise Refused(node["by"])
    if "attribute" in node:
        return as_number(fact(day, node["attribute"], node.get("default")))
    return _arithmetic(node, day)


def _arithmetic(node: dict, day: Day) -> Fraction:
    if "input" in node:
        values = {"days": day.days, "winter_average": day.winter, "evapotranspiration": day.inches}
        value = values[node["input"]]
        if value is None:
            raise Refused(node["input"])
        return Fraction(value)
    if "declared" in node:
        for code, value in reversed(node["declared"].items()):
            if code in day.declared:
                return amount(value, day)
        return amount(node["otherwise"], day)
    if "seasons" in node:
        return next(amount(s["value"], day) for s in node["seasons"] if day.month in s["months"])
    if "limit" in node:
        return _limited(node, day)
    return _of_many(node, day)


def _of_many(node: dict, day: Day) -> Fraction:
    if "sum" in node:
        return sum((amount(part, day) for part in node["sum"]), Fraction(0))
    if "divide" in node:
        top, bottom = (amount(part, day) for part in node["divide"])
        if bottom == 0:
            raise Refused("zero")
        return top / bottom
    result = Fraction(1)
    for part in node["product"]:
        result *= amount(part, day)
    return result


def _limited(node: dict, day: Day) -> Fraction:
    value = amount(node["limit"], day)
    if "at_least" in node:
        value = max(value, amount(node["at_least"], day))
    if "at_most" in node:
        value = min(value, amount(node["at_most"], day))
    return by_rule(value, node.get("round"))


def holds(node, day: Day) -> bool:
    """Whether a condition holds."""
    if isinstance(node, list):
        return all(holds(part, day) for part in node)
    if "attribute" in node:
        return _fact_holds(node, day)
    if "declared" in node:
        return node["declared"] in day.declared
    if "months" in node:
        return day.month in node["months"]
    if "not" in node:
        return not holds(node["not"], day)
    if "all" in node:
        return all(holds(part, day) for part in node["all"])
    return any(holds(part, day) for part in node["any"])


def _fact_holds(node: dict, day: Day) -> bool:
    name = node["attribute"]
    if "present" in node:
        return (day.facts.get(name) is not None) is node["present"]
    value = fact(day, name, node.get("default"))
    if "is" in node:
        return value == node["is"]
    if "in" in node:
        return value in node["in"]
    number = as_number(value)
    low, high = node.get("at_least"), node.get("below")
    return (low is None or number >= Fraction(low)) and (high is None or number < Fraction(high))


def mentioned(node, kind: str) -> list:
    """Everything in a component that its numbers depend on: attributes, declared codes, seasons."""
    found: list = []
    if isinstance(node, list | tuple):
        for part in node:
            found += mentioned(part, kind)
    if isinstance(node, dict):
        if kind == "attributes":
            found += [node[key] for key in ("by", "attribute") if key in node]
        if kind == "declared" and "declared" in node:
            codes = node["declared"]
            found += [codes] if isinstance(codes, str) else list(codes)
        if kind == "months" and "months" in node:
            found.append(frozenset(node["months"]))
        for value in node.values():
            found += mentioned(value, kind)
    return found


def on(ranges, day: date) -> bool:
    return any(start <= day and (end is None or day < end) for start, end in ranges)
