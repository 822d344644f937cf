"""Two versions side by side: every number of the schedule with its difference in $ and percent."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from curbstop.rates.engine.definition import Amount, Component, Version
from curbstop.rates.engine.definition import amounts as a
from curbstop.rates.engine.definition import components as c
from curbstop.rates.engine.lines import plain
from curbstop.rates.engine.scope import spoken
from curbstop.rates.tariffs.schemas import ChangeKind, ChangeOut
from curbstop.rates.tariffs.sections import amount_text, notes_of
from curbstop.rates.tariffs.wording import condition_text, months_text, policy_lines

DOLLARS, PERCENT, UNITS, WORDS = "$", "%", "units", ""
_TENTH = Decimal("0.1")


class Entry(NamedTuple):
    """One place of a schedule: what it is measured in, and its number or words."""

    unit: str
    value: Decimal | str


class Place(NamedTuple):
    """Where an entry stands: component and words; the same place in both versions is one row."""

    component: str
    words: str


def changes_between(before: Version, after: Version) -> list[ChangeOut]:
    """Every place of either version, in the order of the later one; what was removed comes last."""
    old, new = _entries(before), _entries(after)
    titles = {one.key: one.label.en for one in (*before.components, *after.components)}
    return [
        _change(place, titles.get(place.component, "Rules"), old.get(place), new.get(place))
        for place in [*new, *(place for place in old if place not in new)]
    ]


def _change(place: Place, title: str, before: Entry | None, after: Entry | None) -> ChangeOut:
    known = after or before
    difference = percent = None
    if before and after and isinstance(before.value, Decimal) and isinstance(after.value, Decimal):
        difference = after.value - before.value
        if before.value:
            percent = (difference * 100 / before.value).quantize(_TENTH, ROUND_HALF_UP)
    return ChangeOut(
        component=place.component,
        title_en=title,
        place=place.words,
        unit=known.unit if known else "",
        kind=_kind(before, after),
        before=_text(before),
        after=_text(after),
        difference=difference,
        percent=percent,
    )


def _kind(before: Entry | None, after: Entry | None) -> ChangeKind:
    if before is None:
        return ChangeKind.ADDED
    if after is None:
        return ChangeKind.REMOVED
    return ChangeKind.SAME if before == after else ChangeKind.CHANGED


def _text(entry: Entry | None) -> str | None:
    if entry is None:
        return None
    return plain(entry.value) if isinstance(entry.value, Decimal) else entry.value


def _entries(version: Version) -> dict[Place, Entry]:
    found: dict[Place, Entry] = {}
    for component in version.components:
        for words, entry in _component(component):
            found[Place(component.key, words)] = entry
    for line in policy_lines(version.policy):
        subject, _, rest = line.partition(": ")
        found[Place("", subject if rest else "Rule")] = Entry(WORDS, rest or line)
    return found


def _component(node: Component) -> Iterator[tuple[str, Entry]]:
    for words, unit, amount in _amounts(node):
        for place, value in _places(words, amount):
            yield place, Entry(unit, value)
    yield "Charge code", Entry(WORDS, node.group)
    if node.when is not None:
        yield "Applies", Entry(WORDS, condition_text(node.when))
    for number, note in enumerate(notes_of(node), 1):
        yield f"Note {number}", Entry(WORDS, note)


def _amounts(node: Component) -> Iterator[tuple[str, str, Amount]]:
    """Words, unit and amount of each number that the component has."""
    named: list[tuple[str, str, Amount | None]] = []
    match node:
        case c.Tiered():
            yield from _tiers(node)
        case c.Uniform() | c.Fixed() | c.OneTime():
            named = [("Price", DOLLARS, node.price)]
        case c.Minimum():
            named = [
                ("Minimum", DOLLARS, node.price),
                ("Includes", UNITS, node.allowance),
                ("Above", DOLLARS, node.excess),
            ]
        case c.Percentage():
            named = [("Percent", PERCENT, node.percent)]
        case c.Discount():
            named = [("Percent off", PERCENT, node.percent), ("Off", DOLLARS, node.amount)]
        case c.Bounds():
            named = [("At least", DOLLARS, node.at_least), ("At most", DOLLARS, node.at_most)]
    for words, unit, amount in named:
        if amount is not None:
            yield words, unit, amount


def _tiers(node: c.Tiered) -> Iterator[tuple[str, str, Amount]]:
    edges = {"width": "width", "up_to": "up to", "first_unit": "from", "percent": "up to"}
    for number, tier in enumerate(node.tiers, 1):
        yield f"Tier {number} price", DOLLARS, tier.price
        for way in c.edge_ways(tier):
            unit = "% of budget" if way == "percent" else UNITS
            yield f"Tier {number} {edges[way]}", unit, getattr(tier, way)


def _places(words: str, amount: Amount) -> Iterator[tuple[str, Decimal | str]]:
    """A table has a place for each of its cells; arithmetic is compared as words."""
    match amount:
        case Decimal():
            yield words, amount
        case a.Lookup():
            by = spoken(amount.by)
            for key, value in amount.table.items():
                yield from _places(f"{words}, {by} {key}", value)
            if amount.default is not None:
                yield from _places(f"{words}, other {by}", amount.default)
        case a.Ranges():
            for step in amount.ranges:
                below = "above" if step.below is None else f"below {plain(step.below)}"
                yield from _places(f"{words}, {spoken(amount.by)} {below}", step.value)
        case a.Declared():
            for code, value in amount.declared.items():
                yield from _places(f"{words}, {code} declared", value)
            yield from _places(f"{words}, otherwise", amount.otherwise)
        case a.Seasons():
            for season in amount.seasons:
                yield from _places(f"{words}, months {months_text(season.months)}", season.value)
        case _:
            yield words, amount_text(amount)
