"""Wire shape of a file on an account."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.accounts.files.models import AccountFileKind
from curbstop.platform.lists import ListParams


class AccountFileOut(BaseModel):
    """A file of an account. Its bytes are at `/files/{id}`."""

    id: UUID
    account_id: UUID
    account_number: str
    kind: AccountFileKind
    title: str = Field(json_schema_extra={"confidential": True})
    name: str = Field(description="As it was called.", json_schema_extra={"confidential": True})
    media_type: str
    size_bytes: int
    filed_by: UUID
    filed_by_name: str
    filed_at: datetime


class AccountFileListParams(ListParams):
    account_id: UUID | None = None
    kind: AccountFileKind | None = None
