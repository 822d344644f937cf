"""HTTP for the files of accounts. The bytes themselves are at `/files/{id}`."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from curbstop.accounts.files import actions, queries
from curbstop.accounts.files.schemas import AccountFileListParams, AccountFileOut
from curbstop.accounts.queries import AccountNotFound
from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import BadInput, IdempotencyConflict, TooLarge
from curbstop.kernel.fields import Line
from curbstop.platform.http import problems
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow, WriteUow
from curbstop.platform.uploads import Uploaded

router = APIRouter(tags=["accounts"])
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {"file": {"type": "string", "format": "binary"}},
                    "required": ["file"],
                }
            },
        },
    }
}


@router.get(
    "/account-files",
    response_model=Page[AccountFileOut],
    dependencies=[requires(Perm.ACCOUNT_READ)],
    responses=problems(BadInput),
)
async def list_account_files(
    params: Annotated[AccountFileListParams, Query()], reader: ReadUow, request: Request
) -> Page[AccountFileOut] | Response:
    """Files of accounts, of one or of all; `q` finds any scrap of title, name or account."""
    return await list_rows(reader, queries.ACCOUNT_FILES, params, request)


@router.post(
    "/accounts/{account_id}/files",
    status_code=201,
    response_model=AccountFileOut,
    dependencies=[requires(Perm.NOTE_WRITE)],
    openapi_extra=_BODY,
    responses=problems(
        AccountNotFound, actions.FileTypeRefused, TooLarge, IdempotencyConflict, BadInput
    ),
)
async def file_account_paper(
    account_id: UUID,
    file_id: Annotated[UUID, Query(description="Client-made UUIDv7; repeating it is safe.")],
    upload: Uploaded,
    uow: WriteUow,
    title: Annotated[Line, Query(description="What the office calls it; else its name.")] = "",
    file_name: Annotated[Line, Query()] = "",
) -> AccountFileOut:
    """Keep a file with an account: PDF, picture or text of at most 10 MB, known by its bytes."""
    name = file_name or upload.name or "file"
    return await actions.file_paper(
        uow, account_id, actions.Paper(file_id, upload.data, name, title)
    )
