"""What a change of a threshold would do, told on the last regular read of each register."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from curbstop.kernel.errors import Conflict
from curbstop.platform.uow import Uow
from curbstop.readings.reviews.history import Judged, facts_of
from curbstop.readings.reviews.judging import CREATE_FRESH, needs_second, parameter_rows
from curbstop.readings.thresholds.queries import get_threshold
from curbstop.readings.thresholds.schemas import ThresholdEffect, ThresholdTrial
from curbstop.readings.validation.facts import (
    SUMMER_MONTHS,
    ParameterRow,
    Parameters,
    Season,
    parameters_for,
    season_of,
)
from curbstop.readings.validation.rules import judge
from curbstop.readings.validation.thresholds import Threshold

# The rules are judged while somebody waits: of more registers these are drawn, always the same.
REGISTERS_MAX = 1_000
ROUND_DAYS = 400

# In service today, of the class where one is named.
_IN_SERVICE = """
FROM registers r JOIN installations i ON i.meter_id = r.meter_id
WHERE i.from_on <= $1 AND (i.to_on IS NULL OR i.to_on > $1)
  AND ($2::text IS NULL OR EXISTS (
    SELECT FROM agreements a JOIN accounts c ON c.id = a.account_id
    WHERE a.service_point_id = i.service_point_id AND c.class = $2 AND a.from_on <= $1
      AND (a.to_on IS NULL OR a.to_on > $1)))
"""
_COUNT = f"SELECT count(DISTINCT r.id) {_IN_SERVICE}"

_LAST_READS = f"""
WITH drawn AS (
  SELECT DISTINCT ON (md5(r.id::text), r.id) r.id, i.service_point_id {_IN_SERVICE}
  ORDER BY md5(r.id::text), r.id LIMIT $3
)
SELECT drawn.id AS register_id, last.read_on, drawn.service_point_id
FROM drawn CROSS JOIN LATERAL (
  SELECT d.read_on FROM reads d
  WHERE d.register_id = drawn.id AND d.kind = 'cycle' AND d.value IS NOT NULL
    AND d.read_on BETWEEN $4 AND $1
    AND extract(month FROM d.read_on)::integer = ANY($5::integer[])
    AND NOT EXISTS (
      SELECT FROM reads later WHERE later.register_id = d.register_id
        AND later.read_on = d.read_on AND later.revision > d.revision)
  ORDER BY d.read_on DESC LIMIT 1
) last
"""  # noqa: S608


class EffectUnknown(Conflict):
    title = "The effect of this threshold cannot be told from reads"


async def effect_of(uow: Uow, name: str, trial: ThresholdTrial) -> ThresholdEffect:
    """How many exceptions the last regular reads would be, by today's thresholds and by the trial.

    Judged are reads as they stand now, each once, the last in the season where one is named. A
    temporary table is all that is written. Raises: ThresholdNotFound, EffectUnknown.
    """
    threshold = get_threshold(name)
    if not threshold.by_class:
        raise EffectUnknown("it decides about days of files, which are not kept as reads")
    reads = await _last_reads(uow, trial)
    await uow.sql.execute(CREATE_FRESH)
    await uow.sql.copy("fresh", ("register_id", "read_on", "service_point_id"), reads)
    judged = await facts_of(uow.sql, [(register, on) for register, on, _ in reads], uow.today)
    await uow.sql.execute("DROP TABLE pg_temp.fresh")
    ours = [one for one in judged if trial.account_class in (None, one.account_class)]
    rows = await parameter_rows(uow.sql, uow.today)
    changed = [*rows, ParameterRow(trial.account_class, trial.season, name, trial.value)]
    before, after = _found(threshold, ours, rows), _found(threshold, ours, changed)
    days = [one.facts.read_on for one in ours]
    return ThresholdEffect(
        registers=await uow.sql.fetchval(_COUNT, uow.today, trial.account_class),
        reads=len(ours),
        first_on=min(days, default=None),
        last_on=max(days, default=None),
        second_person=threshold.second_person,
        before=len(before),
        after=len(after),
        newly=len(after - before),
        no_longer=len(before - after),
    )


async def _last_reads(uow: Uow, trial: ThresholdTrial) -> list[tuple[UUID, date, UUID]]:
    rows = await uow.sql.fetch(
        _LAST_READS,
        *(uow.today, trial.account_class, REGISTERS_MAX),
        *(date.fromordinal(uow.today.toordinal() - ROUND_DAYS), _months(trial.season)),
    )
    return [(row["register_id"], row["read_on"], row["service_point_id"]) for row in rows]


def _months(season: Season | None) -> list[int]:
    summer = set(SUMMER_MONTHS)
    every = set(range(1, 13))
    chosen = {None: every, Season.SUMMER: summer, Season.WINTER: every - summer}[season]
    return sorted(chosen)


def _found(
    threshold: Threshold, judged: Iterable[Judged], rows: list[ParameterRow]
) -> set[tuple[UUID, date]]:
    """The reads that the threshold's rules would find, or that two persons would have to accept."""
    found = set()
    for one in judged:
        season = season_of(one.facts.read_on)
        if _counts(threshold, one, parameters_for(rows, one.account_class, season)):
            found.add((one.register_id, one.facts.read_on))
    return found


def _counts(threshold: Threshold, one: Judged, parameters: Parameters) -> bool:
    findings = (f for f in judge(one.facts, parameters) if f.rule in threshold.rules)
    if threshold.second_person:
        return any(needs_second(finding, one, parameters) for finding in findings)
    return any(True for _ in findings)
