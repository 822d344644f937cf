"""Staff lists: one declaration gives page and total, sort, filter, search, CSV and XLSX."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, TypeVar, get_args
from uuid import UUID

from fastapi import Request, Response
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from curbstop.kernel.errors import BadInput, FieldError
from curbstop.platform.db import Sql
from curbstop.platform.events import ListExported
from curbstop.platform.export import CSV, XLSX, to_csv, to_xlsx, wanted_export
from curbstop.platform.pagination import Page
from curbstop.platform.uow import Reader

ListRow = TypeVar("ListRow", bound=BaseModel)
EXPORT_ROWS_MAX = 500_000
# From here on a page is found by its keys, in the index alone, before any row is fetched.
DEEP_OFFSET = 500
TOTAL = "total_of_the_list"


class ListParams(BaseModel):
    """What every list takes; subclasses add the filters by name."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(50, ge=1, le=500, description="Rows on a page.")
    offset: int = Field(0, ge=0, le=10_000_000, description="Rows to skip.")
    sort: str | None = Field(
        None, max_length=100, description="Field names, comma-separated; `-` for descending."
    )
    q: str | None = Field(None, max_length=200, description="Search, any scrap.")
    reason: str | None = Field(
        None,
        min_length=5,
        max_length=300,
        description="Why an export shows confidential fields (Gov. Code 7927.410); without it"
        " they are redacted. Logged.",
    )


@dataclass(frozen=True)
class ListSpec(Generic[ListRow]):
    """How a list is read.

    `columns` maps each field of `row` to its SQL expression, and is also what may be sorted by.
    `tiebreak` is unique in the source; it ends every order, save one by a field of `unique`.
    `filters` maps a field of the params to a condition with `{}` where its parameter goes.
    `search` is a condition with `{}` where the words' `%like%` pattern goes.
    `totals`, for a long list, is a smaller source of the total while nothing is searched: a table
    of row counts (`n`) by the columns of the filters, or the one table that decides the number.
    """

    row: type[ListRow]
    source: str
    columns: Mapping[str, str]
    sort: str
    tiebreak: str
    filters: Mapping[str, str] = field(default_factory=dict)
    search: str | None = None
    totals: str | None = None
    unique: frozenset[str] = frozenset()


