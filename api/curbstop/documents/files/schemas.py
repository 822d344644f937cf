"""Wire shape of a stored file, without its bytes."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field


class StoredFileOut(BaseModel):
    """What is known of a file besides its content."""

    id: UUID
    sha256: str = Field(description="SHA-256 of the bytes, in hexadecimal.")
    name: str = Field(description="Its name without path or control characters.")
    media_type: str
    size_bytes: int
    created_by: UUID
    created_at: datetime


class StoredContent(StoredFileOut):
    """A file with its bytes; never sent as JSON."""

    content: bytes
