"""The difference of two bills in plain sentences, in the customer's language."""

from decimal import Decimal

from curbstop.billing.explain.comparison import Difference
from curbstop.kernel.money import format_cents

_SENTENCES = {
    "en": {
        "days": "{amount} because the bill covers {now} days instead of {then}.",
        "use": "{amount} because {now} units were used, {then} before, a day's use compared.",
        "price": "{amount} because rates or seasons changed.",
        "other": "{amount} because other facts changed, such as services, meter size or budget.",
    },
    "es": {
        "days": "{amount} porque la factura cubre {now} días en vez de {then}.",
        "use": "{amount} porque se usaron {now} unidades, antes {then}, comparado por día.",
        "price": "{amount} porque cambiaron las tarifas o la temporada.",
        "other": "{amount} porque cambiaron otros datos, como servicios, medidor o presupuesto.",
    },
}


def sentences(
    parts: Difference, days: tuple[int, int], used: tuple[Decimal, Decimal], language: str
) -> list[str]:
    """A sentence for each part that is not zero; `days` and `used` are then and now."""
    words = _SENTENCES.get(language, _SENTENCES["en"])
    told = []
    for name, cents in parts._asdict().items():
        if cents:
            then, now = used if name == "use" else days
            amount = ("+" if cents > 0 else "") + format_cents(cents)
            told.append(words[name].format(amount=amount, then=plain(then), now=plain(now)))
    return told


def plain(value: Decimal | int) -> str:
    """Without exponent or idle zeros."""
    return format(Decimal(value).normalize(), "f")
