"""Conditions of a definition compiled into predicates of a scope."""

from collections.abc import Sequence
from fractions import Fraction

from curbstop.rates.engine.definition import conditions as d
from curbstop.rates.engine.definition.conditions import Condition
from curbstop.rates.engine.scope import NOTHING, Holds, Needs, Scope

Compiled = tuple[Holds, Needs]


def compile_condition(node: Condition | None) -> Compiled | None:
    """The predicate and what it depends on, or None when the component always applies."""
    return None if node is None else _compile(node)


def _compile(node: Condition) -> Compiled:
    match node:
        case d.FactTest():
            return _fact(node)
        case d.DeclaredTest():
            code = node.declared
            return (lambda scope: code in scope.declared), Needs(declarations=frozenset({code}))
        case d.SeasonTest():
            months = node.months
            return (lambda scope: scope.month in months), Needs(seasons=frozenset({months}))
        case d.AllOf():
            tests, needs = _compile_all(node.all)
            return (lambda scope: all(test(scope) for test in tests)), needs
        case d.AnyOf():
            tests, needs = _compile_all(node.any)
            return (lambda scope: any(test(scope) for test in tests)), needs
        case d.Not():
            test, needs = _compile(node.not_)
            return (lambda scope: not test(scope)), needs


def _compile_all(nodes: Sequence[Condition]) -> tuple[list[Holds], Needs]:
    tests: list[Holds] = []
    needs = NOTHING
    for node in nodes:
        test, need = _compile(node)
        tests.append(test)
        needs |= need
    return tests, needs


def _fact(node: d.FactTest) -> Compiled:
    name, default, needs = (
        node.attribute,
        node.default,
        Needs(attributes=frozenset({node.attribute})),
    )
    if node.present is not None:
        present = node.present
        return (lambda scope: (scope.attributes.get(name) is not None) == present), needs

    def text(scope: Scope) -> str:
        found = scope.attributes.get(name)
        if found is not None:
            return found
        return default if default is not None else scope.required(name)

    wanted = frozenset(node.in_ or (() if node.is_ is None else (node.is_,)))
    if wanted:
        return (lambda scope: text(scope) in wanted), needs
    low = None if node.at_least is None else Fraction(node.at_least)
    high = None if node.below is None else Fraction(node.below)

    def within(scope: Scope) -> bool:
        number = scope.number(name, text(scope))
        return (low is None or number >= low) and (high is None or number < high)

    return within, needs
