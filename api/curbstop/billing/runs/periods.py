"""Which days of an agreement a run bills, and with how much water. Pure.

Metered charges run from read to read, others by the calendar. Billing begins where the last bill
ended, so a skipped cycle is caught up and no day is billed twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from curbstop.billing.bills.rating import Share, rate_shared
from curbstop.billing.runs.models import ExceptionCode, RunKind
from curbstop.billing.runs.values import AgreementFacts, Priced, RunTerms, Trouble
from curbstop.kernel.dates import Period
from curbstop.kernel.units import Unit
from curbstop.rates.declarations.queries import inches_in
from curbstop.rates.engine.catalog import Catalog
from curbstop.rates.engine.inputs import RatingInput
from curbstop.rates.engine.rate import total_cents
from curbstop.readings.consumption.quantities import Block, Consumption, Method

FIRST_TOLERANCE_DAYS = 5
"""A first bill that begins this close to the calendar's period still pays whole charges."""

NET_OF_DEDUCTIONS = frozenset({"sewer"})
"""Services priced on what remains after deduct meters: that water never reached the sewer."""

PRICED_KEPT = 8_192
"""Priced agreements to remember: sizes, classes and uses come again and again, days do not."""

_CODES = {
    Block.MISSING_START: ExceptionCode.NO_READ,
    Block.MISSING_END: ExceptionCode.NO_READ,
    Block.OPEN_REVIEW: ExceptionCode.OPEN_REVIEW,
}


@dataclass(frozen=True, slots=True)
class Billable:
    """What is billed of one agreement. `cycle` is the whole cycle period when this is a part."""

    period: Period
    cycle: Period | None
    quantity: Decimal | None
    unit: Unit | None
    consumption: Consumption | None
    estimated: bool
    first: bool
    final: bool


class Rates:
    """A catalog, which of its rate codes price measured water, and the weather.

    `inches` is evapotranspiration by zone and by the month's first day.
    """

    def __init__(
        self, catalog: Catalog, inches: Mapping[str, Mapping[date, Decimal]] | None = None
    ) -> None:
        self.catalog = catalog
        self.inches = inches or {}
        self._priced: dict[tuple[object, ...], Priced] = {}
        self.measured = {
            code: any(c.uses_water for version in tariff.versions for c in version.components)
            for code, tariff in catalog.tariffs.items()
        }

    def price(self, bill: RatingInput, share: Share | None) -> Priced:
        """The lines of one agreement, those of its like when they are known. Raises RatingError."""
        key = None if share else self.catalog.key(bill)
        if key is None:
            return _priced(self.catalog, bill, share)
        found = self._priced.get(key)
        if found is None:
            found = _priced(self.catalog, bill, None)
            if len(self._priced) >= PRICED_KEPT:
                self._priced.clear()
            self._priced[key] = found
        return found

    def evapotranspiration(self, zone: str, period: Period) -> Decimal | None:
        """Inches over the period, each month's by its days; None when a month is not known."""
        months = self.inches.get(zone)
        return None if months is None else inches_in(months, period)


def _priced(catalog: Catalog, bill: RatingInput, share: Share | None) -> Priced:
    lines = rate_shared(catalog, bill, share)
    return Priced(lines, total_cents(lines))


def window(terms: RunTerms, agreement: AgreementFacts) -> Period | None:
    """From the first unbilled day to the last day whose reads count; None when there is none."""
    end = terms.through_on
    if agreement.to_on is not None and agreement.to_on <= end:
        end = agreement.to_on
    return Period(agreement.starts_on, end) if agreement.starts_on < end else None


def billable(
    terms: RunTerms, rates: Rates, account_id: UUID, agreement: AgreementFacts
) -> Billable | Trouble | None:
    """What the run bills of an agreement, why it cannot, or None when no day is unbilled."""
    if agreement.other_run is not None:
        code, number = ExceptionCode.OTHER_RUN, agreement.other_run
        reason = f"Run {number} bills this service already and is not posted; post or discard it"
        return Trouble(account_id, agreement.agreement_id, code, reason)
    measured = rates.measured.get(agreement.rate_code)
    if measured is None:
        reason = f"No approved tariff has the rate code {agreement.rate_code}"
        return Trouble(account_id, agreement.agreement_id, ExceptionCode.NO_TARIFF, reason)
    if measured:
        return _metered(terms, account_id, agreement)
    return _by_calendar(terms, agreement)


def _by_calendar(terms: RunTerms, agreement: AgreementFacts) -> Billable | None:
    end = min(terms.calendar.end, agreement.to_on or date.max)
    if agreement.to_on is not None and agreement.to_on <= terms.through_on:
        end = agreement.to_on  # it ended in the reading window: final, like its metered neighbour
    if agreement.starts_on >= end:
        return None
    period = Period(agreement.starts_on, end)
    final = agreement.to_on is not None and end == agreement.to_on
    cycle = _cycle(terms, agreement, period, final=final)
    first = agreement.billed_to is None
    return Billable(period, cycle, None, None, None, estimated=False, first=first, final=final)


def _metered(
    terms: RunTerms, account_id: UUID, agreement: AgreementFacts
) -> Billable | Trouble | None:
    reach = window(terms, agreement)
    if reach is None:
        return None
    consumption = agreement.consumption
    service = agreement.service.capitalize()
    if consumption is None or consumption.blocked_by:
        block = consumption.block if consumption else None
        why = (consumption.blocked_by if consumption else None) or "no reads were found"
        code = _CODES.get(block, ExceptionCode.CONSUMPTION) if block else ExceptionCode.NO_READ
        return Trouble(account_id, agreement.agreement_id, code, f"{service}: {why}")
    period = consumption.period
    final = agreement.to_on is not None and period.end == agreement.to_on
    early = terms.read_from is not None and period.end < terms.read_from
    if early and not final:
        reason = f"{service}: the last read is of {period.end}, reading began {terms.read_from}"
        return Trouble(account_id, agreement.agreement_id, ExceptionCode.NO_READ, reason)
    if agreement.to_on is not None and agreement.to_on <= terms.through_on and not final:
        reason = f"{service}: it ended on {agreement.to_on} and has no read on that day"
        return Trouble(account_id, agreement.agreement_id, ExceptionCode.NO_READ, reason)
    net = agreement.service in NET_OF_DEDUCTIONS
    quantity = consumption.after_deductions if net else consumption.quantity
    return Billable(
        period=period,
        cycle=_cycle(terms, agreement, period, final=final),
        quantity=quantity.value,
        unit=quantity.unit,
        consumption=consumption,
        estimated=consumption.method is Method.ESTIMATED,
        first=agreement.billed_to is None,
        final=final,
    )


def _cycle(
    terms: RunTerms, agreement: AgreementFacts, period: Period, *, final: bool
) -> Period | None:
    """The calendar's period when this is not about one of it; then charges go by days.

    Reading days wander, so a regular period of half to one and a half times the calendar's counts
    as one. A first bill is whole when it begins within FIRST_TOLERANCE_DAYS; a final or off-cycle
    one never is.
    """
    calendar = terms.calendar
    whole = calendar.days <= 2 * period.days <= 3 * calendar.days
    if agreement.billed_to is None:
        whole = whole and abs((period.start - calendar.start).days) <= FIRST_TOLERANCE_DAYS
    if whole and not final and terms.kind is RunKind.REGULAR:
        return None
    return calendar
