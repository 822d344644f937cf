"""Working out winter averages for a whole rate, or setting one by hand."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from curbstop.billing.terms import gallons_per_hcf
from curbstop.billing.winter import queries
from curbstop.billing.winter.schemas import WinterComputation, WinterEntry
from curbstop.kernel.dates import Period, add_months
from curbstop.kernel.errors import Conflict, FieldError, NotFound
from curbstop.kernel.units import Unit
from curbstop.platform.db import Sql
from curbstop.platform.queue import JobContext
from curbstop.platform.uow import Uow
from curbstop.rates.declarations.actions import keep_winter_averages
from curbstop.rates.engine.definition.policy import WinterRule
from curbstop.rates.engine.errors import RatingError
from curbstop.rates.engine.winter import winter_average
from curbstop.rates.tariffs.queries import catalog

COMPUTE = "billing.winter_averages"
AGREEMENTS_AT_ONCE = 5_000
REACH_MONTHS = 26  # the calendar year before `as_of`, or a winter that began in the year before it
REFUSALS_KEPT = 20
DAY = timedelta(days=1)


class NoWinterRule(Conflict):
    title = "The tariff has no winter-average rule on that day"


class AgreementNotFound(NotFound):
    title = "No such agreement"


async def compute_later(uow: Uow, request: WinterComputation) -> UUID:
    """Queue the computation; returns the job to watch. Raises NoWinterRule."""
    await _rule(uow.sql, request.rate_code, request.from_on)
    return await uow.defer(COMPUTE, lock=COMPUTE, **request.model_dump(mode="json"))


async def _rule(sql: Sql, rate_code: str, on: date) -> tuple[WinterRule, Unit]:
    """The rule of the version in force on a day, and the unit of its tariff."""
    tariff = (await catalog(sql, [rate_code], Period(on, on + DAY))).tariffs.get(rate_code)
    version = tariff.versions[-1] if tariff and tariff.versions else None
    if version is None or version.definition.winter_average is None:
        raise NoWinterRule(f"{rate_code} on {on}", FieldError("/rate_code", "no winter average"))
    return version.definition.winter_average, version.tariff.unit


async def compute(
    context: JobContext, rate_code: str, as_of_on: str, from_on: str
) -> dict[str, Any]:
    """The job: everyone's average by the rule; who lacks history keeps what they had, with why."""
    as_of, first = date.fromisoformat(as_of_on), date.fromisoformat(from_on)
    async with context.read() as reader:
        rule, unit = await _rule(reader.sql, rate_code, first)
        gallons = await gallons_per_hcf(reader.sql, as_of)
        agreements = await queries.agreements_on(reader.sql, rate_code, first)
    kept, refusals = 0, list[str]()
    for chunk in _chunks(agreements):
        async with context.write() as uow:
            span = Period(add_months(as_of, -REACH_MONTHS), as_of)
            history = await queries.past_use(uow.sql, chunk, span, unit, gallons)
            averages: list[tuple[UUID, Decimal]] = []
            for agreement_id in chunk:
                try:
                    average = winter_average(rule, history.get(agreement_id, []), as_of)
                except RatingError as refused:
                    refusals.append(f"{agreement_id}: {refused.reason}")
                else:
                    averages.append((agreement_id, average))
            source = f"computed from bills before {as_of}"
            kept += await keep_winter_averages(uow, averages, first, source)
        await context.progress(kept + len(refusals), len(agreements), "agreements")
    return {"kept": kept, "refused": len(refusals), "refusals": refusals[:REFUSALS_KEPT]}


def _chunks(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(ids), AGREEMENTS_AT_ONCE):
        yield ids[start : start + AGREEMENTS_AT_ONCE]


async def enter_average(uow: Uow, entry: WinterEntry) -> None:
    """Set one agreement's average by hand; repeating it is safe. Raises AgreementNotFound."""
    known = await uow.sql.fetchval("SELECT 1 FROM agreements WHERE id = $1", entry.agreement_id)
    if known is None:
        raise AgreementNotFound(str(entry.agreement_id))
    source = f"by hand: {entry.reason}"
    await keep_winter_averages(uow, [(entry.agreement_id, entry.quantity)], entry.from_on, source)
