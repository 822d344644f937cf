"""The words of documents by language, from a catalogue file, and the formats of each language."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

from curbstop.kernel.money import format_cents

_CATALOGUES = Path(__file__).parent.parent / "assets" / "labels"


class UnknownLanguage(ValueError):
    """No catalogue of labels exists for the language."""


@dataclass(frozen=True, slots=True)
class Words:
    """The labels of one language; a missing label is a KeyError, never an empty space."""

    language: str
    labels: Mapping[str, str]
    months: tuple[str, ...]

    def __getitem__(self, key: str) -> str:
        return self.labels[key]

    def say(self, key: str, **values: str) -> str:
        """The label with its `{placeholders}` filled in; a value is never read as a format."""
        return self.labels[key].format(**values)

    def date(self, day: dt.date) -> str:
        """`Nov 23, 2026`, in the order of the language."""
        return self.say("date", day=str(day.day), month=self.month(day), year=str(day.year))

    def month(self, day: dt.date) -> str:
        """The month's abbreviation."""
        return self.months[day.month - 1]

    def money(self, cents: int) -> str:
        """`-$1,234.56`; both languages of the office write dollars alike."""
        return format_cents(cents)

    def quantity(self, value: Decimal) -> str:
        """With thousands separators and without trailing zeros: `1,234.5`."""
        text = f"{value:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def price(self, dollars: Decimal) -> str:
        """A unit price with at least two decimals and as many as the tariff has: `$4.0725`."""
        exponent = dollars.as_tuple().exponent
        places = max(2, -exponent if isinstance(exponent, int) else 2)
        sign = "-" if dollars < 0 else ""
        return f"{sign}${abs(dollars):,.{places}f}"

    def service(self, code: str) -> str:
        """The name of a service; a code without a label shows as it is written."""
        return self.labels.get(f"service.{code}", code.replace("_", " ").capitalize())


@cache
def words(language: str) -> Words:
    """The catalogue of a language code such as `en`. Raises UnknownLanguage."""
    if language not in languages():
        raise UnknownLanguage(f"no labels for language {language!r}; known: {languages()}")
    raw = yaml.safe_load((_CATALOGUES / f"{language}.yaml").read_text("utf-8"))
    return Words(language, raw["labels"], tuple(raw["months"]))


@cache
def languages() -> tuple[str, ...]:
    """Languages that documents speak: one per catalogue file."""
    return tuple(sorted(path.stem for path in _CATALOGUES.glob("*.yaml")))
