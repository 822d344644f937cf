"""Runs of days on which nothing that a component depends on changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from curbstop.kernel.dates import Period
from curbstop.rates.engine.charges.common import Charge, CompiledComponent, Key
from curbstop.rates.engine.definition.components import Proration
from curbstop.rates.engine.definition.policy import Change, Policy
from curbstop.rates.engine.inputs import Dated, DateRange

Declarations = Mapping[str, Sequence[DateRange]]
ATTRIBUTE_CACHE = 512


@dataclass(frozen=True, slots=True)
class Frame:
    """The billed period, the cycle's whole period, and the part of it that one version prices."""

    period: Period
    cycle: Period
    span: Period
    policy: Policy


@dataclass(slots=True)
class Segment:
    """Days priced alike. `dated` holds attributes that are particular to these days.

    `charges` remembers what each combination of facts resolved to, so that the thousands of bills
    of a run which share a period resolve each combination once.
    """

    frame: Frame
    start: date
    end: date
    declared: frozenset[str]
    month: int
    dated: Mapping[str, str | None]
    whole: bool
    charges: dict[Key, Charge] = field(default_factory=dict)

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    def part(self, mode: Proration) -> tuple[int, int]:
        """The part of a whole charge that these days take, as numerator and denominator."""
        policy, period, cycle = self.frame.policy, self.frame.period, self.frame.cycle
        whole_cycle = period == cycle and policy.nominal_when == "partial"
        if mode == "none" or (mode == "nominal" and whole_cycle):
            part = (self.days, period.days)
        elif mode == "actual":
            part = (self.days, cycle.days)
        else:
            nominal = policy.days_of_cycle()
            part = (self.days * nominal.denominator, nominal.numerator)
        return (1, 1) if part[0] == part[1] else part

    def remember(self, key: Key, charge: Charge) -> None:
        """Keep a resolved charge; bounded, as facts such as landscape area are nearly unique."""
        if len(self.charges) >= ATTRIBUTE_CACHE:
            self.charges.clear()
        self.charges[key] = charge


State = tuple[tuple[str | None, ...], frozenset[str], tuple[bool, ...]]


def cut(
    component: CompiledComponent,
    frame: Frame,
    declarations: Declarations,
    dated: Mapping[str, Sequence[Dated]],
) -> list[Segment]:
    """The segments of one component within one version's days, in order, without a gap."""
    view = _View(component, frame, declarations, dated)
    if component.as_of_end:
        last = frame.span.end - timedelta(days=1)
        return [view.segment(frame.span.start, frame.span.end, last)]
    bounds = [frame.span.start, *view.cuts(), frame.span.end]
    starts: list[tuple[date, State]] = []
    for day in bounds[:-1]:
        state = view.state(day)
        if not starts or starts[-1][1] != state:
            starts.append((day, state))
    ends = [*(day for day, _ in starts[1:]), frame.span.end]
    return [view.segment(day, end, day) for (day, _), end in zip(starts, ends, strict=True)]


@dataclass(slots=True)
class _View:
    """What a component sees on a day, by the policy's rules on changes."""

    component: CompiledComponent
    frame: Frame
    declarations: Declarations
    dated: Mapping[str, Sequence[Dated]]
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.names = tuple(name for name in self.component.attributes if name in self.dated)

    def cuts(self) -> list[date]:
        """Days strictly inside on which something may change."""
        changes, needs, days = self.frame.policy.changes, self.component.needs, set[date]()
        if changes.attribute == "by_days":
            for name in self.names:
                days.update(_edges(self.dated[name]))
        if changes.declaration == "by_days":
            for code in needs.declarations:
                days.update(_edges(self.declarations.get(code, ())))
        if changes.season == "by_days" and needs.seasons:
            days.update(_month_starts(self.frame.span))
        span = self.frame.span
        return sorted(day for day in days if span.start < day < span.end)

    def state(self, day: date) -> State:
        """Everything that the component's numbers depend on, as seen on a day."""
        month = self._seen(self.frame.policy.changes.season, day).month
        seasons = sorted(self.component.needs.seasons, key=sorted)
        return (
            tuple(self._attributes(day).values()),
            self._declared(day),
            tuple(month in season for season in seasons),
        )

    def segment(self, start: date, end: date, seen_on: date) -> Segment:
        return Segment(
            frame=self.frame,
            start=start,
            end=end,
            declared=self._declared(seen_on),
            month=self._seen(self.frame.policy.changes.season, seen_on).month,
            dated=self._attributes(seen_on),
            whole=(start, end) == (self.frame.period.start, self.frame.period.end),
        )

    def _seen(self, change: Change, day: date) -> date:
        if change == "by_days":
            return day
        span = self.frame.span
        return span.start if change == "at_start" else span.end - timedelta(days=1)

    def _attributes(self, day: date) -> dict[str, str | None]:
        seen = self._seen(self.frame.policy.changes.attribute, day)
        return {name: value_on(self.dated[name], seen) for name in self.names}

    def _declared(self, day: date) -> frozenset[str]:
        seen = self._seen(self.frame.policy.changes.declaration, day)
        codes = self.component.needs.declarations
        return frozenset(code for code in codes if in_force(self.declarations.get(code, ()), seen))


def value_on(values: Sequence[Dated], day: date) -> str | None:
    """What a dated attribute is on a day, or None."""
    for from_on, to_on, value in values:
        if from_on <= day and (to_on is None or day < to_on):
            return value
    return None


def in_force(ranges: Sequence[DateRange], day: date) -> bool:
    """Whether a declaration holds on a day."""
    return any(start <= day and (end is None or day < end) for start, end in ranges)


def _edges(ranges: Sequence[Dated] | Sequence[DateRange]) -> list[date]:
    edges: list[date] = []
    for entry in ranges:
        edges.append(entry.from_on)
        if entry.to_on is not None:
            edges.append(entry.to_on)
    return edges


def _month_starts(span: Period) -> list[date]:
    starts: list[date] = []
    day = span.start.replace(day=1)
    while day < span.end:
        starts.append(day)
        day = (day + timedelta(days=31)).replace(day=1)
    return starts
