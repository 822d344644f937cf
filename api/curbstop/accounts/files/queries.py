"""Reading the files of accounts, without their bytes."""

from uuid import UUID

from curbstop.accounts.files.schemas import AccountFileOut
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec

_STORED = {"name": "d.name", "media_type": "d.media_type", "size_bytes": "d.size_bytes"}
ACCOUNT_FILES = ListSpec(
    row=AccountFileOut,
    source=(
        "account_files f JOIN stored_files d ON d.id = f.id"
        " JOIN account_summaries s ON s.account_id = f.account_id"
    ),
    columns={
        name: _STORED.get(name, f"f.{name}")
        for name in AccountFileOut.model_fields
        if name != "account_number"
    }
    | {"account_number": "s.number"},
    sort="-filed_at",
    tiebreak="f.id",
    filters={"account_id": "f.account_id = {}", "kind": "f.kind = {}"},
    search="f.title ILIKE {} OR d.name ILIKE {} OR s.search LIKE lower({})",
)


async def find_account_file(sql: Sql, file_id: UUID) -> AccountFileOut | None:
    """One file of an account, or None."""
    columns = ", ".join(f"{what} AS {name}" for name, what in ACCOUNT_FILES.columns.items())
    row = await sql.fetchrow(
        f"SELECT {columns} FROM {ACCOUNT_FILES.source} WHERE f.id = $1",  # noqa: S608
        file_id,
    )
    return AccountFileOut.model_validate(dict(row)) if row else None
