"""The plan of a billing period: which version prices which days, and how components are cut.

A plan depends on the tariff, the days and the declarations, not on the account, so a bill run
makes it once for each period.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from curbstop.kernel.dates import Period
from curbstop.rates.engine.charges.common import CompiledComponent
from curbstop.rates.engine.compile import CompiledTariff, CompiledVersion
from curbstop.rates.engine.definition.policy import Policy
from curbstop.rates.engine.errors import RatingError
from curbstop.rates.engine.segments import Declarations, Frame, Segment, cut

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Item:
    """A component with its segments for an account whose facts do not change in the period."""

    component: CompiledComponent
    frame: Frame
    segments: list[Segment]


@dataclass(frozen=True, slots=True)
class Plan:
    """`governing` is the policy in force on the last day: it rounds and splits the use."""

    governing: Policy
    spans: tuple[tuple[Item, ...], ...]


def make_plan(
    tariff: CompiledTariff, period: Period, cycle: Period, declarations: Declarations
) -> Plan:
    """Raises RatingError when no version is in force on some day that is billed."""
    governing = _version_on(tariff, period.end - ONE_DAY, period).definition.policy
    spans = []
    for version, span in _spans(tariff, period, governing):
        frame = Frame(period, cycle, span, version.definition.policy)
        items = (
            Item(component, frame, cut(component, frame, declarations, {}))
            for component in version.components
        )
        spans.append(tuple(items))
    return Plan(governing, tuple(spans))


def _spans(
    tariff: CompiledTariff, period: Period, governing: Policy
) -> list[tuple[CompiledVersion, Period]]:
    change = governing.changes.rate
    if change != "by_days":
        day = period.start if change == "at_start" else period.end - ONE_DAY
        return [(_version_on(tariff, day, period), period)]
    starts = [version.effective_on for version in tariff.versions]
    parts = period.split_at(*starts)
    return [(_version_on(tariff, part.start, period), part) for part in parts]


def _version_on(tariff: CompiledTariff, day: date, period: Period) -> CompiledVersion:
    for version in tariff.versions:
        if version.holds_on(day):
            return version
    raise RatingError(
        f"no version of tariff {tariff.code} is in force on {day} "
        f"(the bill covers {period.start} to {period.end})"
    )
