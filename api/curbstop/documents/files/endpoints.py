"""HTTP for stored files, and the style sheet of HTML statements."""

from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse

from curbstop.documents.files import queries
from curbstop.documents.files.names import attachment
from curbstop.documents.files.schemas import StoredFileOut
from curbstop.documents.statements.html import STYLESHEET
from curbstop.identity.auth import requires, requires_sign_in
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import NotFound
from curbstop.platform.http import problems
from curbstop.platform.uow import ReadUow

router = APIRouter(tags=["documents"])


class StoredFileNotFound(NotFound):
    title = "No such file"


@router.get(
    "/files/{file_id}",
    response_class=Response,
    dependencies=[requires(Perm.FILE_READ)],
    responses={
        200: {"content": {"*/*": {}}, "description": "The bytes as received, of their type."},
        **problems(StoredFileNotFound),
    },
)
async def download_file(file_id: UUID, reader: ReadUow) -> Response:
    """Download a file as it was received. Always an attachment: nothing of it runs in a page."""
    stored = await queries.read_file(reader.sql, file_id)
    if stored is None:
        raise StoredFileNotFound(str(file_id))
    return Response(
        stored.content,
        media_type=stored.media_type,
        headers={
            "Content-Disposition": attachment(stored.name),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, max-age=31536000, immutable",
            "ETag": f'"{stored.sha256}"',
        },
    )


@router.get(
    "/files/{file_id}/details",
    response_model=StoredFileOut,
    dependencies=[requires(Perm.FILE_READ)],
    responses=problems(StoredFileNotFound),
)
async def get_file_details(file_id: UUID, reader: ReadUow) -> StoredFileOut:
    """Name, type, size and hash of a file, without its bytes."""
    stored = await queries.find_file(reader.sql, file_id)
    if stored is None:
        raise StoredFileNotFound(str(file_id))
    return stored


@router.get(
    "/documents/statement.css",
    response_class=FileResponse,
    dependencies=[requires_sign_in()],
    responses={200: {"content": {"text/css": {}}, "description": "The style sheet."}},
)
async def get_statement_stylesheet() -> FileResponse:
    """The style sheet of HTML statements, as an asset so that pages need no inline style."""
    return FileResponse(STYLESHEET, media_type="text/css")
