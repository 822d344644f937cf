"""A version read like the resolution it came from: one small table for each component."""

from collections.abc import Sequence
from decimal import Decimal

from curbstop.rates.engine.definition import Amount, Component, Version
from curbstop.rates.engine.definition import amounts as a
from curbstop.rates.engine.definition import components as c
from curbstop.rates.engine.lines import plain
from curbstop.rates.engine.scope import spoken
from curbstop.rates.tariffs.schemas import SectionOut
from curbstop.rates.tariffs.wording import condition_text, months_text

Table = tuple[list[str], list[list[str]]]
DOLLARS = "Price, $"
DOLLARS_A_UNIT = "Price a unit, $"


def sections_of(version: Version) -> list[SectionOut]:
    """The sections in the order of the schedule."""
    return [_section(component) for component in version.components]


def _section(node: Component) -> SectionOut:
    columns, rows = _table(node)
    return SectionOut(
        key=node.key,
        title_en=node.label.en,
        title_es=node.label.es,
        model=node.model,
        group=node.group,
        condition="" if node.when is None else condition_text(node.when),
        columns=columns,
        rows=rows,
        notes=notes_of(node),
    )


def _table(node: Component) -> Table:
    match node:
        case c.Uniform():
            return _by_key(DOLLARS_A_UNIT, node.price)
        case c.Fixed() | c.OneTime():
            return _by_key(DOLLARS, node.price)
        case c.Tiered():
            return _tiers(node)
        case c.Minimum():
            names = ["Minimum, $", "Includes", "Above, $"]
            return _across(names, [[node.price, node.allowance, node.excess]])
        case c.Percentage():
            return _by_key("Percent", node.percent)
        case c.Discount() if node.percent is not None:
            return _by_key("Percent off", node.percent)
        case c.Discount():
            return _by_key("Off, $", node.amount or Decimal(0))
        case c.Bounds():
            bounds = {"At least, $": node.at_least, "At most, $": node.at_most}
            given = {name: bound for name, bound in bounds.items() if bound is not None}
            return _across(list(given), [list(given.values())])


def _by_key(title: str, amount: Amount) -> Table:
    """A lookup as a row for each of its keys; anything else as one row."""
    if not isinstance(amount, a.Lookup):
        return [title], [[amount_text(amount)]]
    rows = [[key, amount_text(value)] for key, value in amount.table.items()]
    if amount.default is not None:
        rows.append(["others", amount_text(amount.default)])
    return [spoken(amount.by).capitalize(), title], rows


def _tiers(node: c.Tiered) -> Table:
    ways = {way for tier in node.tiers for way in c.edge_ways(tier)}
    way = ways.pop() if ways else "width"
    names = {
        "width": "Units",
        "up_to": "Up to",
        "first_unit": "From unit",
        "percent": "Up to % of budget",
    }
    numbers: list[list[Amount | None]] = [[getattr(t, way), t.price] for t in node.tiers]
    columns, rows = _across([names[way], DOLLARS], numbers)
    for row, tier in zip(rows, node.tiers, strict=True):
        row[0] += f" ({spoken(tier.of)} part)" if tier.of else ""
    labels = [tier.label.en if tier.label else str(i) for i, tier in enumerate(node.tiers, 1)]
    return ["Tier", *columns], [[label, *row] for label, row in zip(labels, rows, strict=True)]


def _across(names: Sequence[str], rows: Sequence[Sequence[Amount | None]]) -> Table:
    """Columns of amounts; one that is looked up by the same attribute in all rows is spread."""
    columns: list[str] = []
    cells: list[list[str]] = [[] for _ in rows]
    for place, name in enumerate(names):
        amounts = [row[place] for row in rows]
        lookups = [amount for amount in amounts if isinstance(amount, a.Lookup)]
        spread = bool(lookups) and all(x is None or isinstance(x, a.Lookup) for x in amounts)
        if not spread or len({lookup.by for lookup in lookups}) > 1:
            columns.append(name)
            for cell, amount in zip(cells, amounts, strict=True):
                cell.append("" if amount is None else amount_text(amount))
            continue
        for key in dict.fromkeys(key for lookup in lookups for key in lookup.table):
            columns.append(f"{name}, {spoken(lookups[0].by)} {key}")
            for cell, amount in zip(cells, amounts, strict=True):
                found = amount.table.get(key) if isinstance(amount, a.Lookup) else None
                cell.append("" if found is None else amount_text(found))
    return columns, cells


