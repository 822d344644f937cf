"""HTTP for readers' photos: parse, authorize, delegate."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from curbstop.documents.files.schemas import StoredFileOut
from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import BadInput, IdempotencyConflict, TooLarge
from curbstop.platform.http import problems
from curbstop.platform.uow import WriteUow
from curbstop.readings.imports.uploads import UPLOAD_BODY, Uploaded
from curbstop.readings.photos import actions

router = APIRouter(tags=["readings"])


@router.post(
    "/read-photos",
    status_code=201,
    response_model=StoredFileOut,
    dependencies=[requires(Perm.READING_IMPORT)],
    openapi_extra=UPLOAD_BODY,
    responses=problems(actions.NotAPhoto, BadInput, TooLarge, IdempotencyConflict),
)
async def keep_read_photo(
    photo_id: Annotated[UUID, Query(description="Client-made UUIDv7; repeating it is safe.")],
    upload: Uploaded,
    uow: WriteUow,
    file_name: Annotated[str, Query(max_length=200)] = "",
) -> StoredFileOut:
    """Send a photo of a register; an entry of its walk then names it as `photo_id`."""
    name = file_name or upload.name or "photo"
    return await actions.keep_photo(uow, photo_id, name, upload.data)
