"""Reading imports and their lines."""

from uuid import UUID

from curbstop.kernel.errors import NotFound
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec
from curbstop.readings.imports.schemas import ImportOut, RawLine

_COLUMNS = tuple(ImportOut.model_fields)
_ONE = f"SELECT {', '.join(_COLUMNS)} FROM read_imports WHERE id = $1"  # noqa: S608
_BY_HASH = (
    f"SELECT {', '.join(_COLUMNS)} FROM read_imports"  # noqa: S608
    " WHERE sha256 = $1 AND state <> 'refused'"
)
_LINES = """
SELECT first_line + place - 1 AS line, raw_line AS raw
FROM import_lines,
     LATERAL string_to_table(raw, E'\\n') WITH ORDINALITY AS split (raw_line, place)
WHERE import_id = $1 AND first_line <= $3 AND first_line + lines > $2
  AND first_line + place - 1 BETWEEN $2 AND $3
ORDER BY 1
"""

IMPORTS: ListSpec[ImportOut] = ListSpec(
    row=ImportOut,
    source="read_imports",
    columns={name: name for name in _COLUMNS},
    sort="-created_at",
    tiebreak="id",
    filters={"state": "state = {}"},
    search="file_name ILIKE {} OR layout ILIKE {}",
)


class ReadImportNotFound(NotFound):
    title = "No such import"


async def find_import(sql: Sql, import_id: UUID) -> ImportOut | None:
    """An import by its id."""
    row = await sql.fetchrow(_ONE, import_id)
    return ImportOut.model_validate(dict(row)) if row else None


async def get_import(sql: Sql, import_id: UUID) -> ImportOut:
    """An import by its id. Raises ReadImportNotFound."""
    found = await find_import(sql, import_id)
    if found is None:
        raise ReadImportNotFound(str(import_id))
    return found


async def import_with_hash(sql: Sql, sha256: str) -> ImportOut | None:
    """The import that took these bytes, if one did."""
    row = await sql.fetchrow(_BY_HASH, sha256)
    return ImportOut.model_validate(dict(row)) if row else None


async def raw_lines(sql: Sql, import_id: UUID, first: int, last: int) -> list[RawLine]:
    """Lines of an import as they came, from `first` to `last`."""
    rows = await sql.fetch(_LINES, import_id, first, last)
    return [RawLine(line=row["line"], raw=row["raw"]) for row in rows]
