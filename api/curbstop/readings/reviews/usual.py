"""What every row of the edit list shows of its register's past, for a page of rows at once."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from fastapi import Request, Response

from curbstop.platform.db import Sql
from curbstop.platform.lists import list_page
from curbstop.platform.pagination import Page
from curbstop.platform.uow import Reader
from curbstop.readings.consumption.quantities import ReadPoint
from curbstop.readings.consumption.queries import standing_reads
from curbstop.readings.reviews.history import same_season, steps_of
from curbstop.readings.reviews.queries import PERIODS_SHOWN, REVIEWS, rounded
from curbstop.readings.reviews.schemas import ReviewListParams, ReviewRow, ReviewShown
from curbstop.readings.reviews.spans import HISTORY_DAYS

_TURNS = "SELECT id, 10::numeric ^ (dials - decimals) AS turn FROM registers WHERE id = ANY($1)"


async def list_reviews(
    reader: Reader, params: ReviewListParams, request: Request
) -> Page[ReviewShown] | Response:
    """A page of the edit list, each row with its register's last 13 periods and season.

    An export has the exceptions alone. Raises BadInput as every list does.
    """
    page = await list_page(reader, REVIEWS, params, request)
    if isinstance(page, Response):
        return page
    items = await with_usual(reader.sql, page.items)
    return Page(items=items, total=page.total, limit=page.limit, offset=page.offset)


async def with_usual(sql: Sql, rows: Sequence[ReviewRow]) -> list[ReviewShown]:
    """The rows beside their usual use, in two queries whatever their number."""
    known = [(row.register_id, row.read_on) for row in rows if row.register_id is not None]
    if not known:
        return [_shown(row, [], Decimal(0)) for row in rows]
    registers = list(dict.fromkeys(register for register, _ in known))
    days = [on for _, on in known]
    first_on = min(days) - timedelta(days=HISTORY_DAYS)
    reads = await standing_reads(sql, registers, first_on, max(days))
    turns = {row["id"]: row["turn"] for row in await sql.fetch(_TURNS, registers)}
    return [_shown(row, _of(reads, row), turns.get(row.register_id, Decimal(0))) for row in rows]


def _of(reads: dict[UUID, list[ReadPoint]], row: ReviewRow) -> list[ReadPoint]:
    """The register's reads up to the row's day, as far back as the evidence goes."""
    if row.register_id is None:
        return []
    first_on = row.read_on - timedelta(days=HISTORY_DAYS)
    found = reads.get(row.register_id, [])
    return [read for read in found if first_on <= read.read_on <= row.read_on]


def _shown(row: ReviewRow, reads: Sequence[ReadPoint], capacity: Decimal) -> ReviewShown:
    steps = steps_of(reads, capacity)
    last = steps[-1] if steps and steps[-1].end.read_on == row.read_on else None
    usual = (step.delta / max(1, step.days) for step in steps[-PERIODS_SHOWN:])
    return ReviewShown(
        **row.model_dump(),
        days=last.days if last else None,
        used=last.delta if last else None,
        same_season_daily=rounded(same_season(steps, row.read_on)),
        daily_periods=_rounded_all(usual),
    )


def _rounded_all(values: Iterable[Decimal]) -> list[Decimal]:
    return [value.quantize(Decimal("0.001")) for value in values]
