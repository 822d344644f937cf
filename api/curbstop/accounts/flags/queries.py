"""Reading flags and their kinds."""

from datetime import date
from uuid import UUID

from curbstop.accounts.flags.schemas import AccountFlagOut, FlagKindOut
from curbstop.kernel.errors import NotFound
from curbstop.platform.db import Sql


class FlagKindNotFound(NotFound):
    title = "No such kind of flag"


class FlagNotFound(NotFound):
    title = "No such flag"


_FLAGS = """
SELECT f.*, k.name, k.weight, k.guidance, f.removed_at IS NULL AND f.from_on <= $1
  AND (f.to_on IS NULL OR f.to_on > $1) AS in_force
FROM account_flags f JOIN flag_kinds k ON k.code = f.kind
"""
_LOUDEST_FIRST = (
    " ORDER BY in_force DESC, array_position(ARRAY['stop', 'care', 'tell'], k.weight::text),"
    " f.raised_at DESC, f.id"
)


def in_force(on: date, flag: str = "f") -> str:
    """The condition that a flag of that table alias is shown on a day."""
    day = f"DATE '{on.isoformat()}'"
    return (
        f"{flag}.removed_at IS NULL AND {flag}.from_on <= {day}"
        f" AND ({flag}.to_on IS NULL OR {flag}.to_on > {day})"
    )


async def flags_of(sql: Sql, account_id: UUID, today: date) -> list[AccountFlagOut]:
    """Every flag an account ever had: those in force first, the loudest before the others."""
    rows = await sql.fetch(f"{_FLAGS} WHERE f.account_id = $2 {_LOUDEST_FIRST}", today, account_id)
    return [AccountFlagOut.model_validate(dict(row)) for row in rows]


async def find_flag(sql: Sql, flag_id: UUID, today: date) -> AccountFlagOut:
    """One flag. Raises FlagNotFound."""
    row = await sql.fetchrow(f"{_FLAGS} WHERE f.id = $2", today, flag_id)
    if row is None:
        raise FlagNotFound(str(flag_id))
    return AccountFlagOut.model_validate(dict(row))


async def list_kinds(sql: Sql) -> list[FlagKindOut]:
    """Every kind of flag, by name."""
    rows = await sql.fetch("SELECT * FROM flag_kinds ORDER BY name")
    return [FlagKindOut.model_validate(dict(row)) for row in rows]
