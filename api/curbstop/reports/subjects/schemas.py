"""Wire shape of the thing that an act was done to."""

from uuid import UUID

from pydantic import BaseModel, Field


class AuditSubject(BaseModel):
    """A thing by the name that the office knows it by."""

    id: UUID
    kind: str = Field(examples=["account"])
    name: str
    path: str | None = Field(description="Its page in the staff app; null where it has none.")