def amount_text(amount: Amount) -> str:
    """An amount in words."""
    match amount:
        case a.Lookup():
            pairs = [f"{key}: {amount_text(value)}" for key, value in amount.table.items()]
            if amount.default is not None:
                pairs.append(f"others: {amount_text(amount.default)}")
            return f"by {spoken(amount.by)} ({', '.join(pairs)})"
        case a.Ranges():
            steps = ", ".join(map(_step_text, amount.ranges))
            return f"by {spoken(amount.by)} ({steps})"
        case a.FactNumber():
            return spoken(amount.attribute)
        case a.InputNumber():
            return spoken(amount.input)
        case a.Declared():
            pairs = [f"{code}: {amount_text(value)}" for code, value in amount.declared.items()]
            return f"{amount_text(amount.otherwise)}, when declared {', '.join(pairs)}"
        case a.Seasons():
            return "; ".join(
                f"months {months_text(s.months)}: {amount_text(s.value)}" for s in amount.seasons
            )
        case _:
            return _arithmetic(amount)


def _step_text(step: a.Step) -> str:
    below = "above" if step.below is None else f"below {plain(step.below)}"
    return f"{below}: {amount_text(step.value)}"


def _arithmetic(amount: Amount) -> str:
    match amount:
        case a.Product():
            return " × ".join(map(amount_text, amount.product))
        case a.Sum():
            return " + ".join(map(amount_text, amount.sum))
        case a.Quotient():
            return " ÷ ".join(map(amount_text, amount.divide))
        case a.Limited():
            limits = [("at least", amount.at_least), ("at most", amount.at_most)]
            told = [f"{name} {amount_text(x)}" for name, x in limits if x is not None]
            if amount.round is not None:
                told.append(f"rounded {amount.round.mode} to {amount.round.places} decimals")
            return f"{amount_text(amount.limit)} ({', '.join(told)})"
        case Decimal():
            return plain(amount)
        case _:
            return str(amount)


def notes_of(node: Component) -> list[str]:
    """What the table of a component leaves unsaid: units, scales, budgets, bases."""
    notes: list[str] = []
    if isinstance(node, c.Fixed | c.OneTime) and node.units is not None:
        notes.append(f"Times {amount_text(node.units)}")
    if isinstance(node, c.Tiered | c.Minimum) and node.scale is not None:
        notes.append(f"Widths times {amount_text(node.scale)}")
    if isinstance(node, c.Tiered) and node.budget is not None:
        parts = [f"{part.key}: {amount_text(part.amount)}" for part in node.budget.parts]
        notes.append(f"Budget = {'; '.join(parts)}")
    if isinstance(node, c.Tiered) and node.method == "whole":
        notes.append("All use is priced by the tier that it ends in")
    if isinstance(node, c.Tiered | c.Uniform):
        notes += _basis(node.basis)
    if isinstance(node, c.Percentage | c.Discount | c.Bounds):
        notes.append("Of all lines above" if node.of == "all" else f"Of {', '.join(node.of)}")
    return notes


def _basis(basis: c.Basis) -> list[str]:
    """What is priced, when it is not simply the use."""
    of = "use" if basis.of == "usage" else f"the {spoken(basis.of)}"
    if basis.percent is not None:
        of = f"{amount_text(basis.percent)} % of {of}"
    if basis.less is not None:
        of = f"{of} less {amount_text(basis.less)} units"
    notes = [] if of == "use" else [f"On {of}"]
    if basis.at_least is not None:
        notes.append(f"At least {amount_text(basis.at_least)} units")
    if basis.at_most is not None:
        notes.append(f"At most {amount_text(basis.at_most)} units")
    return notes
