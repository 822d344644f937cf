"""Amounts of a definition compiled into functions of a scope; exact fractions throughout.

They run once for each combination of facts, not once for each bill (see `segments`).
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from math import prod

from curbstop.rates.engine.arithmetic import round_micro
from curbstop.rates.engine.definition import amounts as d
from curbstop.rates.engine.definition.amounts import Amount, RoundingRule
from curbstop.rates.engine.scope import NOTHING, Evaluate, Needs, Scope, spoken

Compiled = tuple[Evaluate, Needs]
MILLION = 1_000_000


def compile_amount(node: Amount) -> Compiled:
    """The function that evaluates the amount, and what it depends on."""
    match node:
        case d.Lookup():
            return _lookup(node)
        case d.Ranges():
            return _ranges(node)
        case d.FactNumber():
            return _fact(node)
        case d.InputNumber():
            name = node.input
            return (lambda scope: scope.input(name)), Needs(inputs=frozenset({name}))
        case d.Declared():
            return _declared(node)
        case d.Seasons():
            return _seasons(node)
        case d.Product():
            return _of_many(node.product, prod)
        case d.Sum():
            return _of_many(node.sum, sum)
        case d.Quotient():
            return _quotient(node)
        case d.Limited():
            return _limited(node)
        case _:
            constant = Fraction(node)
            return (lambda _scope: constant), NOTHING


def compile_optional(node: Amount | None, default: int = 1) -> Compiled:
    """As `compile_amount`; an amount that is not given is the constant `default`."""
    if node is None:
        constant = Fraction(default)
        return (lambda _scope: constant), NOTHING
    return compile_amount(node)


def rounded(value: Fraction, rule: RoundingRule | None) -> Fraction:
    """The value by the rule, or unchanged without one."""
    if rule is None:
        return value
    return Fraction(round_micro(value, rule.places, rule.mode), MILLION)


def _lookup(node: d.Lookup) -> Compiled:
    name = node.by
    compiled = {key: compile_amount(value) for key, value in node.table.items()}
    table = {key: evaluate for key, (evaluate, _) in compiled.items()}
    needs = Needs(attributes=frozenset({name}))
    for _, need in compiled.values():
        needs |= need
    default: Evaluate | None = None
    if node.default is not None:
        default, need = compile_amount(node.default)
        needs |= need

    def evaluate(scope: Scope) -> Fraction:
        key = scope.text(name) if default is not None else scope.required(name)
        chosen = table.get(key, default) if key is not None else default
        if chosen is None:
            raise scope.refuse(f"{spoken(name)} {key} has no value")
        return chosen(scope)

    return evaluate, needs


def _ranges(node: d.Ranges) -> Compiled:
    name, needs = node.by, Needs(attributes=frozenset({node.by}))
    steps: list[tuple[Fraction | None, Evaluate]] = []
    for step in node.ranges:
        chosen, need = compile_amount(step.value)
        needs |= need
        steps.append((None if step.below is None else Fraction(step.below), chosen))

    def evaluate(scope: Scope) -> Fraction:
        number = scope.number(name, scope.required(name))
        for below, chosen in steps:
            if below is None or number < below:
                return chosen(scope)
        raise scope.refuse(f"{spoken(name)} {scope.attributes[name]} is above every range")

    return evaluate, needs


def _fact(node: d.FactNumber) -> Compiled:
    name = node.attribute
    default = None if node.default is None else Fraction(node.default)

    def evaluate(scope: Scope) -> Fraction:
        if default is None:
            return scope.number(name, scope.required(name))
        text = scope.text(name)
        return default if text is None else scope.number(name, text)

    return evaluate, Needs(attributes=frozenset({name}))


def _declared(node: d.Declared) -> Compiled:
    otherwise, needs = compile_amount(node.otherwise)
    needs |= Needs(declarations=frozenset(node.declared))
    table: dict[str, Evaluate] = {}
    for code, value in node.declared.items():
        table[code], need = compile_amount(value)
        needs |= need

    def evaluate(scope: Scope) -> Fraction:
        code = next((code for code in reversed(table) if code in scope.declared), None)
        if code is None:
            return otherwise(scope)
        scope.used["declared"] = code
        return table[code](scope)

    return evaluate, needs


def _seasons(node: d.Seasons) -> Compiled:
    needs = Needs(seasons=frozenset(season.months for season in node.seasons))
    by_month: dict[int, Evaluate] = {}
    for season in node.seasons:
        chosen, need = compile_amount(season.value)
        needs |= need
        by_month.update(dict.fromkeys(season.months, chosen))
    return (lambda scope: by_month[scope.month](scope)), needs


def _of_many(
    nodes: Sequence[Amount], combine: Callable[[Iterable[Fraction]], Fraction | int]
) -> Compiled:
    parts: list[Evaluate] = []
    needs = NOTHING
    for node in nodes:
        evaluate, need = compile_amount(node)
        parts.append(evaluate)
        needs |= need
    return (lambda scope: Fraction(combine(part(scope) for part in parts))), needs


def _quotient(node: d.Quotient) -> Compiled:
    (top, needs_top), (bottom, needs_bottom) = map(compile_amount, node.divide)

    def evaluate(scope: Scope) -> Fraction:
        divisor = bottom(scope)
        if divisor == 0:
            raise scope.refuse("a quotient divides by zero")
        return top(scope) / divisor

    return evaluate, needs_top | needs_bottom


def _limited(node: d.Limited) -> Compiled:
    value, needs = compile_amount(node.limit)
    low, need_low = (None, NOTHING) if node.at_least is None else compile_amount(node.at_least)
    high, need_high = (None, NOTHING) if node.at_most is None else compile_amount(node.at_most)

    def evaluate(scope: Scope) -> Fraction:
        return limited(value(scope), low, high, node.round, scope)

    return evaluate, needs | need_low | need_high


def limited(
    value: Fraction,
    low: Evaluate | None,
    high: Evaluate | None,
    rule: RoundingRule | None,
    scope: Scope,
) -> Fraction:
    """The value held between bounds (the upper one wins), then rounded."""
    if low is not None:
        value = max(value, low(scope))
    if high is not None:
        value = min(value, high(scope))
    return rounded(value, rule)
