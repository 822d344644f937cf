"""Reading the layouts in use, and the text and history of one."""

from typing import Any

from curbstop.kernel.errors import NotFound
from curbstop.platform.db import Sql
from curbstop.readings.layouts.definition import Layout
from curbstop.readings.layouts.loading import load_layout
from curbstop.readings.layouts.schemas import LayoutOut, LayoutPage, LayoutRow, LayoutVersion
from curbstop.readings.layouts.shipped import shipped_bodies, shipped_layouts

_IN_FORCE = "SELECT body FROM read_layouts WHERE name = $1 AND retired_at IS NULL"
_OWN = """
SELECT name, body, created_by_name AS added_by, created_at AS added_at
FROM read_layouts WHERE retired_at IS NULL
"""
_VERSIONS = """
SELECT id, title, body, created_by_name AS added_by, created_at AS added_at,
       retired_by_name AS retired_by, retired_at, retirement_reason
FROM read_layouts WHERE name = $1
ORDER BY retired_at DESC NULLS FIRST, created_at DESC, id DESC
"""
_IMPORTS = "SELECT layout, count(*) FROM read_imports WHERE state <> 'refused' GROUP BY layout"
_WALKS = "SELECT layout, count(*) FROM walks GROUP BY layout"


class ReadLayoutNotFound(NotFound):
    title = "No such read layout"


async def get_layout(sql: Sql, name: str) -> Layout:
    """A layout by name: the district's own goes before a shipped one. Raises ReadLayoutNotFound."""
    body = await sql.fetchval(_IN_FORCE, name)
    if body is not None:
        return load_layout(body)
    if name in shipped_layouts():
        return shipped_layouts()[name]
    raise ReadLayoutNotFound(name)


async def list_layouts(sql: Sql) -> list[LayoutRow]:
    """Every layout that may be used, by name, with what uses it."""
    own = {row["name"]: row for row in await sql.fetch(_OWN)}
    imports = {row["layout"]: row["count"] for row in await sql.fetch(_IMPORTS)}
    walks = {row["layout"]: row["count"] for row in await sql.fetch(_WALKS)}
    known = {**shipped_layouts(), **{name: load_layout(row["body"]) for name, row in own.items()}}
    return [
        LayoutRow(
            **layout_out(known[name], shipped=name not in own).model_dump(),
            added_by=own[name]["added_by"] if name in own else None,
            added_at=own[name]["added_at"] if name in own else None,
            imports=imports.get(name, 0),
            walks=walks.get(name, 0),
        )
        for name in sorted(known)
    ]


def layout_out(layout: Layout, *, shipped: bool) -> LayoutOut:
    """A layout for a chooser."""
    settings: dict[str, Any] = {name: s.model_dump() for name, s in layout.settings.items()}
    return LayoutOut(
        name=layout.layout,
        title=layout.title,
        source=layout.source,
        shipped=shipped,
        reads=layout.input is not None,
        writes=layout.output is not None,
        settings=settings,
    )


async def layout_page(sql: Sql, name: str) -> LayoutPage:
    """A layout's text, what uses it, and every text that stood under its name before.

    Raises ReadLayoutNotFound.
    """
    versions = [LayoutVersion(**dict(row)) for row in await sql.fetch(_VERSIONS, name)]
    in_force = next((row for row in await list_layouts(sql) if row.name == name), None)
    if in_force is None and not versions:
        raise ReadLayoutNotFound(name)
    is_shipped = in_force is not None and in_force.shipped
    return LayoutPage(
        name=name,
        title=in_force.title if in_force else versions[0].title,
        in_force=in_force,
        body=shipped_bodies()[name] if is_shipped else versions[0].body,
        hides_shipped=name in shipped_bodies() and not is_shipped,
        versions=versions,
        walk_codes=await walks_of(sql, name),
        waiting_imports=await waiting_imports(sql, name),
    )


async def walks_of(sql: Sql, name: str) -> list[str]:
    """The codes of the walks whose download file a layout writes."""
    rows = await sql.fetch("SELECT code FROM walks WHERE layout = $1 ORDER BY code", name)
    return [row["code"] for row in rows]


async def waiting_imports(sql: Sql, name: str) -> int:
    """How many files wait to be imported by a layout."""
    query = "SELECT count(*) FROM read_imports WHERE layout = $1 AND state = 'queued'"
    return int(await sql.fetchval(query, name))
