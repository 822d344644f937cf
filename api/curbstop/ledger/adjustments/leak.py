"""The leak adjustment: policy formula, caps and frequency, with the arithmetic in words.

Published practice (Calaveras CWD Ord. 2025-01: 50 % of the excess over the same period last year,
one bill, once in five years; Groveland CSD: excess at the base rate, once in 24 months). Each
number is a policy of the district.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from curbstop.kernel.dates import add_months
from curbstop.kernel.money import format_cents, round_to_cents
from curbstop.ledger.adjustments.schemas import LeakBill

BASELINES = {
    "same_season": "the same period last year",
    "average_12_months": "the average of twelve months",
    "previous_period": "the period before",
}


@dataclass(frozen=True, slots=True)
class LeakTerms:
    """The policy: percent of the excess credited, caps (0 is none), frequency, baseline."""

    percent: Decimal
    cap_cents: int
    months_between: int
    bills_most: int
    baseline: str


@dataclass(frozen=True, slots=True)
class LeakCredit:
    """What policy credits, how it was worked out, and why not, if not."""

    cents: int
    steps: tuple[str, ...]
    refusals: tuple[str, ...]


def excess_dollars(bill: LeakBill) -> tuple[Decimal, Decimal, list[str]]:
    """The excess over ordinary use, its price, and how: the dearest blocks hold the leak."""
    billed = sum((block.quantity for block in bill.blocks), Decimal(0))
    excess = max(billed - bill.ordinary, Decimal(0))
    left, dollars, parts = excess, Decimal(0), []
    for block in reversed(bill.blocks):
        taken = min(left, block.quantity)
        if taken:
            dollars += taken * block.price
            parts.append(f"{taken.normalize():f} × ${block.price:f}")
        left -= taken
    return excess, dollars, parts


def leak_credit(
    terms: LeakTerms,
    unit: str,
    bills: Sequence[LeakBill],
    earlier_on: Sequence[date],
    today: date,
    base_price: Decimal | None = None,
) -> LeakCredit:
    """What policy credits for a leak on these bills, rounded half-up bill by bill.

    Each bill: excess = billed − ordinary use, priced from its dearest block down. Credited is the
    policy's percent of that, or with `base_price` what the excess cost above that price. The sum is
    cut at the cap. `earlier_on` are the days of earlier leak adjustments.
    """
    refusals = _refusals(terms, bills, earlier_on, today)
    steps, total = [], 0
    for bill in bills[: terms.bills_most]:
        excess, dollars, parts = excess_dollars(bill)
        source = bill.ordinary_from or BASELINES[terms.baseline]
        ordinary = f"{bill.ordinary.normalize():f} {unit} ({source})"
        if not excess:
            steps.append(f"{bill.label}: use is not above {ordinary}; no credit")
            continue
        steps.append(
            f"{bill.label}: excess over {ordinary} is {excess.normalize():f} {unit}:"
            f" {' + '.join(parts)} = ${dollars.normalize():f}"
        )
        if base_price is None:
            cents = round_to_cents(dollars * terms.percent / 100)
            steps.append(f"  {terms.percent:f} % of it = {format_cents(cents)}")
        else:
            cents = max(round_to_cents(dollars - excess * base_price), 0)
            steps.append(
                f"  less {excess.normalize():f} × ${base_price:f} at the base price"
                f" = {format_cents(cents)}"
            )
        total += cents
    if terms.cap_cents and total > terms.cap_cents:
        steps.append(f"{format_cents(total)} is cut at the cap of {format_cents(terms.cap_cents)}")
        total = terms.cap_cents
    steps.append(f"Credit {format_cents(total)}")
    return LeakCredit(0 if refusals else total, tuple(steps), tuple(refusals))


def _refusals(
    terms: LeakTerms, bills: Sequence[LeakBill], earlier_on: Sequence[date], today: date
) -> list[str]:
    refusals = []
    recent = [on for on in earlier_on if add_months(on, terms.months_between) > today]
    if recent:
        again = add_months(max(recent), terms.months_between)
        refusals.append(
            f"a leak was credited on {max(recent)}; policy allows one in"
            f" {terms.months_between} months, again from {again}"
        )
    if len(bills) > terms.bills_most:
        refusals.append(f"{len(bills)} bills; policy covers {terms.bills_most} for one leak")
    return refusals
