"""A second implementation of rating, by another road: it walks the days one by one.

It reads the plain data of a tariff (no compiled objects, no pydantic models), keeps every number a
Fraction and knows nothing of the engine. Slow and literal on purpose; `docs/guide/tariffs.md` is
what both follow.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby

from tests.oracle.models import MODELS
from tests.oracle.numbers import Day, Refused, by_rule, holds, in_cubic_feet, mentioned, on

ONE = timedelta(days=1)


@dataclass
class Case:
    """A bill to price; `facts` maps a name to a text or to dated texts (from, to, text)."""

    start: date
    end: date
    cycle: tuple[date, date]
    quantity: str = "0"
    unit: str | None = None
    facts: dict = field(default_factory=dict)
    declared: dict = field(default_factory=dict)
    winter: str | None = None
    inches: str | None = None
    events: dict = field(default_factory=dict)

    @property
    def days(self) -> list[date]:
        return [self.start + i * ONE for i in range((self.end - self.start).days)]


@dataclass
class Run:
    """Days that a component prices alike, within one version."""

    tariff: dict
    version: dict
    case: Case
    days: list[date]
    span: list[date]
    day: Day
    use: Fraction = Fraction(0)

    @property
    def policy(self) -> dict:
        return self.version.get("policy", {})

    def part(self, mode: str) -> Fraction:
        days, case = len(self.days), self.case
        whole = (case.start, case.end) == case.cycle
        partial = self.policy.get("nominal_when", "partial") == "partial"
        if mode == "none" or (mode == "nominal" and whole and partial):
            return Fraction(days, len(case.days))
        if mode == "actual":
            return Fraction(days, (case.cycle[1] - case.cycle[0]).days)
        months = self.policy.get("cycle_months", 1)
        nominal = self.policy.get("nominal_days") or f"{365 * months}/12"
        return days / Fraction(nominal)

    def months(self, what: str) -> int:
        per = self.policy.get(f"{what}_per", "period")
        return self.policy.get("cycle_months", 1) if per == "month" else 1

    def fixed(self, component: dict) -> Fraction:
        mode = component.get("proration") or self.policy.get("proration", "actual")
        return self.months("fixed") * self.part(mode)

    @property
    def width_part(self) -> Fraction:
        return self.part(self.policy.get("width_proration", "actual"))

    @property
    def width(self) -> Fraction:
        return self.months("widths") * self.width_part

    @property
    def split(self) -> dict:
        return self.policy.get("split", {"places": 2, "mode": "half_up"})


def rate(tariff: dict, case: Case) -> list[tuple]:
    """(component, first day, day after, tier, quantity, cents) of each line, in order."""
    lines: list[tuple] = []
    if not case.days:
        return lines
    last = _version_on(tariff, case.days[-1])
    policy = last.get("policy", {})
    change = policy.get("changes", {}).get("rate", "by_days")
    seen = {"at_start": case.days[0], "at_end": case.days[-1]}
    priced = [_version_on(tariff, seen.get(change, day)) for day in case.days]
    for _, group in groupby(zip(case.days, priced, strict=True), lambda pair: id(pair[1])):
        pairs = list(group)
        span, version = [day for day, _ in pairs], pairs[0][1]
        span_lines: list[tuple] = []
        for component in version["components"]:
            for run in _runs(tariff, version, component, case, span):
                run.use = _use(tariff, policy, case, run.days)
                if "when" not in component or holds(component["when"], run.day):
                    span_lines += MODELS[component["model"]](component, run, span_lines)
        lines += span_lines
    return lines


def _version_on(tariff: dict, day: date) -> dict:
    begun = [v for v in tariff["versions"] if v["effective_on"] <= day]
    if not begun:
        raise Refused(day)
    return begun[-1]


def _runs(tariff, version, component, case, span) -> list[Run]:
    changes = version.get("policy", {}).get("changes", {})

    def seen(kind: str, day: date) -> date:
        return {"at_start": span[0], "at_end": span[-1]}.get(changes.get(kind, "by_days"), day)

    names = sorted(set(mentioned(component, "attributes")))
    codes = sorted(set(mentioned(component, "declared")))
    seasons = sorted(set(mentioned(component, "months")), key=sorted)

    def state(day: date):
        facts = {name: _fact_on(case, name, seen("attribute", day)) for name in names}
        declared = {c for c in codes if on(case.declared.get(c, ()), seen("declaration", day))}
        month = seen("season", day).month
        return facts, declared, [month in season for season in seasons], month

    def run(days: list[date], at: date) -> Run:
        facts, declared, _, month = state(at)
        inches = None
        if case.inches is not None:
            inches = Fraction(case.inches) * len(days) / len(case.days)
        winter = None if case.winter is None else Fraction(case.winter)
        day = Day(facts, declared, month, len(days), inches, winter)
        return Run(tariff, version, case, days, span, day)

    if component["model"] == "bounds":
        return [run(span, span[-1])]
    grouped = groupby(span, lambda day: state(day)[:3])
    return [run(days, days[0]) for days in (list(group) for _, group in grouped)]


def _fact_on(case: Case, name: str, day: date):
    value = case.facts.get(name)
    if value is None or isinstance(value, str):
        return value
    return next((text for start, end, text in value if on([(start, end)], day)), None)


def _use(tariff, policy, case, days) -> Fraction:
    total = Fraction(case.quantity)
    unit, rule = case.unit or tariff["unit"], policy.get("usage")
    if unit != tariff["unit"]:
        gallons = Fraction(policy.get("gallons_per_hcf", "748"))
        total *= in_cubic_feet(unit, gallons) / in_cubic_feet(tariff["unit"], gallons)
        rule = rule or {"places": 6}
    total = by_rule(total, rule)
    split = policy.get("split", {"places": 2, "mode": "half_up"})

    def through(day: date) -> Fraction:
        passed = (day - case.start).days
        if passed in (0, len(case.days)):
            return total if passed else Fraction(0)
        return min(by_rule(total * passed / len(case.days), split), total)

    return through(days[-1] + ONE) - through(days[0])
