"""A file as a client sends it: a raw body, or a multipart form with one `file`."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from curbstop.kernel.errors import BadInput, FieldError


@dataclass(frozen=True, slots=True)
class Upload:
    """The bytes and the name they came under, if any."""

    data: bytes
    name: str


async def _upload(request: Request) -> Upload:
    """The body's bytes. Raises BadInput for a form without a file; TooLarge comes from below."""
    kind = request.headers.get("content-type", "")
    if not kind.lower().startswith("multipart/form-data"):
        return Upload(await request.body(), "")
    try:
        async with request.form(max_files=1, max_fields=4) as form:
            part = form.get("file")
            if not isinstance(part, UploadFile):
                raise BadInput("the form has no file", FieldError("/file", "is required"))
            return Upload(await part.read(), part.filename or "")
    except HTTPException as broken:  # Starlette's own words for a broken form
        raise BadInput(f"the form cannot be read: {broken.detail}") from None
    except ValueError as broken:  # a part without a name, an impossible boundary
        raise BadInput("the form cannot be read") from broken


Uploaded = Annotated[Upload, Depends(_upload)]
