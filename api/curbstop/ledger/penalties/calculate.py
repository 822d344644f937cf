"""Late penalties as arithmetic: simple, never on themselves, month by month.

Model: a basic percentage once, on what a bill still owes when it turns delinquent; then a recurring
percentage for every further month, on the open charge, or on charge and basic penalty (Gov. Code
61115(a)(3)(C), 54348). Recurring penalties bear none themselves.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from curbstop.kernel.dates import add_months
from curbstop.kernel.money import round_to_cents
from curbstop.ledger.penalties.models import PenaltyKind
from curbstop.policies.district import LateTerms


class DelinquentBill(NamedTuple):
    """What is open of one bill, and the penalties it has had: (kind, month) pairs."""

    account_id: UUID
    entry_id: UUID
    due_on: date
    charge_cents: int
    basic_cents: int
    charged: frozenset[tuple[PenaltyKind, int]]


class PenaltyDue(NamedTuple):
    """A penalty to charge. `month` is 0 for the basic one."""

    bill: DelinquentBill
    kind: PenaltyKind
    month: int
    base_cents: int
    percent: Decimal
    cents: int


@dataclass(frozen=True, slots=True)
class Ceilings:
    """What the law allows, in percent; None where the sections name no rate."""

    basic_percent: Decimal | None
    recurring_percent: Decimal | None
    citation: str


def delinquent_on(terms: LateTerms, due_on: date) -> date:
    """The first day on which a bill is delinquent: after its due date and the days of grace."""
    return due_on + timedelta(days=terms.grace_days + 1)


def months_delinquent(terms: LateTerms, due_on: date, as_of_on: date) -> int:
    """Whole months since the bill turned delinquent; -1 while it is not."""
    start = delinquent_on(terms, due_on)
    if as_of_on < start:
        return -1
    months = (as_of_on.year - start.year) * 12 + as_of_on.month - start.month
    return months if add_months(start, months) <= as_of_on else months - 1


def _basic(terms: LateTerms, base_cents: int) -> int:
    cents = round_to_cents(Decimal(base_cents) / 100 * terms.basic_percent / 100)
    cents = max(cents, terms.min_cents) if terms.basic_percent else cents
    return cents if terms.max_cents is None else min(cents, terms.max_cents)


def penalties_due(terms: LateTerms, bill: DelinquentBill, as_of_on: date) -> list[PenaltyDue]:
    """Every penalty that a bill has earned by a day and has not been charged yet.

    Months that no run charged are caught up, each on what is open now.
    """
    months = months_delinquent(terms, bill.due_on, as_of_on)
    if months < 0 or bill.charge_cents <= terms.least_balance_cents:
        return []
    due: list[PenaltyDue] = []
    basic_open = bill.basic_cents
    if (PenaltyKind.BASIC, 0) not in bill.charged:
        basic_open = _basic(terms, bill.charge_cents)
        base, percent = bill.charge_cents, terms.basic_percent
        due.append(PenaltyDue(bill, PenaltyKind.BASIC, 0, base, percent, basic_open))
    base = bill.charge_cents + (basic_open if terms.recurring_on_basic else 0)
    cents = round_to_cents(Decimal(base) / 100 * terms.recurring_percent / 100)
    due += [
        PenaltyDue(bill, PenaltyKind.RECURRING, month, base, terms.recurring_percent, cents)
        for month in range(1, months + 1)
        if (PenaltyKind.RECURRING, month) not in bill.charged
    ]
    return [penalty for penalty in due if penalty.cents > 0]


def ceiling_warnings(
    terms: LateTerms, ceilings: Ceilings, due: Collection[PenaltyDue] = ()
) -> list[str]:
    """Where the terms, or a penalty they make on a small bill, exceed what the law allows."""
    warnings = []
    for name, percent, ceiling in (
        ("basic penalty", terms.basic_percent, ceilings.basic_percent),
        ("recurring penalty a month", terms.recurring_percent, ceilings.recurring_percent),
    ):
        if ceiling is not None and percent > ceiling:
            warnings.append(
                f"the {name} of {percent:f} % is above the ceiling of {ceiling:f} %"
                f" ({ceilings.citation})"
            )
    if ceilings.basic_percent is not None:
        allowed = ceilings.basic_percent
        above = sum(
            penalty.kind is PenaltyKind.BASIC
            and penalty.cents > round_to_cents(Decimal(penalty.base_cents) / 100 * allowed / 100)
            for penalty in due
        )
        if above and terms.basic_percent <= allowed:
            warnings.append(
                f"the minimum lifts {above} basic penalties above {allowed:f} %"
                f" of their bills ({ceilings.citation})"
            )
    return warnings
