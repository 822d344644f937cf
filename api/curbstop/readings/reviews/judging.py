"""Judge fresh reads by the rules and put what they find on the edit list."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from curbstop.kernel.ids import uuid7
from curbstop.platform.db import Sql
from curbstop.platform.uow import Uow
from curbstop.readings.reviews.history import Judged, facts_of
from curbstop.readings.reviews.spans import Span
from curbstop.readings.reviews.suspects import suspects
from curbstop.readings.validation.facts import (
    ParameterRow,
    Parameters,
    Season,
    parameters_for,
    season_of,
)
from curbstop.readings.validation.rules import Finding, RuleName, judge

_PARAMETERS = """
SELECT DISTINCT ON (name, account_class, season) name, account_class, season, value
FROM read_rule_parameters WHERE from_on <= $1
ORDER BY name, account_class, season, from_on DESC, decided_at DESC, id DESC
"""

# What is typed by hand is odd: however usual, the quick look lets it through.
CREATE_FRESH = """
CREATE TEMPORARY TABLE fresh (
  register_id uuid, read_on date, value numeric, service_point_id uuid, said_meter text, unit text,
  multiplier text, dials text, odd boolean NOT NULL DEFAULT true, import_id uuid, line integer
) ON COMMIT DROP
"""

_REVIEW_COLUMNS = (
    *("id", "rule", "severity", "state", "reason", "register_id", "service_point_id", "read_on"),
    *("value", "import_id", "line", "raw", "needs_second", "decision_reason", "created_at"),
    "version",
)

JUDGED_AT_ONCE = 5_000  # keeps the memory of a large import flat

# What fits no rollover may still be taken for one, so it is decided like one.
_TWICE_DECIDED = frozenset({RuleName.HIGH, RuleName.ROLLOVER, RuleName.NEGATIVE})


async def parameter_rows(sql: Sql, on: date) -> list[ParameterRow]:
    """The thresholds in force on a day."""
    rows = await sql.fetch(_PARAMETERS, on)
    return [ParameterRow(r["account_class"], r["season"], r["name"], r["value"]) for r in rows]


async def judge_fresh(uow: Uow, first_on: date, last_on: date) -> int:
    """Judge every read of the temporary table `fresh`; returns the exceptions raised.

    Days run from `first_on` to `last_on`. A read may raise several exceptions, one per rule.
    """
    rows = await parameter_rows(uow.sql, uow.today)
    span = Span(first_on, last_on, uow.today)
    raised = 0
    async for some in suspects(uow.sql, span, _every_set(rows), JUDGED_AT_ONCE):
        judged = await facts_of(uow.sql, some, uow.today)
        reviews = [review for one in judged for review in _reviews(uow, one, rows)]
        raised += await uow.sql.copy("read_reviews", _REVIEW_COLUMNS, reviews)
    return raised


def _every_set(rows: list[ParameterRow]) -> list[Parameters]:
    classes = {None, *(row.account_class for row in rows)}
    return [parameters_for(rows, c, season) for c in classes for season in Season]


def _reviews(uow: Uow, one: Judged, rows: list[ParameterRow]) -> Iterable[tuple[object, ...]]:
    parameters = parameters_for(rows, one.account_class, season_of(one.facts.read_on))
    for finding in judge(one.facts, parameters):
        yield (
            *(uuid7(), finding.rule.value, finding.severity.value, "open", finding.reason),
            *(one.register_id, one.service_point_id, one.facts.read_on, one.facts.value),
            *(one.import_id, one.line, "", needs_second(finding, one, parameters), ""),
            *(uow.now, 1),
        )


def needs_second(finding: Finding, one: Judged, parameters: Parameters) -> bool:
    """Whether accepting would bill more than `override_hcf` on one person's word."""
    delta = one.facts.delta
    if finding.rule not in _TWICE_DECIDED or delta is None:
        return False
    counts = delta if delta >= 0 else delta + one.facts.asset.capacity
    return one.facts.asset.hcf(counts) > parameters.override_hcf


async def judge_reads(uow: Uow, reads: Sequence[tuple[UUID, date, UUID | None]]) -> int:
    """Judge reads entered by hand: register, day, service point. Returns the exceptions raised."""
    if not reads:
        return 0
    await uow.sql.execute(CREATE_FRESH)
    await uow.sql.copy("fresh", ("register_id", "read_on", "service_point_id"), reads)
    await uow.sql.execute("ANALYZE fresh (register_id, read_on, service_point_id)")
    days = [read_on for _, read_on, _ in reads]
    raised = await judge_fresh(uow, min(days), max(days))
    await uow.sql.execute("DROP TABLE pg_temp.fresh")
    return raised


async def judge_one(
    uow: Uow, register_id: UUID, service_point_id: UUID | None, read_on: date
) -> int:
    """Judge one read; returns the exceptions raised."""
    return await judge_reads(uow, [(register_id, read_on, service_point_id)])