def literally(words: str) -> str:
    """Words as a LIKE pattern: their own `%`, `_` and backslashes mean themselves."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _where(spec: ListSpec[ListRow], params: ListParams) -> tuple[str, list[object]]:
    conditions, args = [], list[object]()
    for name, condition in spec.filters.items():
        value = getattr(params, name)
        if value is not None:
            args.append(value)
            conditions.append(condition.replace("{}", f"${len(args)}"))
    if params.q and params.q.strip():
        if spec.search is None:
            raise BadInput("this list has no search", FieldError("/q", "this list has no search"))
        args.append(f"%{literally(params.q.strip())}%")
        conditions.append("(" + spec.search.replace("{}", f"${len(args)}") + ")")
    return ("WHERE " + " AND ".join(conditions) if conditions else ""), args


def _order(spec: ListSpec[ListRow], sort: str | None) -> str:
    parts = []
    for part in (sort or spec.sort).split(","):
        name = part.strip().lstrip("-")
        if name not in spec.columns:
            allowed = ", ".join(spec.columns)
            raise BadInput(f"cannot sort by {name!r}", FieldError("/sort", f"one of: {allowed}"))
        parts.append(f"{spec.columns[name]} {_direction(spec, name, part.strip())}")
        if name in spec.unique:
            return ", ".join(parts)
    return ", ".join([*parts, spec.tiebreak])


def _direction(spec: ListSpec[ListRow], name: str, part: str) -> str:
    """Nulls last, said only where there can be one: an index backwards has them first."""
    if not part.startswith("-"):
        return "ASC"
    nullable = type(None) in get_args(spec.row.model_fields[name].annotation)
    return "DESC NULLS LAST" if nullable else "DESC"


def _total(spec: ListSpec[ListRow], params: ListParams, where: str) -> str:
    if spec.totals is not None and not (params.q and params.q.strip()):
        return f"SELECT coalesce(sum(n), 0)::bigint FROM {spec.totals} {where}"  # noqa: S608
    return f"SELECT count(*) FROM {spec.source} {where}"  # noqa: S608


async def list_rows(
    reader: Reader, spec: ListSpec[ListRow], params: ListParams, request: Request
) -> Response:
    """A page of the list as JSON, or the whole of it as CSV or XLSX when `Accept` asks for that.

    The bytes are made here, once, from rows that `Page[row]` has just checked; a test holds that
    they are what the route's response model would write.
    Raises BadInput for an unknown sort or a search where there is none.
    """
    page = await list_page(reader, spec, params, request)
    if isinstance(page, Response):
        return page
    return Response(_page_of(spec.row).dump_json(page), media_type="application/json")


async def list_page(
    reader: Reader, spec: ListSpec[ListRow], params: ListParams, request: Request
) -> Page[ListRow] | Response:
    """`list_rows` for a route that adds to the rows: the page itself, or the export.

    Raises BadInput for an unknown sort or a search where there is none.
    """
    where, args = _where(spec, params)
    order = _order(spec, params.sort)
    export = wanted_export(request.headers.get("accept", ""))
    if export is not None:
        rows_sql = f"{_select(spec)} {where} ORDER BY {order} LIMIT {EXPORT_ROWS_MAX}"
        records = await reader.sql.fetch(rows_sql, *args)
        rows = [spec.row.model_validate(dict(record)) for record in records]
        return await _export(reader, spec, params, request, export, rows)
    items, total = await _read(reader, spec, params, where, order, args)
    page: Page[ListRow] = _page_of(spec.row).validate_python(
        {"items": items, "total": total, "limit": params.limit, "offset": params.offset}
    )
    return page


@cache
def _page_of(row: type[BaseModel]) -> TypeAdapter[Any]:
    page: Any = Page.__class_getitem__(row)
    return TypeAdapter(page)


def _select(spec: ListSpec[ListRow], *more: str) -> str:
    columns = [f"{sql} AS {name}" for name, sql in spec.columns.items()]
    return f"SELECT {', '.join([*columns, *more])} FROM {spec.source}"  # noqa: S608


async def _read(
    reader: Reader,
    spec: ListSpec[ListRow],
    params: ListParams,
    where: str,
    order: str,
    args: list[object],
) -> tuple[list[dict[str, Any]], int]:
    """The page's rows and the list's total in one statement, but for a page beyond the end."""
    total_sql = _total(spec, params, where)
    rows_sql = _select(spec, f"({total_sql}) AS {TOTAL}")
    page = f"LIMIT ${len(args) + 1}::int OFFSET ${len(args) + 2}::int"
    if params.offset < DEEP_OFFSET:
        sql = f"{rows_sql} {where} ORDER BY {order} {page}"
    else:
        keys = f"SELECT {spec.tiebreak} FROM {spec.source} {where} ORDER BY {order} {page}"  # noqa: S608
        sql = f"{rows_sql} WHERE {spec.tiebreak} = ANY (ARRAY({keys})) ORDER BY {order}"
    found = await reader.sql.fetch(sql, *args, params.limit, params.offset)
    records = [dict(record) for record in found]
    if not records:
        return [], await reader.sql.fetchval(total_sql, *args)
    totals = {record.pop(TOTAL) for record in records}
    return records, totals.pop()


async def matching_ids(
    sql: Sql, spec: ListSpec[ListRow], params: ListParams, limit: int
) -> list[UUID]:
    """The ids of every row that the filters and the search let through, in the list's order.

    At most `limit`, so that a caller who asks for one more than it can bear knows.
    """
    where, args = _where(spec, params)
    rows = await sql.fetch(
        f"SELECT {spec.columns['id']} AS id FROM {spec.source} {where}"  # noqa: S608
        f" ORDER BY {_order(spec, None)} LIMIT {limit}",
        *args,
    )
    return [row["id"] for row in rows]


async def _export(
    reader: Reader,
    spec: ListSpec[ListRow],
    params: ListParams,
    request: Request,
    media_type: str,
    rows: list[ListRow],
) -> Response:
    async with request.app.state.database.write(reader.actor) as uow:
        uow.emit(ListExported(request.url.path, request.url.query, len(rows), params.reason))
    show_confidential = params.reason is not None
    build = {CSV: to_csv, XLSX: to_xlsx}[media_type]
    name = request.url.path.rsplit("/", 1)[-1] + {CSV: ".csv", XLSX: ".xlsx"}[media_type]
    return Response(
        build(spec.row, rows, show_confidential),
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
