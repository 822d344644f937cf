"""Small tariffs for tests, written as a district would write them."""

from datetime import date
from decimal import Decimal
from textwrap import indent

from curbstop.kernel.dates import Period
from curbstop.rates.engine import Catalog, RatedLine, RatingInput, compile_tariff, load_tariff, rate

JULY = Period(date(2026, 7, 1), date(2026, 8, 1))

TIERS = """
- key: service
  model: fixed
  label: Service
  group: water_service
  price: {by: size, table: {3/4: 30, 1: 50}}
- key: use
  model: tiered
  label: {en: Water, es: Agua}
  group: water_use
  tiers: [{width: 10, price: 3}, {price: 5}]
"""


def version(components: str = TIERS, effective_on: str = "2026-01-01", policy: str = "{}") -> str:
    """One version of a tariff, as YAML."""
    head = f"- effective_on: {effective_on}\n  resolution: R {effective_on}\n  policy: {policy}\n"
    return head + "  components:\n" + indent(components.strip("\n"), "    ") + "\n"


def catalog(*versions: str, unit: str = "HCF", extra: str = "", declarations=None) -> Catalog:
    """A catalog with one tariff, `T`."""
    body = indent("".join(versions or (version(),)), "  ")
    text = f"code: T\nname: Test\nunit: {unit}\n{extra}\nversions:\n{body}"
    return Catalog([compile_tariff(load_tariff(text))], declarations)


def bill(quantity="0", period: Period = JULY, **facts) -> RatingInput:
    """An input for the tariff `T` with a ¾″ meter unless told otherwise."""
    attributes = {"size": "3/4"} | facts.pop("attributes", {})
    return RatingInput("T", period, Decimal(quantity), attributes=attributes, **facts)


def price(tariffs: Catalog, rating: RatingInput) -> dict[str, int]:
    """Cents by component, tiers apart: `{"service": 3000, "use.1": 3000, "use.2": 500}`."""
    cents: dict[str, int] = {}
    for line in rate(tariffs, rating):
        key = name_of(line)
        cents[key] = cents.get(key, 0) + line.amount_cents
    return cents


def name_of(line: RatedLine) -> str:
    return f"{line.component}.{line.tier}" if line.tier else line.component
