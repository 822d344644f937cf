"""From a payoff to the letter that says it. Pure; every word is in the labels of its language."""

from collections.abc import Sequence
from datetime import timedelta

from curbstop.billing.payoff.schemas import PayoffOut, UnbilledOut
from curbstop.documents.letters import LetterData, LetterTable
from curbstop.documents.rendering.words import Words, words
from curbstop.policies.district import letterhead
from curbstop.policies.values import Policies


def payoff_letter(
    figures: PayoffOut,
    mailing: Sequence[str],
    address: str,
    policies: Policies,
    signer: str,
    language: str,
) -> LetterData:
    """The letter in a language: table of figures, what is estimated, what it does not say."""
    speech = words(language)
    district = letterhead(policies)
    return LetterData(
        district=district,
        mailing=tuple(mailing),
        written_on=figures.as_of_on,
        heading=speech["payoff.heading"],
        reference=figures.account_number,
        paragraphs=(
            speech.say(
                "payoff.total" if figures.total_cents > 0 else "payoff.nothing",
                account=figures.account_number,
                address=address or "–",
                total=speech.money(abs(figures.total_cents)),
                date=speech.date(figures.good_through_on),
            ),
            *_caveats(figures, policies, speech),
        ),
        table=_table(figures, speech),
        closing=(speech["payoff.closing"],),
        signature=(signer, district.name),
    )


def _table(figures: PayoffOut, speech: Words) -> LetterTable:
    balance = speech.say("payoff.balance", date=speech.date(figures.as_of_on))
    total = speech.say("payoff.sum", date=speech.date(figures.good_through_on))
    rows = [
        (balance, speech.money(figures.balance_cents)),
        *((_unbilled(part, speech), _estimate(part, speech)) for part in figures.unbilled),
        (total, speech.money(figures.total_cents)),
    ]
    head = (speech["payoff.what"], speech["payoff.amount"])
    return LetterTable(head, tuple(rows), right=(1,))


def _unbilled(part: UnbilledOut, speech: Words) -> str:
    return speech.say(
        "payoff.unbilled",
        service=speech.service(part.service),
        start=speech.date(part.from_on),
        end=speech.date(part.to_on - timedelta(days=1)),
        days=str(part.days),
    )


def _estimate(part: UnbilledOut, speech: Words) -> str:
    if part.estimate_cents is None:
        return speech["payoff.not_estimated"]
    return speech.money(part.estimate_cents)


def _caveats(figures: PayoffOut, policies: Policies, speech: Words) -> list[str]:
    said = []
    if figures.unbilled:
        said.append(speech["payoff.estimates"])
    if any(part.estimate_cents is None for part in figures.unbilled):
        said.append(speech["payoff.first_bill"])
    said.append(speech["payoff.later"])
    citation = policies.regime.later_tenant
    said.append(speech["payoff.tenant"] + (f" ({citation})" if citation else "") + ".")
    return said
