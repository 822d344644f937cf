"""Reading stored files."""

from uuid import UUID

from curbstop.documents.files.schemas import StoredContent, StoredFileOut
from curbstop.platform.db import Sql

_COLUMNS = (
    "id, encode(sha256, 'hex') AS sha256, name, media_type, size_bytes, created_by, created_at"
)
_ONE = f"SELECT {_COLUMNS} FROM stored_files WHERE id = $1"  # noqa: S608
_WITH_CONTENT = f"SELECT {_COLUMNS}, content FROM stored_files WHERE id = $1"  # noqa: S608


async def find_file(sql: Sql, file_id: UUID) -> StoredFileOut | None:
    """What is known of a file, without reading its bytes."""
    row = await sql.fetchrow(_ONE, file_id)
    return StoredFileOut.model_validate(dict(row)) if row else None


async def read_file(sql: Sql, file_id: UUID) -> StoredContent | None:
    """The file and its bytes."""
    row = await sql.fetchrow(_WITH_CONTENT, file_id)
    return StoredContent.model_validate(dict(row)) if row else None
