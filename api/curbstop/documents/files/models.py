"""The table of stored files."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field, SQLModel

from curbstop.platform.db import Timestamp


class StoredFile(SQLModel, table=True):
    """A file's bytes as they arrived. The same bytes may be stored under several ids."""

    __tablename__ = "stored_files"
    __table_args__ = (
        CheckConstraint("size_bytes = octet_length(content)", name="size_is_length"),
        CheckConstraint("sha256 = sha256(content)", name="hash_is_of_content"),
    )

    id: UUID = Field(primary_key=True)
    sha256: bytes
    name: str
    media_type: str
    size_bytes: int = Field(sa_type=BigInteger)
    content: bytes
    created_by: UUID
    created_at: datetime = Field(sa_type=Timestamp)
