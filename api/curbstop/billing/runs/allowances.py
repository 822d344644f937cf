"""Several meters of one account under one allowance, as a multi-meter policy has it. Pure.

Agreements of an account that share a rate code and the rating attribute `allowance` are one
property to the tiers: their water is priced together on the first, the others pay their fixed
charges. Each keeps its own reads as proof; the first shows them all.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from curbstop.billing.runs.models import ExceptionCode
from curbstop.billing.runs.periods import Billable
from curbstop.billing.runs.values import AgreementFacts, Trouble

ATTRIBUTE = "allowance"

Part = tuple[AgreementFacts, Billable]


def share_allowances(account_id: UUID, parts: Sequence[Part]) -> list[Part] | Trouble:
    """The parts with the water of each allowance on its first, or why it cannot be put together."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, (agreement, part) in enumerate(parts):
        name = _allowance(agreement, part)
        if name is not None and part.quantity is not None:
            groups[agreement.rate_code, name].append(place)
    shared = list(parts)
    for (_, name), places in groups.items():
        if len(places) < 2:
            continue
        first, *others = (parts[place] for place in places)
        for agreement, part in others:
            if (part.period, part.unit) != (first[1].period, first[1].unit):
                reason = f"The meters under the allowance {name} have other days or another unit"
                code = ExceptionCode.CANNOT_PRICE
                return Trouble(account_id, agreement.agreement_id, code, reason)
        shared[places[0]] = first[0], _together(first[1], [part for _, part in others])
        for place in places[1:]:
            agreement, part = parts[place]
            shared[place] = agreement, replace(part, quantity=Decimal(0))
    return shared


def _allowance(agreement: AgreementFacts, part: Billable) -> str | None:
    """The allowance in force on the last day that is billed."""
    last_on = part.period.end - timedelta(days=1)
    for name, value, from_on, to_on in agreement.attributes:
        if name == ATTRIBUTE and from_on <= last_on and (to_on is None or last_on < to_on):
            return value
    return None


def _together(first: Billable, others: Sequence[Billable]) -> Billable:
    consumptions = [part.consumption for part in (first, *others) if part.consumption]
    return replace(
        first,
        quantity=sum((part.quantity or Decimal(0) for part in (first, *others)), Decimal(0)),
        consumption=replace(
            consumptions[0], parts=tuple(read for one in consumptions for read in one.parts)
        ),
        estimated=any(part.estimated for part in (first, *others)),
    )
