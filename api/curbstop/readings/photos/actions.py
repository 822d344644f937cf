"""Keep a reader's photo, so that a line of hand entry can name it."""

from uuid import UUID

from curbstop.documents.files import actions as files
from curbstop.documents.files.schemas import StoredFileOut
from curbstop.kernel.errors import BadInput, FieldError
from curbstop.platform.uow import Uow

# What a telephone or a hand-held makes, told by its first bytes and not by its name.
_KINDS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"RIFF", "image/webp"),
)


class NotAPhoto(BadInput):
    title = "The file is not a photo"


async def keep_photo(uow: Uow, photo_id: UUID, name: str, data: bytes) -> StoredFileOut:
    """Store a photo under its client-made id; the same id and bytes is the same photo.

    Raises: NotAPhoto (neither JPEG, PNG nor WebP), TooLarge, IdempotencyConflict.
    """
    kind = next((kind for start, kind in _KINDS if data.startswith(start)), None)
    if kind is None or (kind == "image/webp" and data[8:12] != b"WEBP"):
        reason = "a JPEG, PNG or WebP image is wanted"
        raise NotAPhoto(reason, FieldError("/file", reason))
    return await files.store_file(uow, data, name, kind, file_id=photo_id)
