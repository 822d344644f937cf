"""The period's use: converted, rounded as billed, and spread over the days of its segments."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from curbstop.kernel.dates import Period
from curbstop.kernel.units import Unit, conversion
from curbstop.rates.engine.arithmetic import MICRO, PLACES, round_micro, round_to_places
from curbstop.rates.engine.definition.amounts import RoundingRule
from curbstop.rates.engine.definition.policy import Policy
from curbstop.rates.engine.errors import RatingError
from curbstop.rates.engine.inputs import MeasuredUse

LARGEST = 10**9


def billed_use(quantity: Decimal, unit: Unit | None, target: Unit, policy: Policy) -> int:
    """The use in micro-units of the tariff's unit, rounded by the policy's `usage` rule.

    Raises RatingError when the quantity is negative, not finite or absurd, or has more than six
    decimals and neither a conversion nor a rule says how to round it.
    """
    if not quantity.is_finite() or quantity < 0 or quantity > LARGEST:
        raise RatingError(f"a use of {quantity} cannot be billed")
    exact, rule = Fraction(quantity), policy.usage
    if unit is not None and unit is not target:
        exact *= conversion(unit, target, policy.gallons_per_hcf)
        rule = rule or RoundingRule(places=PLACES)
    if rule is not None:
        return round_micro(exact, rule.places, rule.mode)
    whole = exact * MICRO
    if whole.denominator != 1:
        raise RatingError(f"a use of {quantity} has more than six decimals")
    return whole.numerator


def use_between(
    total: int,
    period: Period,
    start: date,
    end: date,
    rule: RoundingRule,
    measured: Sequence[MeasuredUse] = (),
) -> int:
    """The part of `total` micro-units that falls on `[start, end)`.

    The running total is rounded at each cut, so that the parts of any split sum exactly to the
    whole and none is negative. By days, or in proportion to what was measured.
    """
    before = _through(total, period, start, rule, measured)
    return _through(total, period, end, rule, measured) - before


def _through(
    total: int, period: Period, day: date, rule: RoundingRule, measured: Sequence[MeasuredUse]
) -> int:
    if day <= period.start:
        return 0
    if day >= period.end:
        return total
    share = _measured_share(day, measured)
    if share is None:
        share = Fraction((day - period.start).days, period.days)
    rounded = round_to_places(total * share.numerator, share.denominator, rule.places, rule.mode)
    return min(rounded, total)


def _measured_share(day: date, measured: Sequence[MeasuredUse]) -> Fraction | None:
    whole = sum((Fraction(use.quantity) for use in measured), Fraction(0))
    if whole <= 0:
        return None
    through = Fraction(0)
    for use in measured:
        days = (use.to_on - use.from_on).days
        passed = min(max((day - use.from_on).days, 0), days)
        through += Fraction(use.quantity) * Fraction(passed, days) if days else 0
    return through / whole
