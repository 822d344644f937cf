"""How a change of rates falls on the customers: winners, losers, percentiles, histogram."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

PERCENTILES = (5, 10, 25, 50, 75, 90, 95)
BUCKET_CENTS = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 100_000)
BUCKETS_WANTED = 24


@dataclass(frozen=True, slots=True)
class Change:
    """One bill under the old and the new rates."""

    before_cents: int
    after_cents: int

    @property
    def cents(self) -> int:
        return self.after_cents - self.before_cents


@dataclass(frozen=True, slots=True)
class Bucket:
    """Changes in `[from_cents, to_cents)`."""

    from_cents: int
    to_cents: int
    bills: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """`percentiles` maps 5, 10 … 95 to cents (nearest rank); losers pay more than before."""

    bills: int
    before_cents: int
    after_cents: int
    winners: int
    losers: int
    unchanged: int
    lowest_cents: int
    highest_cents: int
    percentiles: dict[int, int]
    buckets: tuple[Bucket, ...]


def distribution(changes: Sequence[Change]) -> Distribution:
    """Summarize the changes of a re-rated period. No changes make a distribution of zeros."""
    cents = sorted(change.cents for change in changes)
    return Distribution(
        bills=len(cents),
        before_cents=sum(change.before_cents for change in changes),
        after_cents=sum(change.after_cents for change in changes),
        winners=sum(value < 0 for value in cents),
        losers=sum(value > 0 for value in cents),
        unchanged=sum(value == 0 for value in cents),
        lowest_cents=cents[0] if cents else 0,
        highest_cents=cents[-1] if cents else 0,
        percentiles={percent: _nearest_rank(cents, percent) for percent in PERCENTILES},
        buckets=_buckets(cents),
    )


def _nearest_rank(ordered: Sequence[int], percent: int) -> int:
    if not ordered:
        return 0
    return ordered[max(-(-len(ordered) * percent // 100), 1) - 1]


def _buckets(ordered: Sequence[int]) -> tuple[Bucket, ...]:
    """Even buckets that begin on whole multiples of their width, so zero is always an edge.

    The width suits the middle 90 % of the changes; the outermost buckets take the few beyond.
    """
    if not ordered:
        return ()
    low, high = _nearest_rank(ordered, 5), _nearest_rank(ordered, 95)
    fits = (width for width in BUCKET_CENTS if (high - low) // width < BUCKETS_WANTED)
    width = next(fits, (high - low) // BUCKETS_WANTED + 1)
    first, last = low // width * width, high // width * width
    edges = list(range(first, last + 2 * width, width))
    edges[0] = min(edges[0], ordered[0])
    edges[-1] = max(edges[-1], ordered[-1] + 1)
    counts = [0] * (len(edges) - 1)
    for value in ordered:
        counts[bisect_right(edges, value) - 1] += 1
    return tuple(Bucket(edges[i], edges[i + 1], count) for i, count in enumerate(counts))
