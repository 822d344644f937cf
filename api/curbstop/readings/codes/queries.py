"""Reading the codes with how often readers left them."""

from curbstop.kernel.errors import NotFound
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec
from curbstop.readings.codes.schemas import ReadCodeOut, UnknownCode


class ReadCodeNotFound(NotFound):
    title = "No such code"


# What readers ever left, each code under its kind.
_LEFT = """
SELECT kind, code, count(*) AS times_left, max(noted_on) AS last_left_on
FROM (
  SELECT 'skip' AS kind, upper(skip_code) AS code, noted_on FROM read_codes WHERE skip_code <> ''
  UNION ALL
  SELECT 'trouble', upper(trouble), noted_on
  FROM read_codes, jsonb_array_elements_text(trouble_codes) trouble
  UNION ALL
  SELECT 'note', upper(note), noted_on FROM read_codes WHERE note ~ '^[A-Za-z0-9/_-]{1,10}$'
) said
GROUP BY kind, code
"""

CODES: ListSpec[ReadCodeOut] = ListSpec(
    row=ReadCodeOut,
    source=f"read_code_kinds k LEFT JOIN ({_LEFT}) l ON l.kind = k.kind AND l.code = k.code",
    columns={
        **{name: f"k.{name}" for name in ReadCodeOut.model_fields if "left" not in name},
        "times_left": "coalesce(l.times_left, 0)",
        "last_left_on": "l.last_left_on",
    },
    sort="kind,code",
    tiebreak="id",
    filters={"kind": "k.kind = {}", "retired": "(k.retired_at IS NOT NULL) = {}"},
    search="k.code ILIKE {} OR k.meaning ILIKE {}",
)

_UNKNOWN = f"""
SELECT l.* FROM ({_LEFT}) l
LEFT JOIN read_code_kinds k ON k.kind = l.kind AND k.code = l.code
WHERE k.id IS NULL AND l.kind <> 'note'
ORDER BY l.times_left DESC, l.kind, l.code LIMIT 100
"""  # noqa: S608


async def unknown_codes(sql: Sql) -> list[UnknownCode]:
    """Skip and trouble codes that readers left and the table does not know, at most 100."""
    return [UnknownCode.model_validate(dict(row)) for row in await sql.fetch(_UNKNOWN)]
