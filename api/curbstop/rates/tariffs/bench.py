"""The test bench: typed usage priced under any version, drafts included."""

from decimal import Decimal
from uuid import UUID

from curbstop.kernel.dates import Period
from curbstop.kernel.errors import BadInput, FieldError
from curbstop.rates.engine import (
    Catalog,
    CompiledTariff,
    CompiledVersion,
    Dated,
    DateRange,
    RatedLine,
    RatingInput,
    explain,
    label,
    rate,
    total_cents,
)
from curbstop.rates.engine.segments import Declarations
from curbstop.rates.tariffs.schemas import PricedLineOut, PricedOut, UsageRequest

LONGEST_DAYS = 800


def billed_period(request: UsageRequest) -> Period:
    """The days to price. Raises BadInput when they run backward or past all reason."""
    if request.to_on < request.from_on:
        raise BadInput("the period ends before it starts", FieldError("/to_on", "before from_on"))
    if (request.to_on - request.from_on).days > LONGEST_DAYS:
        reason = f"more than {LONGEST_DAYS} days"
        raise BadInput("the period is too long", FieldError("/to_on", reason))
    return Period(request.from_on, request.to_on)


def rating_input(
    code: str, request: UsageRequest, declared: Declarations, quantity: Decimal | None = None
) -> RatingInput:
    """The engine's input for typed usage. Raises BadInput."""
    period = billed_period(request)
    cycle = None
    if request.cycle_from_on is not None and request.cycle_to_on is not None:
        if request.cycle_to_on <= request.cycle_from_on:
            error = FieldError("/cycle_to_on", "not after cycle_from_on")
            raise BadInput("the cycle period has no days", error)
        cycle = Period(request.cycle_from_on, request.cycle_to_on)
    declarations = declared
    if request.declarations is not None:
        declarations = {code: [DateRange(period.start, None)] for code in request.declarations}
    return RatingInput(
        rate_code=code,
        period=period,
        cycle=cycle,
        quantity=request.quantity if quantity is None else quantity,
        unit=request.unit,
        attributes=request.facts,
        dated={
            name: [Dated(fact.from_on, fact.to_on, fact.value) for fact in facts]
            for name, facts in request.dated_facts.items()
        },
        declarations=declarations,
        winter_average=request.winter_average,
        evapotranspiration=request.evapotranspiration,
    )


def priced(tariff: CompiledTariff, bill: RatingInput, version_id: UUID) -> PricedOut:
    """The lines with their explanations. Raises RatingError."""
    lines = rate(Catalog([tariff]), bill)
    version = tariff.versions[0]
    return PricedOut(
        version_id=version_id,
        lines=[line_out(line, version) for line in lines],
        total_cents=total_cents(lines),
    )


def line_out(line: RatedLine, version: CompiledVersion) -> PricedLineOut:
    """A line in both languages."""
    return PricedLineOut(
        component=line.component,
        label_en=label(line, version, "en"),
        label_es=label(line, version, "es"),
        explanation_en=explain(line, version, "en"),
        explanation_es=explain(line, version, "es"),
        group=line.group,
        from_on=line.from_on,
        to_on=line.to_on,
        tier=line.tier,
        quantity=line.quantity,
        unit=line.unit,
        price=line.price,
        amount_cents=line.amount_cents,
    )
