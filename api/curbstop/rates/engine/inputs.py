"""What a bill is rated from: plain values, gathered by the caller."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from curbstop.kernel.dates import Period
from curbstop.kernel.units import Unit


class Dated(NamedTuple):
    """A value on the days `[from_on, to_on)`; `to_on` None is open-ended."""

    from_on: date
    to_on: date | None
    value: str


class DateRange(NamedTuple):
    """`[from_on, to_on)`; `to_on` None is open-ended."""

    from_on: date
    to_on: date | None


class MeasuredUse(NamedTuple):
    """Use measured within a part of the period (interval reads, a read on the day of a change)."""

    from_on: date
    to_on: date
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class RatingInput:
    """One agreement and period.

    `period` is what is billed, `cycle` the whole cycle period that it lies in (default: the
    same); they differ on first and final bills. `quantity` is in `unit`, or in the tariff's unit
    when that is None. `attributes` are facts of the account that hold throughout; `dated` those
    that change within the period. `measured`, when given, covers the period and replaces the
    spreading of use by days. `declarations` None means those of the catalog; `evapotranspiration`
    is inches over the period; `winter_average` is in the tariff's unit; `events` are dates such
    as `opened`.
    """

    rate_code: str
    period: Period
    quantity: Decimal = Decimal(0)
    unit: Unit | None = None
    cycle: Period | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    dated: Mapping[str, Sequence[Dated]] = field(default_factory=dict)
    measured: Sequence[MeasuredUse] = ()
    declarations: Mapping[str, Sequence[DateRange]] | None = None
    winter_average: Decimal | None = None
    evapotranspiration: Decimal | None = None
    events: Mapping[str, date] = field(default_factory=dict)


def sort_attributes(
    rows: Iterable[tuple[str, str, date, date | None]], period: Period
) -> tuple[dict[str, str], dict[str, list[Dated]]]:
    """Split attribute rows (name, value, from_on, to_on) into constant and changing ones.

    The first mapping holds what is the same on every day of the period, the second the rest.
    """
    by_name: dict[str, list[Dated]] = {}
    for name, value, from_on, to_on in rows:
        if from_on < period.end and (to_on is None or to_on > period.start):
            by_name.setdefault(name, []).append(Dated(from_on, to_on, value))
    constant: dict[str, str] = {}
    changing: dict[str, list[Dated]] = {}
    for name, values in by_name.items():
        first = values[0]
        whole = first.from_on <= period.start and (first.to_on is None or first.to_on >= period.end)
        if len(values) == 1 and whole:
            constant[name] = first.value
        else:
            changing[name] = sorted(values)
    return constant, changing
