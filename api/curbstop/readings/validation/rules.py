"""The rules, each a small pure function: the plain reason to look at a read, or None."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from curbstop.readings.kinds import ReadMethod
from curbstop.readings.validation.facts import Parameters, ReadFacts

Judge = Callable[[ReadFacts, Parameters], str | None]


class RuleName(StrEnum):
    """The tabs of the edit list."""

    MISSING = "missing"
    UNKNOWN_METER = "unknown_meter"
    DUPLICATE = "duplicate"
    FUTURE = "future"
    IMPLAUSIBLE_DAY = "implausible_day"
    NEGATIVE = "negative"
    ROLLOVER = "rollover"
    HIGH = "high"
    LOW = "low"
    ZERO = "zero"
    INACTIVE = "inactive"
    STUCK = "stuck"
    MISMATCH = "mismatch"
    ESTIMATED = "estimated"


class Severity(StrEnum):
    """A blocking exception keeps its read from being billed until it is decided."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule of the edit list."""

    name: RuleName
    severity: Severity
    judge: Judge


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a read fell foul of, in words for the office."""

    rule: RuleName
    severity: Severity
    reason: str


def plain(number: Decimal) -> str:
    """A number for a sentence: no exponent, no trailing zeros, thousands apart."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def duplicate(facts: ReadFacts, _: Parameters) -> str | None:
    """Another value for the same register and day; an equal one is no exception."""
    other = facts.other_value_same_day
    if other is None or other == facts.value:
        return None
    return f"Two reads on {facts.read_on}: {plain(facts.value)} and {plain(other)}"


def future(facts: ReadFacts, _: Parameters) -> str | None:
    """Read on a day that has not come."""
    if facts.read_on <= facts.today:
        return None
    return f"Read date {facts.read_on} lies after today, {facts.today}"


def mismatch(facts: ReadFacts, _: Parameters) -> str | None:
    """Meter, unit, multiplier or dials differ from the record, or the dials cannot show it."""
    asset, said = facts.asset, facts.said
    if facts.value >= asset.capacity:
        digits = asset.dials - asset.decimals
        return f"{plain(facts.value)} does not fit {digits} whole digits of meter {asset.serial}"
    if said.meter_no and said.meter_no != asset.serial:
        return f"The file says meter {said.meter_no}, the record {asset.serial}: swapped?"
    if said.unit and said.unit != asset.unit:
        return f"The file says {said.unit}, the record {asset.unit}"
    if said.dials is not None and said.dials != asset.dials:
        return f"The file says {said.dials} dials, the record {asset.dials}"
    if said.multiplier is not None and said.multiplier != asset.multiplier:
        return f"The file says multiplier {plain(said.multiplier)}, not {plain(asset.multiplier)}"
    return None


def rollover(facts: ReadFacts, parameters: Parameters) -> str | None:
    """Backward, but near enough to the turn of the dials that a rollover explains it."""
    if facts.delta is None or facts.delta >= 0 or not _near_turn(facts, parameters):
        return None
    used = plain(facts.delta + facts.asset.capacity)
    return f"{_from_to(facts)}: a rollover of {used}, or a swapped meter"


def negative(facts: ReadFacts, parameters: Parameters) -> str | None:
    """Backward and no rollover explains it; after an estimate, the estimate was too high."""
    if facts.delta is None or facts.delta >= 0 or _near_turn(facts, parameters):
        return None
    if facts.previous_method is ReadMethod.ESTIMATED:
        return f"{_from_to(facts)}: the estimate before was too high; cancel and rebill"
    return f"{_from_to(facts)}: misread or swapped meter"


def _near_turn(facts: ReadFacts, parameters: Parameters) -> bool:
    if facts.previous_value is None or facts.previous_method is ReadMethod.ESTIMATED:
        return False
    limit = facts.asset.capacity - parameters.rollover_factor * facts.expected
    return facts.previous_value > limit


def _from_to(facts: ReadFacts) -> str:
    before = facts.previous_value if facts.previous_value is not None else Decimal(0)
    return f"{plain(before)} to {plain(facts.value)}"


