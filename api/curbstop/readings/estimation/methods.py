"""Estimation of a register's read, the best method first. Pure and exact.

Of the water industry's usual order, the methods that fit register reads: between two actual reads
by days; same month last year with the class's trend; the period before; the class's average.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from curbstop.readings.consumption.quantities import RegisterFacts

_EXACT = Decimal("1e-9")


class EstimateMethod(StrEnum):
    """How an estimate was made; printed on the bill."""

    PRORATED = "prorated"
    SAME_MONTH_LAST_YEAR = "same_month_last_year"
    PRIOR_PERIOD = "prior_period"
    CLASS_AVERAGE = "class_average"


METHOD_WORDS = {
    EstimateMethod.PRORATED: "shared out by days between two actual reads",
    EstimateMethod.SAME_MONTH_LAST_YEAR: "same month last year, with the trend of the class",
    EstimateMethod.PRIOR_PERIOD: "daily use of the period before",
    EstimateMethod.CLASS_AVERAGE: "average daily use of the class",
}


@dataclass(frozen=True, slots=True)
class EstimateInputs:
    """What is known. Daily figures are register counts per day, from actual reads only.

    `class_trend` is the class's use this year over last year's in the same season.
    """

    previous_on: date
    previous_value: Decimal
    estimate_on: date
    next_on: date | None = None
    next_value: Decimal | None = None
    same_month_daily: Decimal | None = None
    class_trend: Decimal | None = None
    prior_daily: Decimal | None = None
    class_daily: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimated read: what the register would show, and how it was come by."""

    method: EstimateMethod
    used: Decimal
    value: Decimal
    rollovers: int
    explanation: str


def estimate(register: RegisterFacts, inputs: EstimateInputs) -> Estimate | None:
    """The read on `estimate_on` by the first method whose inputs are there; None without any.

    The register's digits decide the precision; a fraction of the last digit is cut off, so that
    the next actual read takes the remainder and nobody pays for it twice.
    """
    days = (inputs.estimate_on - inputs.previous_on).days
    found = _daily(register, inputs)
    if found is None or days < 0:
        return None
    method, daily, words = found
    step = Decimal(1).scaleb(-register.decimals)
    # Thirds times three must be whole again before anything is cut off.
    used = (daily * days).quantize(_EXACT).quantize(step, ROUND_DOWN)
    rollovers, value = divmod(inputs.previous_value + used, register.capacity)
    explanation = f"{METHOD_WORDS[method]}: {words} x {days} days = {used}"
    return Estimate(method, used, value, int(rollovers), explanation)


def _daily(
    register: RegisterFacts, inputs: EstimateInputs
) -> tuple[EstimateMethod, Decimal, str] | None:
    """The method that applies, its counts per day and how they came about."""
    if inputs.next_on is not None and inputs.next_value is not None:
        between = (inputs.next_on - inputs.previous_on).days
        used = inputs.next_value - inputs.previous_value
        if used >= 0 and between > 0:
            words = f"{used} in {between} days"
            return EstimateMethod.PRORATED, used / between, words
    if inputs.same_month_daily is not None:
        trend = inputs.class_trend if inputs.class_trend is not None else Decimal(1)
        words = f"{_short(inputs.same_month_daily)} a day x {_short(trend)}"
        return EstimateMethod.SAME_MONTH_LAST_YEAR, inputs.same_month_daily * trend, words
    if inputs.prior_daily is not None:
        words = f"{_short(inputs.prior_daily)} a day"
        return EstimateMethod.PRIOR_PERIOD, inputs.prior_daily, words
    if inputs.class_daily is not None:
        words = f"{_short(inputs.class_daily)} a day"
        return EstimateMethod.CLASS_AVERAGE, inputs.class_daily, words
    return None


def _short(number: Decimal) -> str:
    text = f"{number.quantize(Decimal('0.0001')):f}".rstrip("0").rstrip(".")
    return text or "0"


class TrueUpKind(StrEnum):
    """What the next actual read means for a bill that rested on an estimate."""

    REMAINDER = "remainder"
    CANCEL_AND_REBILL = "cancel_and_rebill"


@dataclass(frozen=True, slots=True)
class TrueUp:
    """The truth about an estimated period. `spread` re-spreads the true total by days, exactly:
    estimated period first, remainder second; the parts sum to the total."""

    kind: TrueUpKind
    remainder: Decimal
    spread: tuple[Decimal, Decimal]
    reason: str


def true_up(
    estimated_used: Decimal,
    actual_total: Decimal,
    *,
    estimated_days: int,
    total_days: int,
    step: Decimal = Decimal(1),
) -> TrueUp:
    """Compare an estimate with what both periods really used.

    Estimate 30 and 50 in all: the second period bills 20, nothing is cancelled. 25 in all: the
    estimate alone exceeds the truth, so it is cancelled and 25 is billed over both periods.
    """
    first = (actual_total * estimated_days / total_days) if total_days else actual_total
    first = (first / step).to_integral_value(ROUND_DOWN) * step
    spread = (first, actual_total - first)
    remainder = actual_total - estimated_used
    if remainder >= 0:
        reason = f"{actual_total} in all less {estimated_used} estimated leaves {remainder}"
        return TrueUp(TrueUpKind.REMAINDER, remainder, spread, reason)
    reason = f"{estimated_used} was estimated but only {actual_total} used: cancel and rebill"
    return TrueUp(TrueUpKind.CANCEL_AND_REBILL, Decimal(0), spread, reason)
