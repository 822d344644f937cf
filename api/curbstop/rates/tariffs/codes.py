"""Where a schedule's money goes: every component names a charge code that the books know.

The chart belongs to `ledger`, beside this room. The rule is the database's own: a trigger refuses
the version, and its function says beforehand which components it would refuse.
"""

from collections.abc import Mapping
from typing import Any

from curbstop.platform.db import Sql
from curbstop.rates.engine.source import FileError, Path, line_of

_REASONS = {
    "group": "no charge group has the code '{}'; the chart of accounts lists those there are",
    "gl": "the chart of accounts has no account '{}'",
}


async def unknown_codes(
    sql: Sql, body: dict[str, Any], lines: Mapping[Path, int] | None = None, root: Path = ()
) -> list[FileError]:
    """Components whose charge group or GL account the books do not have, with path and reason.

    `body` is a version in canonical form; `lines` and `root` place it in the file it came from.
    """
    rows = await sql.fetch("SELECT place, code FROM public.unknown_charge_codes($1)", body)
    return [_error(row["place"], row["code"], lines or {}, root) for row in rows]


def _error(place: str, code: str, lines: Mapping[Path, int], root: Path) -> FileError:
    name, number, field = place.split(".")
    path = (*root, name, int(number), field)
    spoken = ".".join(str(step) for step in path)
    return FileError(spoken, line_of(path, lines), _REASONS[field].format(code))
