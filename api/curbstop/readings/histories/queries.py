"""The history of one register: every revision, code, estimate and decision, day by day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

import asyncpg

from curbstop.platform.db import Sql
from curbstop.readings.consumption.queries import plain
from curbstop.readings.histories.schemas import (
    HistoryDay,
    HistoryDecision,
    HistoryRevision,
    RegisterHistory,
)
from curbstop.readings.queries import RegisterNotFound

_REGISTER = """
SELECT r.id AS register_id, r.number, r.unit, m.id AS meter_id, m.serial AS meter_serial,
       m.make AS meter_make, p.id AS service_point_id, p.code AS service_point_code,
       10::numeric ^ (r.dials - r.decimals) AS turn
FROM registers r JOIN meters m ON m.id = r.meter_id
LEFT JOIN installations i ON i.meter_id = m.id
LEFT JOIN service_points p ON p.id = i.service_point_id
WHERE r.id = $1 ORDER BY i.from_on DESC NULLS LAST LIMIT 1
"""

_REVISIONS = """
SELECT d.read_on, d.revision, trim_scale(d.value) AS value, d.method, d.kind, d.rollovers,
       d.recorded_at, d.import_id, d.line, coalesce(u.name, f.name) AS recorded_by_name
FROM reads d
LEFT JOIN users u ON u.id = d.recorded_by
LEFT JOIN read_imports o ON o.id = d.import_id
LEFT JOIN users f ON f.id = o.created_by
WHERE d.register_id = $1 AND d.read_on BETWEEN $2 AND $3
ORDER BY d.read_on DESC, d.revision DESC
"""

_DECISIONS = """
SELECT v.read_on, v.id, v.rule, v.state, v.reason, v.decision_reason, v.decided_at,
       u.name AS decided_by_name, a.name AS approved_by_name
FROM read_reviews v
LEFT JOIN users u ON u.id = v.decided_by
LEFT JOIN users a ON a.id = v.approved_by
WHERE v.register_id = $1 AND v.read_on BETWEEN $2 AND $3
ORDER BY v.created_at, v.id
"""

_CODES = """
SELECT noted_on AS read_on, skip_code, trouble_codes, note, photo_id FROM read_codes
WHERE register_id = $1 AND noted_on BETWEEN $2 AND $3 ORDER BY recorded_at, id
"""

_ESTIMATES = """
SELECT read_on, explanation FROM estimates
WHERE register_id = $1 AND read_on BETWEEN $2 AND $3 ORDER BY made_at, id
"""

Rows = Mapping[date, Sequence[asyncpg.Record]]


async def history_of(sql: Sql, register_id: UUID, first_on: date, last_on: date) -> RegisterHistory:
    """A register's days of the span, newest first. Raises RegisterNotFound."""
    register = await sql.fetchrow(_REGISTER, register_id)
    if register is None:
        raise RegisterNotFound(str(register_id))
    span = (register_id, first_on, last_on)
    revisions, decisions, codes, estimates = [
        _by_day(await sql.fetch(query, *span))
        for query in (_REVISIONS, _DECISIONS, _CODES, _ESTIMATES)
    ]
    days = sorted({*revisions, *decisions, *codes})
    used = _used(revisions, register["turn"])
    return RegisterHistory(
        **{name: register[name] for name in RegisterHistory.model_fields if name != "days"},
        days=[
            HistoryDay(
                read_on=day,
                used=used.get(day, (None, None))[0],
                days=used.get(day, (None, None))[1],
                revisions=[HistoryRevision.model_validate(dict(r)) for r in revisions.get(day, [])],
                estimate=_estimate(revisions.get(day, []), estimates.get(day, [])),
                decisions=[HistoryDecision.model_validate(dict(r)) for r in decisions.get(day, [])],
                **_noted(codes.get(day, [])),
            )
            for day in reversed(days)
        ],
    )


def _by_day(rows: Sequence[asyncpg.Record]) -> Rows:
    grouped: defaultdict[date, list[asyncpg.Record]] = defaultdict(list)
    for row in rows:
        grouped[row["read_on"]].append(row)
    return grouped


def _used(revisions: Rows, turn: Decimal) -> dict[date, tuple[Decimal | None, int | None]]:
    """Counts and days since the standing read before, of each day that has one."""
    found: dict[date, tuple[Decimal | None, int | None]] = {}
    before: asyncpg.Record | None = None
    for day in sorted(revisions):
        standing = revisions[day][0]
        if standing["value"] is None:
            continue
        if before is not None:
            delta = standing["value"] - before["value"] + standing["rollovers"] * turn
            found[day] = plain(delta), (day - before["read_on"]).days
        before = standing
    return found


def _estimate(
    revisions: Sequence[asyncpg.Record], estimates: Sequence[asyncpg.Record]
) -> str | None:
    """How the standing value was estimated; None when it was read."""
    if not revisions or not estimates or revisions[0]["method"] != "estimated":
        return None
    explanation: str = estimates[-1]["explanation"]
    return explanation


def _noted(codes: Sequence[asyncpg.Record]) -> dict[str, object]:
    """What the reader noted last."""
    last = codes[-1] if codes else {"skip_code": "", "trouble_codes": [], "note": ""}
    noted: dict[str, object] = {name: last[name] for name in ("skip_code", "trouble_codes", "note")}
    photos = [row["photo_id"] for row in codes if row["photo_id"] is not None]
    return noted | {"photo_id": photos[-1] if photos else None}
