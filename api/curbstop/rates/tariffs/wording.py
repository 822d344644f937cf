"""Conditions and policy switches in words."""

from curbstop.rates.engine.definition import Condition, Policy
from curbstop.rates.engine.definition import conditions as k
from curbstop.rates.engine.definition.amounts import RoundingRule
from curbstop.rates.engine.lines import plain
from curbstop.rates.engine.scope import spoken

_PRORATION = {
    "none": "whole, however short the period",
    "actual": "by days of the cycle's period",
    "nominal": "by days of a nominal period",
}
_CHANGE = {"by_days": "by days", "at_start": "as on the first day", "at_end": "as on the last day"}


def policy_lines(policy: Policy) -> list[str]:
    """The switches, one sentence each."""
    lines = [
        f"Cycle of {policy.cycle_months} month(s); fixed charges per {policy.fixed_per}, tier"
        f" widths per {policy.widths_per}",
        f"Fixed charges: {_PRORATION[policy.proration]}",
        f"Tier widths: {_PRORATION[policy.width_proration]}",
        f"A change of rates within a period is taken {_CHANGE[policy.changes.rate]}",
        f"A change of facts within a period is taken {_CHANGE[policy.changes.attribute]}",
        f"A declaration within a period is taken {_CHANGE[policy.changes.declaration]}",
        f"Split use is rounded {_rule(policy.split)}; the parts sum to the whole",
    ]
    if "nominal" in (policy.proration, policy.width_proration):
        lines.append(f"Nominal period: {policy.days_of_cycle()} days ({policy.nominal_when})")
    if policy.usage is not None:
        lines.append(f"Use is rounded {_rule(policy.usage)}")
    return lines


def _rule(rule: RoundingRule) -> str:
    return f"{rule.mode.replace('_', ' ')} to {rule.places} decimals"


def condition_text(condition: Condition) -> str:
    """A condition in words."""
    match condition:
        case k.FactTest():
            return _fact_text(condition)
        case k.DeclaredTest():
            return f"while {condition.declared} is declared"
        case k.SeasonTest():
            return f"in months {months_text(condition.months)}"
        case k.AllOf():
            return " and ".join(map(condition_text, condition.all))
        case k.AnyOf():
            return f"({' or '.join(map(condition_text, condition.any))})"
        case k.Not():
            return f"not {condition_text(condition.not_)}"


def _fact_text(test: k.FactTest) -> str:
    name = spoken(test.attribute)
    if test.present is not None:
        return f"{name} is {'recorded' if test.present else 'not recorded'}"
    if test.is_ is not None:
        return f"{name} is {test.is_}"
    if test.in_ is not None:
        return f"{name} is one of {', '.join(test.in_)}"
    low = "" if test.at_least is None else f"{plain(test.at_least)} ≤ "
    high = "" if test.below is None else f" < {plain(test.below)}"
    return f"{low}{name}{high}"


def months_text(months: frozenset[int]) -> str:
    """`5, 6, 7`."""
    return ", ".join(map(str, sorted(months)))
