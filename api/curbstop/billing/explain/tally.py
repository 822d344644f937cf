"""What a re-rating finds, gathered bill by bill: by class, by use, the largest increases. Pure."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from heapq import heappush, heappushpop
from itertools import count
from typing import NamedTuple
from uuid import UUID

from curbstop.billing.explain.schemas import (
    DistributionOut,
    GroupChange,
    LargestChange,
    Refusal,
    RerateResult,
)
from curbstop.rates.engine.distribution import Change, distribution

REFUSALS_KEPT = 20
LARGEST_KEPT = 50
# Upper ends of the bands of use in a bill, in HCF; an edge belongs to the band below it.
BAND_EDGES = (0, 5, 10, 20, 40, 80)


class RatedBill(NamedTuple):
    """A bill that was priced again. `hcf` None when no metered service is concerned."""

    bill_id: UUID
    account_id: UUID
    account_number: str
    account_class: str
    hcf: Decimal | None
    change: Change


def band_of(hcf: Decimal | None) -> tuple[int, str]:
    """Order and name of a band: `0`, `up to 5`, `5 to 10`, …, `over 80`, `not metered`."""
    if hcf is None:
        return len(BAND_EDGES) + 1, "not metered"
    for place, edge in enumerate(BAND_EDGES):
        if hcf <= edge:
            low = BAND_EDGES[place - 1] if place else 0
            return place, f"{low} to {edge}" if low else f"up to {edge}" if edge else "0"
    return len(BAND_EDGES), f"over {BAND_EDGES[-1]}"


@dataclass(slots=True)
class Tally:
    """What the re-rating found so far; its memory is a change a bill and the largest few."""

    changes: list[Change] = field(default_factory=list)
    by_class: defaultdict[str, list[Change]] = field(default_factory=lambda: defaultdict(list))
    by_band: defaultdict[tuple[int, str], list[Change]] = field(
        default_factory=lambda: defaultdict(list)
    )
    refused: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    _largest: list[tuple[int, int, RatedBill]] = field(default_factory=list)
    _entered: "count[int]" = field(default_factory=count)

    def refuse(self, bill_id: UUID, reason: str) -> None:
        """A bill that these versions cannot price."""
        self.refused += 1
        if len(self.refusals) < REFUSALS_KEPT:
            self.refusals.append(Refusal(bill_id=bill_id, reason=reason))

    def add(self, bill: RatedBill) -> None:
        """A bill before and after."""
        self.changes.append(bill.change)
        self.by_class[bill.account_class].append(bill.change)
        self.by_band[band_of(bill.hcf)].append(bill.change)
        if bill.change.cents <= 0:
            return
        entry = (bill.change.cents, -next(self._entered), bill)
        if len(self._largest) < LARGEST_KEPT:
            heappush(self._largest, entry)
        else:
            heappushpop(self._largest, entry)

    def result(self) -> RerateResult:
        """The whole, its parts, and who pays most more."""
        return RerateResult(
            distribution=DistributionOut.model_validate(
                distribution(self.changes), from_attributes=True
            ),
            by_class=[_group(name, changes) for name, changes in sorted(self.by_class.items())],
            by_band=[_group(name, changes) for (_, name), changes in sorted(self.by_band.items())],
            largest=[_largest(bill) for _, _, bill in sorted(self._largest, reverse=True)],
            refused=self.refused,
            refusals=self.refusals,
        )


def _group(name: str, changes: list[Change]) -> GroupChange:
    found = distribution(changes)
    return GroupChange(
        name=name,
        bills=found.bills,
        before_cents=found.before_cents,
        after_cents=found.after_cents,
        winners=found.winners,
        losers=found.losers,
        median_cents=found.percentiles[50],
        highest_cents=found.highest_cents,
    )


def _largest(bill: RatedBill) -> LargestChange:
    return LargestChange(
        bill_id=bill.bill_id,
        account_id=bill.account_id,
        account_number=bill.account_number,
        account_class=bill.account_class,
        hcf=bill.hcf,
        before_cents=bill.change.before_cents,
        after_cents=bill.change.after_cents,
        change_cents=bill.change.cents,
    )
