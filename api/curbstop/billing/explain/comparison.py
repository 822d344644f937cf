"""Why a bill is higher than another: days, use, price and the rest, exact to the cent. Pure.

Each service that both bills have is priced in four steps, from the earlier bill to the later one,
with one thing changed at a time:

    t0  the earlier bill as it stands
    t1  its rates and facts, as many days as the later bill, the same use a day     days  = t1 − t0
    t2  the later bill's use                                                        use   = t2 − t1
    t3  the later bill's days on the calendar, hence its rates and season           price = t3 − t2
        the later bill as it stands (its own facts: meter size, class, budget …)    other = rest

Every step is priced by the engine that made the bills, in whole cents, so the parts sum exactly to
the difference. A service on one bill only, or a step that cannot be priced, is `other`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple
from uuid import UUID

from curbstop.billing.bills.rating import Share, rate_shared
from curbstop.kernel.dates import Period
from curbstop.rates.engine.catalog import Catalog
from curbstop.rates.engine.errors import RatingError
from curbstop.rates.engine.inputs import RatingInput

_MICRO = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class PricedSegment:
    """An agreement's part of a bill: what it was rated from and what it came to."""

    agreement_id: UUID
    service: str
    bill: RatingInput
    share: Share | None
    cents: int


class Difference(NamedTuple):
    """The parts of a difference in cents; their sum is the difference."""

    days: int
    use: int
    price: int
    other: int

    @property
    def total(self) -> int:
        """Later minus earlier."""
        return sum(self)


def compare(
    catalog: Catalog, earlier: Sequence[PricedSegment], later: Sequence[PricedSegment]
) -> Difference:
    """Split the difference of two bills. The catalog holds the versions of both."""
    total = Difference(0, 0, 0, 0)
    for before, after in _pairs(earlier, later):
        total = _add(total, _difference(catalog, before, after))
    return total


def _add(a: Difference, b: Difference) -> Difference:
    return Difference(*(x + y for x, y in zip(a, b, strict=True)))


def _pairs(
    earlier: Sequence[PricedSegment], later: Sequence[PricedSegment]
) -> list[tuple[PricedSegment | None, PricedSegment | None]]:
    """By agreement, then by service (a new agreement at the same place), the rest alone."""
    left = list(earlier)
    pairs: list[tuple[PricedSegment | None, PricedSegment | None]] = []
    unmatched = []
    for after in later:
        match = next((s for s in left if s.agreement_id == after.agreement_id), None)
        if match is None:
            unmatched.append(after)
        else:
            left.remove(match)
            pairs.append((match, after))
    for after in unmatched:
        match = next((s for s in left if s.service == after.service), None)
        if match is not None:
            left.remove(match)
        pairs.append((match, after))
    return [*pairs, *((before, None) for before in left)]


def _difference(
    catalog: Catalog, before: PricedSegment | None, after: PricedSegment | None
) -> Difference:
    if before is None or after is None:
        cents = (after.cents if after else 0) - (before.cents if before else 0)
        return Difference(0, 0, 0, cents)
    try:
        longer = _total(catalog, before, _stretched(before.bill, after.bill))
        wetter = _total(catalog, before, _with_use(before.bill, after.bill))
        dearer = _total(catalog, before, _on_days(before.bill, after.bill))
    except RatingError:
        return Difference(0, 0, 0, after.cents - before.cents)
    return Difference(longer - before.cents, wetter - longer, dearer - wetter, after.cents - dearer)


def _total(catalog: Catalog, segment: PricedSegment, bill: RatingInput) -> int:
    return sum(line.amount_cents for line in rate_shared(catalog, bill, segment.share))


def _anchored(before: RatingInput, after: RatingInput) -> RatingInput:
    """The earlier bill with the length of the later one, from the earlier one's first day."""
    start = before.period.start
    period = Period(start, start + timedelta(days=after.period.days))
    cycle = None
    if after.cycle is not None:
        cycle = Period(start, start + timedelta(days=after.cycle.days))
    return replace(before, period=period, cycle=cycle, measured=())


def _stretched(before: RatingInput, after: RatingInput) -> RatingInput:
    days = before.period.days
    used = before.quantity * after.period.days / days if days else before.quantity
    same_length = days == after.period.days
    quantity = before.quantity if same_length else used.quantize(_MICRO, rounding=ROUND_HALF_UP)
    return replace(_anchored(before, after), quantity=quantity)


def _with_use(before: RatingInput, after: RatingInput) -> RatingInput:
    return replace(_anchored(before, after), quantity=after.quantity, unit=after.unit)


def _on_days(before: RatingInput, after: RatingInput) -> RatingInput:
    return replace(_with_use(before, after), period=after.period, cycle=after.cycle)
