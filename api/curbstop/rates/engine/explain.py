"""A line in plain words: a formatter over stored values, so that no text needs to be stored."""

from decimal import Decimal

from curbstop.kernel.money import format_cents
from curbstop.rates.engine.compile import CompiledVersion
from curbstop.rates.engine.definition.components import ComponentBase, Fixed, Tiered
from curbstop.rates.engine.lines import RatedLine, plain, read_facts

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "tier": "tier",
        "over": "over",
        "days": "days",
        "months": "months",
        "per": "per",
        "of": "of",
        "above": "above the allowance",
        "at_least": "raised to the minimum of",
        "at_most": "cut to the maximum of",
    },
    "es": {
        "tier": "nivel",
        "over": "más de",
        "days": "días",
        "months": "meses",
        "per": "por",
        "of": "de",
        "above": "sobre lo incluido",
        "at_least": "elevado al mínimo de",
        "at_most": "reducido al máximo de",
    },
}
FACTS_ES = {
    "meter_size": "tamaño del medidor",
    "zone": "zona",
    "elevation": "elevación",
    "dwelling_units": "viviendas",
    "persons": "personas",
    "landscape_area": "área de jardín",
    "winter_average": "promedio de invierno",
    "budget": "presupuesto",
    "declared": "declarado",
    "class": "clase",
    "lot_group": "grupo de lote",
    "fire_line_size": "tamaño de línea contra incendios",
    "edu": "unidades equivalentes",
}
PARTS_ES = {"indoor": "interior", "outdoor": "exterior"}
Words = dict[str, str]


def explain(line: RatedLine, version: CompiledVersion, language: str = "en") -> str:
    """`10.33 HCF × $3.47 = $35.85 · tier 1, 0–9 HCF · Resolution 2025-07`."""
    words = WORDS.get(language, WORDS["en"])
    facts = read_facts(line.facts)
    details = [_tier(line, words), *_facts(facts, words, language), version.definition.resolution]
    return " · ".join([_formula(line, version, facts, words, language), *filter(None, details)])


def label(line: RatedLine, version: CompiledVersion, language: str = "en") -> str:
    """What the bill calls the line: the tier's own name, or the component's and its tier."""
    node = component_of(line, version)
    text = node.label.text(language)
    if line.tier and line.model == "minimum":
        return f"{text}, {WORDS.get(language, WORDS['en'])['above']}"
    if line.tier and isinstance(node, Tiered):
        own = node.tiers[line.tier - 1].label
        if own is not None:
            return own.text(language)
        if len(node.tiers) > 1:
            return f"{text}, {WORDS.get(language, WORDS['en'])['tier']} {line.tier}"
    return text


def component_of(line: RatedLine, version: CompiledVersion) -> ComponentBase:
    """The component of the schedule that made the line. Raises KeyError when it has none."""
    for node in version.definition.components:
        if node.key == line.component:
            return node
    raise KeyError(line.component)


def _formula(
    line: RatedLine, version: CompiledVersion, facts: dict[str, str], words: Words, language: str
) -> str:
    amount = format_cents(line.amount_cents)
    if line.model == "bounds":
        base = format_cents(int((line.quantity or Decimal(0)) * 100))
        months = [f"{facts['months']} {words['months']}"] if "months" in facts else []
        bound = " × ".join([*months, _price(line.price), *_days(line, words)])
        return f"{base} {words[facts['bound']]} {bound}: {amount}"
    if line.unit == "USD":
        base = format_cents(int((line.quantity or Decimal(0)) * 100))
        factors = [f"{plain(line.price or Decimal(0))}% {words['of']} {base}"]
    else:
        factors = _factors(line, version, facts, words, language)
    factors += _days(line, words)
    return amount if factors == [amount] else f"{' × '.join(factors)} = {amount}"


def _factors(
    line: RatedLine, version: CompiledVersion, facts: dict[str, str], words: Words, language: str
) -> list[str]:
    factors = [] if line.quantity is None else [f"{grouped(line.quantity)} "]
    price = _price(line.price)
    if factors and line.unit == "units":
        node = component_of(line, version)
        name = node.unit_name if isinstance(node, Fixed) else None
        factors = [(factors[0] + (name.text(language) if name else "")).strip()]
    elif factors:
        factors = [factors[0] + (line.unit or "")]
        tariff = version.tariff
        if tariff.price_unit is not None and tariff.price_unit is not tariff.unit:
            price = f"{price} {words['per']} {tariff.price_unit.value}"
    if "months" in facts:
        factors.append(f"{facts['months']} {words['months']}")
    return [*factors, price]


def _days(line: RatedLine, words: Words) -> list[str]:
    if line.numerator == line.denominator:
        return []
    return [f"{line.numerator}/{line.denominator} {words['days']}"]


def _tier(line: RatedLine, words: Words) -> str:
    if line.tier == 0 or line.tier_from is None:
        return ""
    if line.tier_to is None:
        bounds = f"{words['over']} {grouped(line.tier_from)}"
    else:
        bounds = f"{grouped(line.tier_from)}–{grouped(line.tier_to)}"
    tier = "" if line.model == "minimum" else f"{words['tier']} {line.tier}, "
    return f"{tier}{bounds} {line.unit}"


def _facts(facts: dict[str, str], words: Words, language: str) -> list[str]:
    told: list[str] = []
    for name, value in facts.items():
        if name == "days":
            told.append(f"{value} {words['days']}")
        elif name not in {"months", "bound"}:
            told.append(f"{_fact_name(name, language)} {value}")
    return told


def _fact_name(name: str, language: str) -> str:
    if language != "es":
        return name.replace("_", " ")
    head, _, part = name.partition("_")
    if head == "budget" and part:
        return f"{FACTS_ES['budget']} {PARTS_ES.get(part, part.replace('_', ' '))}"
    return FACTS_ES.get(name, name.replace("_", " "))


def _price(price: Decimal | None) -> str:
    """Dollars with at least cents: `$3.47`, `-$0.1234`."""
    amount = price or Decimal(0)
    text = plain(abs(amount))
    cents = len(text.partition(".")[2])
    sign = "-" if amount < 0 else ""
    return f"{sign}${abs(amount):,.2f}" if cents <= 2 else f"{sign}${abs(amount):,f}"


def grouped(number: Decimal) -> str:
    """`50288.5` → `50,288.5`."""
    whole, point, rest = plain(number).partition(".")
    return f"{int(whole):,}{point}{rest}"