def high(facts: ReadFacts, parameters: Parameters) -> str | None:
    """Above `high_factor` times the usual daily use, and by more than `high_margin_hcf`."""
    if facts.delta is None or facts.delta <= 0 or facts.usual_daily is None or facts.days == 0:
        return None
    used, usual = facts.asset.hcf(facts.delta), facts.asset.hcf(facts.expected)
    if used <= parameters.high_factor * usual or used - usual <= parameters.high_margin_hcf:
        return None
    return f"{plain(used)} HCF in {facts.days} days, {_against(facts)} {plain(usual)}"


def low(facts: ReadFacts, parameters: Parameters) -> str | None:
    """Below `low_factor` times the usual daily use where the usual is worth a look. Not zero."""
    if facts.delta is None or facts.delta <= 0 or facts.usual_daily is None or facts.days == 0:
        return None
    used, usual = facts.asset.hcf(facts.delta), facts.asset.hcf(facts.expected)
    if used >= parameters.low_factor * usual or usual <= parameters.low_history_hcf:
        return None
    return f"{plain(used)} HCF in {facts.days} days, {_against(facts)} {plain(usual)}"


def _against(facts: ReadFacts) -> str:
    last_year = facts.same_season_daily is not None
    return "same season last year" if last_year else "the last three periods say"


def zero(facts: ReadFacts, parameters: Parameters) -> str | None:
    """No use at an active point that used water before, for `zero_periods` periods: stuck?"""
    if facts.delta != 0 or not facts.active or not facts.used_before or facts.days == 0:
        return None
    if facts.zero_in_a_row < parameters.zero_periods:
        return None
    return f"No use for {facts.zero_in_a_row} periods at an active service: stuck or vacant?"


def inactive(facts: ReadFacts, parameters: Parameters) -> str | None:
    """Use where nobody is a customer."""
    if facts.active or facts.delta is None or facts.delta <= parameters.inactive_units:
        return None
    return f"{plain(facts.delta)} counts used with no active account"


def stuck(facts: ReadFacts, parameters: Parameters) -> str | None:
    """The very same digits for `stuck_days` or more on a register that moved before."""
    if facts.delta != 0 or not facts.used_before or facts.days < parameters.stuck_days:
        return None
    if facts.zero_in_a_row >= parameters.zero_periods and facts.active:
        return None  # the zero rule says it already
    return f"Still {plain(facts.value)} after {facts.days} days"


def estimated(facts: ReadFacts, parameters: Parameters) -> str | None:
    """More than `estimates_in_a_row` estimates without an actual read between."""
    if facts.estimated_in_a_row <= parameters.estimates_in_a_row:
        return None
    return f"Estimated {facts.estimated_in_a_row} times in a row: get an actual read"


RULES: tuple[Rule, ...] = (
    Rule(RuleName.FUTURE, Severity.BLOCK, future),
    Rule(RuleName.DUPLICATE, Severity.BLOCK, duplicate),
    Rule(RuleName.MISMATCH, Severity.BLOCK, mismatch),
    Rule(RuleName.ROLLOVER, Severity.BLOCK, rollover),
    Rule(RuleName.NEGATIVE, Severity.BLOCK, negative),
    Rule(RuleName.HIGH, Severity.BLOCK, high),
    Rule(RuleName.LOW, Severity.WARN, low),
    Rule(RuleName.ZERO, Severity.WARN, zero),
    Rule(RuleName.INACTIVE, Severity.WARN, inactive),
    Rule(RuleName.STUCK, Severity.WARN, stuck),
    Rule(RuleName.ESTIMATED, Severity.WARN, estimated),
)


def judge(facts: ReadFacts, parameters: Parameters) -> list[Finding]:
    """Every rule that the read falls foul of, in the order of the edit list."""
    said = ((rule, rule.judge(facts, parameters)) for rule in RULES)
    return [Finding(rule.name, rule.severity, reason) for rule, reason in said if reason]
