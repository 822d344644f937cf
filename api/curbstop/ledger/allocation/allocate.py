"""The pure allocator: which credit pays which item, by an order that is data.

The same items, credits and order always give the same applications, so a past allocation can be
played again under the version of the order that was in force.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class OrderKey(StrEnum):
    """One criterion of the order; earlier keys decide before later ones."""

    OLDEST_DUE = "oldest_due"
    OLDEST_POSTED = "oldest_posted"
    GROUP_PRIORITY = "group_priority"
    PENALTIES_FIRST = "penalties_first"
    PENALTIES_LAST = "penalties_last"
    SMALLEST = "smallest"


@dataclass(frozen=True, slots=True)
class Order:
    """A version of the allocation order.

    `groups` name charge groups, funds or kinds of item, whichever fits an item first; what it does
    not list comes last.
    """

    keys: tuple[OrderKey, ...]
    groups: tuple[str, ...]


class OpenAmount(NamedTuple):
    """What is left of an item: cents > 0 of a debt, cents < 0 of a credit."""

    id: UUID
    kind: str
    charge_group: str | None
    fund: str | None
    due_on: date
    posted_on: date
    cents: int


class Allocation(NamedTuple):
    """`cents` of the credit pay the item."""

    credit_id: UUID
    item_id: UUID
    cents: int


def _rank(order: Order) -> Callable[[OpenAmount], tuple[object, ...]]:
    last = len(order.groups)
    place: dict[str | None, int] = {name: number for number, name in enumerate(order.groups)}
    by_key: Mapping[OrderKey, Callable[[OpenAmount], object]] = {
        OrderKey.OLDEST_DUE: lambda item: item.due_on,
        OrderKey.OLDEST_POSTED: lambda item: item.posted_on,
        OrderKey.GROUP_PRIORITY: lambda item: next(
            (place[name] for name in (item.charge_group, item.fund, item.kind) if name in place),
            last,
        ),
        OrderKey.PENALTIES_FIRST: lambda item: item.kind != "penalty",
        OrderKey.PENALTIES_LAST: lambda item: item.kind == "penalty",
        OrderKey.SMALLEST: lambda item: item.cents,
    }
    steps = [by_key[key] for key in order.keys]
    # Ids are time-ordered, so the last word goes to what was entered first.
    return lambda item: (*(step(item) for step in steps), item.id.bytes)


def allocate(
    items: Sequence[OpenAmount], unused: Sequence[OpenAmount], order: Order
) -> list[Allocation]:
    """Pay items in order, oldest credit first, until one side is used up.

    `items` carry cents > 0 and `unused` credits cents < 0, as they stand open; what is not
    allocated of a credit stays to the account's credit.
    """
    queue = sorted(items, key=_rank(order))
    sources = sorted(unused, key=lambda credit: (credit.posted_on, credit.id.bytes))
    allocations: list[Allocation] = []
    place, left = 0, queue[0].cents if queue else 0
    for credit in sources:
        left_over = -credit.cents
        while left_over > 0 and place < len(queue):
            paid = min(left_over, left)
            allocations.append(Allocation(credit.id, queue[place].id, paid))
            left_over -= paid
            left -= paid
            if left == 0:
                place += 1
                left = queue[place].cents if place < len(queue) else 0
    return allocations
