"""Everyone's average by the tariff's rule, as lines of a proposal with what deserves a look."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from curbstop.audit import actions as audit
from curbstop.billing.terms import gallons_per_hcf
from curbstop.billing.winter import queries
from curbstop.billing.winter.models import ProposalState
from curbstop.billing.winter.problems import NoWinterRule
from curbstop.kernel.dates import Period, add_months
from curbstop.kernel.errors import FieldError
from curbstop.kernel.units import Unit
from curbstop.platform.db import Sql
from curbstop.platform.queue import JobContext
from curbstop.rates.declarations.queries import winter_averages_of
from curbstop.rates.engine.definition.policy import WinterRule
from curbstop.rates.engine.errors import RatingError
from curbstop.rates.engine.winter import PastUse, winter_average
from curbstop.rates.tariffs.queries import catalog

COMPUTE = "billing.winter_averages"
AGREEMENTS_AT_ONCE = 5_000
REACH_MONTHS = 26  # the calendar year before `as_of`, or a winter that began in the year before it
DAY = timedelta(days=1)

Line = tuple[UUID, UUID, Decimal | None, Decimal | None, str, str]


async def rule_of(sql: Sql, rate_code: str, on: date) -> tuple[WinterRule, Unit]:
    """The rule of the version in force on a day, and the tariff's unit. Raises NoWinterRule."""
    tariff = (await catalog(sql, [rate_code], Period(on, on + DAY))).tariffs.get(rate_code)
    version = tariff.versions[-1] if tariff and tariff.versions else None
    if version is None or version.definition.winter_average is None:
        raise NoWinterRule(f"{rate_code} on {on}", FieldError("/rate_code", "no winter average"))
    return version.definition.winter_average, version.tariff.unit


async def compute(context: JobContext, proposal_id: str) -> dict[str, Any]:
    """The job: a line for each agreement of the rate; who lacks history keeps what they had.

    Running it again after a crash writes the same lines; once it is proposed it stays as it is, so
    that nobody's corrections are lost.
    """
    asked_id = UUID(proposal_id)
    async with context.read() as reader:
        asked = await queries.asked(reader.sql, asked_id)
        if asked.state != ProposalState.COMPUTING:
            return {}
        rule, unit = await rule_of(reader.sql, asked.rate_code, asked.from_on)
        gallons = await gallons_per_hcf(reader.sql, asked.as_of_on)
        agreements = await queries.agreements_on(reader.sql, asked.rate_code, asked.from_on)
    async with context.write() as uow:
        await queries.clear_lines(uow.sql, asked_id)
    span, done, refused = Period(add_months(asked.as_of_on, -REACH_MONTHS), asked.as_of_on), 0, 0
    for chunk in _chunks(agreements):
        async with context.write() as uow:
            history = await queries.past_use(uow.sql, chunk, span, unit, gallons)
            before = await winter_averages_of(uow.sql, chunk, asked.from_on)
            lines = [
                _line(asked_id, one, rule, history.get(one, []), before.get(one), span)
                for one in chunk
            ]
            await queries.write_lines(uow.sql, lines)
        done += len(lines)
        refused += sum(line[2] is None for line in lines)
        await context.progress(done, len(agreements), "agreements")
    async with context.write() as uow:
        await queries.propose(uow.sql, asked_id)
        after = {"agreements": done, "without_history": refused}
        audit.record(uow, "winter_proposal.computed", asked_id, after=after)
    return {"computed": done - refused, "refused": refused}


def _line(
    proposal_id: UUID,
    agreement_id: UUID,
    rule: WinterRule,
    history: Sequence[PastUse],
    previous: Decimal | None,
    span: Period,
) -> Line:
    try:
        average = winter_average(rule, history, span.end)
    except RatingError as refused:
        return (proposal_id, agreement_id, None, previous, "no_history", refused.reason)
    return (proposal_id, agreement_id, average, previous, "fine", "")


def _chunks(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(ids), AGREEMENTS_AT_ONCE):
        yield ids[start : start + AGREEMENTS_AT_ONCE]
