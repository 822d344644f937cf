"""Storing files."""

import asyncio
import hashlib
from uuid import UUID

from curbstop.audit import actions as audit
from curbstop.documents.files import queries
from curbstop.documents.files.names import safe_media_type, safe_name
from curbstop.documents.files.schemas import StoredFileOut
from curbstop.kernel.errors import IdempotencyConflict, TooLarge
from curbstop.kernel.ids import uuid7
from curbstop.platform.settings import load_settings
from curbstop.platform.uow import Uow

_INSERT = (
    "INSERT INTO stored_files"
    " (id, sha256, name, media_type, size_bytes, content, created_by, created_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
)


async def store_file(
    uow: Uow,
    content: bytes,
    name: str,
    media_type: str = "application/octet-stream",
    *,
    file_id: UUID | None = None,
) -> StoredFileOut:
    """Keep the bytes as they are, under a safe name; the same id and bytes is the same file.

    Raises TooLarge above `upload_bytes_max`, IdempotencyConflict (same id, other bytes).
    """
    limit = load_settings().upload_bytes_max
    if len(content) > limit:
        raise TooLarge(f"{len(content):,} bytes; at most {limit:,}")
    digest = (await asyncio.to_thread(hashlib.sha256, content)).digest()
    file_id = file_id or uuid7()
    if earlier := await queries.find_file(uow.sql, file_id):
        if earlier.sha256 != digest.hex():
            raise IdempotencyConflict(str(file_id))
        return earlier
    stored = StoredFileOut(
        id=file_id,
        sha256=digest.hex(),
        name=safe_name(name),
        media_type=safe_media_type(media_type),
        size_bytes=len(content),
        created_by=uow.actor.id,
        created_at=uow.now,
    )
    await uow.sql.execute(
        _INSERT,
        *(file_id, digest, stored.name, stored.media_type, stored.size_bytes, content),
        *(stored.created_by, stored.created_at),
    )
    after = {"name": stored.name, "sha256": stored.sha256, "size_bytes": stored.size_bytes}
    audit.record(uow, "file.stored", file_id, after=after)
    return stored
