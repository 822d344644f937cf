"""From the facts of a chunk's accounts to bills, segments and lines. Pure and repeatable.

An account that cannot be billed whole becomes an exception with a plain reason and stops nobody.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import structlog

from curbstop.billing.bills.models import BillKind
from curbstop.billing.bills.rating import facts_of
from curbstop.billing.runs.allowances import Part, share_allowances
from curbstop.billing.runs.ids import bill_id, bill_number
from curbstop.billing.runs.models import ExceptionCode, RunKind, Severity
from curbstop.billing.runs.periods import Billable, Rates, billable
from curbstop.billing.runs.values import (
    AccountFacts,
    AgreementFacts,
    Charged,
    ChunkResult,
    Priced,
    RunTerms,
    Trouble,
)
from curbstop.kernel.dates import Period
from curbstop.rates.engine.errors import RatingError
from curbstop.rates.engine.inputs import RatingInput, sort_attributes
from curbstop.readings.consumption.quantities import Consumption, Method

log = structlog.get_logger("curbstop.billing")
_SERVICE_ORDER = ("water", "irrigation", "recycled", "sewer", "fire", "other")


class CannotBillError(Exception):
    """Carries the trouble that keeps an account from being billed."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.reason)
        self.trouble = trouble


def build_chunk(
    terms: RunTerms,
    rates: Rates,
    accounts: Sequence[AccountFacts],
    chunk: int,
    first_place: int,
) -> ChunkResult:
    """Bill every account of the chunk; `first_place` is the place in the run of its first."""
    result = ChunkResult()
    for ordinal, account in enumerate(accounts):
        try:
            _build_account(terms, rates, account, chunk, ordinal, first_place + ordinal, result)
        except CannotBillError as refused:
            result.troubles.append(refused.trouble)
        except Exception:
            log.exception("account failed", account=account.number, run=terms.number)
            reason = "The calculation failed on this account; the cause is in the log"
            trouble = Trouble(account.account_id, None, ExceptionCode.DEFECT, reason)
            result.troubles.append(trouble)
    return result


def _build_account(
    terms: RunTerms,
    rates: Rates,
    account: AccountFacts,
    chunk: int,
    ordinal: int,
    place: int,
    result: ChunkResult,
) -> None:
    new_id = bill_id(terms.run_id, place, account.account_id)
    segments: list[tuple[Any, ...]] = []
    charges: list[Charged] = []
    parts = _billable_parts(terms, rates, account)
    cents, line = 0, 1
    for agreement, part in parts:
        bill = _rating_input(rates, account, agreement, part)
        priced = _priced(rates, account, agreement, bill)
        segments.append(_segment_row(new_id, agreement, part, bill))
        charges.append(Charged(new_id, line, agreement.agreement_id, priced))
        cents += priced.cents
        line += len(priced.lines)
    billed = [part for _, part in parts]
    estimated = any(part.estimated for part in billed)
    period = Period(min(p.period.start for p in billed), max(p.period.end for p in billed))
    result.bills.append(
        (
            *(new_id, bill_number(terms.number, place), terms.run_id, chunk, ordinal),
            *(account.account_id, account.account_class, _kind(terms, billed)),
            *(period.start, period.end, terms.bill_on, terms.due_on),
            *(cents, line - 1, estimated),
        )
    )
    result.segments += segments
    result.charges += charges
    result.cents += cents
    result.troubles += _warnings(account.account_id, cents, estimated=estimated)


def _billable_parts(terms: RunTerms, rates: Rates, account: AccountFacts) -> Sequence[Part]:
    parts: list[Part] = []
    for agreement in sorted(account.agreements, key=_in_order):
        part = billable(terms, rates, account.account_id, agreement)
        if isinstance(part, Trouble):
            raise CannotBillError(part)
        if part is not None:
            parts.append((agreement, part))
    if not parts:
        reason = f"No service is unbilled before {terms.calendar.end}"
        code = ExceptionCode.NOTHING_TO_BILL
        raise CannotBillError(Trouble(account.account_id, None, code, reason))
    if len(parts) == 1:
        return parts
    shared = share_allowances(account.account_id, parts)
    if isinstance(shared, Trouble):
        raise CannotBillError(shared)
    return shared


def _in_order(agreement: AgreementFacts) -> tuple[int, UUID]:
    return _SERVICE_ORDER.index(agreement.service), agreement.agreement_id


def _rating_input(
    rates: Rates, account: AccountFacts, agreement: AgreementFacts, part: Billable
) -> RatingInput:
    constant, dated = sort_attributes(agreement.attributes, part.period)
    constant.setdefault("class", account.account_class)
    return RatingInput(
        rate_code=agreement.rate_code,
        period=part.period,
        cycle=part.cycle,
        quantity=part.quantity or Decimal(0),
        unit=part.unit,
        attributes=constant,
        dated=dated,
        winter_average=agreement.winter_average,
        evapotranspiration=rates.evapotranspiration(agreement.zone, part.period),
        events={"opened": agreement.from_on},
    )


def _priced(
    rates: Rates, account: AccountFacts, agreement: AgreementFacts, bill: RatingInput
) -> Priced:
    try:
        return rates.price(bill, agreement.share)
    except RatingError as refused:
        reason = f"{agreement.service.capitalize()} cannot be priced: {refused.detail}"
        code = ExceptionCode.CANNOT_PRICE
        trouble = Trouble(account.account_id, agreement.agreement_id, code, reason)
        raise CannotBillError(trouble) from refused


def _segment_row(
    new_id: UUID, agreement: AgreementFacts, part: Billable, bill: RatingInput
) -> tuple[Any, ...]:
    cycle = part.cycle
    return (
        *(new_id, agreement.agreement_id, agreement.service, agreement.service_point_id),
        *(agreement.rate_code, part.period.start, part.period.end),
        *((cycle.start, cycle.end) if cycle else (None, None)),
        *(part.quantity, part.unit, part.estimated),
        *(proof(part.consumption), facts_of(bill, agreement.share)),
    )


def proof(consumption: Consumption | None) -> list[dict[str, Any]]:
    """The reads behind a quantity, as plain JSON; one entry a register of each meter."""
    if consumption is None:
        return []
    return [
        {
            "serial": part.serial,
            "register": part.register.number,
            "from_on": str(part.from_read.read_on),
            "from": str(part.from_read.value),
            "from_method": part.from_read.method,
            "to_on": str(part.to_read.read_on),
            "to": str(part.to_read.value),
            "to_method": part.to_read.method,
            "rollovers": part.rollovers,
            "multiplier": str(part.register.multiplier),
            "quantity": str(part.quantity.value),
            "unit": part.quantity.unit,
            "estimated": part.method is Method.ESTIMATED,
        }
        for part in consumption.parts
    ]


def _kind(terms: RunTerms, parts: Sequence[Billable]) -> BillKind:
    if all(part.final for part in parts):
        return BillKind.FINAL
    if all(part.first for part in parts):
        return BillKind.FIRST
    return BillKind.REGULAR if terms.kind is RunKind.REGULAR else BillKind.OFF_CYCLE


def _warnings(account_id: UUID, cents: int, *, estimated: bool) -> list[Trouble]:
    found = []
    if estimated:
        code, reason = ExceptionCode.ESTIMATED, "The bill rests on an estimated read"
        found.append(Trouble(account_id, None, code, reason, Severity.WARN))
    if cents < 0:
        code, reason = ExceptionCode.CREDIT, "The charges come to a credit"
        found.append(Trouble(account_id, None, code, reason, Severity.WARN))
    return found
