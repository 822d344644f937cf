"""The timeline of an account: one query over every room, a page at a time."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from curbstop.kernel.errors import BadInput, FieldError, Forbidden
from curbstop.platform.lists import literally
from curbstop.platform.pagination import CursorPage
from curbstop.platform.settings import load_settings
from curbstop.platform.uow import Reader
from curbstop.reports.timeline.parts import COLUMNS, PARTS
from curbstop.reports.timeline.schemas import TimelineKind, TimelineRow

_AFTER_ALL = (datetime(9999, 1, 1, tzinfo=UTC), "~", UUID(int=2**128 - 1))


class TimelineAsked(NamedTuple):
    """What a caller wants of a timeline: kinds (none is all that they may see), words, a page."""

    kinds: Collection[TimelineKind]
    words: str
    limit: int
    cursor: str | None


def allowed_kinds(permissions: Collection[str]) -> list[TimelineKind]:
    """The kinds of row that these permissions show."""
    return [kind for kind, (perm, _) in PARTS.items() if perm in permissions]


async def timeline(
    reader: Reader, account_id: UUID, asked: TimelineAsked
) -> CursorPage[TimelineRow]:
    """What happened on an account, newest first. One query, whatever the history.

    Raises Forbidden for a kind that the caller may not read, BadInput for a cursor not ours.
    """
    permissions = reader.actor.permissions
    kinds = list(asked.kinds) or allowed_kinds(permissions)
    for kind in kinds:
        if PARTS[kind][0] not in permissions:
            raise Forbidden(f"{kind.value} needs {PARTS[kind][0].value}")
    at, kind_before, id_before = _before(asked.cursor)
    # In the order of the parts, each query once: letters and files share theirs.
    queries = dict.fromkeys(query for kind, (_, query) in PARTS.items() if kind in kinds)
    every = " UNION ALL ".join(
        f"SELECT * FROM ({query}) part ({COLUMNS})"  # noqa: S608
        for query in queries
    )
    rows = await reader.sql.fetch(
        f"SELECT *, (at AT TIME ZONE $2)::date AS on FROM ({every}) every_part"  # noqa: S608
        ' WHERE kind = ANY($3::text[]) AND (at, kind COLLATE "C", id) < ($4, $5, $6)'
        " AND concat_ws(' ', title, detail, by_name) ILIKE $7"
        ' ORDER BY at DESC, kind COLLATE "C" DESC, id DESC LIMIT $8',
        *(account_id, load_settings().timezone, [kind.value for kind in kinds]),
        *(at, kind_before, id_before, f"%{literally(asked.words.strip())}%", asked.limit + 1),
    )
    items = [TimelineRow.model_validate(dict(row)) for row in rows[: asked.limit]]
    more = len(rows) > asked.limit
    return CursorPage(items=items, next_cursor=_cursor(items[-1]) if more else None)


def _cursor(row: TimelineRow) -> str:
    return f"{row.at.astimezone(UTC).isoformat()}~{row.kind.value}~{row.id}"


def _before(cursor: str | None) -> tuple[datetime, str, UUID]:
    if cursor is None:
        return _AFTER_ALL
    try:
        at, kind, row_id = cursor.split("~")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError("a moment needs its zone")
        return moment, TimelineKind(kind).value, UUID(row_id)
    except ValueError:
        raise BadInput(
            "unknown cursor", FieldError("/cursor", "take it from next_cursor")
        ) from None
