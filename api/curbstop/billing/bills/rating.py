"""From the facts of an agreement to priced lines, and back again from what a segment kept. Pure.

A segment keeps what the engine was given (`facts_of`), so that a posted bill can be explained, and
a past period priced under other rates, without asking the present for the past.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from curbstop.kernel.dates import Period
from curbstop.kernel.money import split_cents
from curbstop.kernel.units import Unit
from curbstop.rates.engine.catalog import Catalog
from curbstop.rates.engine.inputs import Dated, RatingInput
from curbstop.rates.engine.lines import RatedLine
from curbstop.rates.engine.rate import rate


@dataclass(frozen=True, slots=True)
class Share:
    """A place among those who share a meter: `weights` in hundredths of a percent, all of them."""

    weights: tuple[int, ...]
    place: int


def rate_shared(catalog: Catalog, bill: RatingInput, share: Share | None) -> list[RatedLine]:
    """The lines of one agreement; of a shared meter, its part of each line.

    The parts of all who share sum to the line exactly (largest remainder, ties to the earlier).
    Raises RatingError.
    """
    lines = rate(catalog, bill)
    if share is None:
        return lines
    return [
        line._replace(amount_cents=split_cents(line.amount_cents, share.weights)[share.place])
        for line in lines
    ]


def facts_of(bill: RatingInput, share: Share | None) -> dict[str, Any]:
    """What a segment keeps of its rating, as plain JSON; what is empty is left out."""
    facts: dict[str, Any] = {"attributes": dict(bill.attributes)}
    if bill.dated:
        facts["dated"] = {
            name: [[str(v.from_on), None if v.to_on is None else str(v.to_on), v.value] for v in of]
            for name, of in bill.dated.items()
        }
    if bill.winter_average is not None:
        facts["winter_average"] = str(bill.winter_average)
    if bill.evapotranspiration is not None:
        facts["evapotranspiration"] = str(bill.evapotranspiration)
    if bill.events:
        facts["events"] = {name: str(day) for name, day in bill.events.items()}
    if share is not None:
        facts["share"] = {"weights": list(share.weights), "place": share.place}
    return facts


def share_from(facts: Mapping[str, Any]) -> Share | None:
    """The share that a segment kept, or None for a meter of its own."""
    kept = facts.get("share")
    return None if kept is None else Share(tuple(kept["weights"]), kept["place"])


def input_from(
    rate_code: str,
    period: Period,
    cycle: Period | None,
    quantity: Decimal | None,
    unit: str | None,
    facts: Mapping[str, Any],
) -> RatingInput:
    """The rating input that a segment was priced with."""
    return RatingInput(
        rate_code=rate_code,
        period=period,
        cycle=cycle,
        quantity=quantity or Decimal(0),
        unit=None if unit is None else Unit(unit),
        attributes=facts["attributes"],
        dated={name: [_dated(v) for v in values] for name, values in _of(facts, "dated").items()},
        winter_average=_decimal(facts.get("winter_average")),
        evapotranspiration=_decimal(facts.get("evapotranspiration")),
        events={name: date.fromisoformat(day) for name, day in _of(facts, "events").items()},
    )


def _of(facts: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    kept: Mapping[str, Any] = facts.get(name, {})
    return kept


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _dated(row: Sequence[Any]) -> Dated:
    from_on, to_on, value = row
    return Dated(
        date.fromisoformat(from_on), None if to_on is None else date.fromisoformat(to_on), value
    )
