"""Wire shapes of codes and what they mean."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.kernel.fields import MadeId, Name, Reason, Request
from curbstop.kernel.wire import QueryFlag
from curbstop.platform.lists import ListParams
from curbstop.readings.codes.models import CodeKind


class ReadCodeRequest(Request):
    """A code of the district's own."""

    id: MadeId
    kind: CodeKind
    code: str = Field(pattern=r"^[A-Z0-9/_-]{1,10}$", examples=["GATE"])
    meaning: Name = Field(examples=["Locked gate"])


class ReadCodeRetirement(Request):
    """Why a code is not used any more."""

    reason: Reason


class ReadCodeOut(BaseModel):
    """A code, what it means, and how often readers left it."""

    id: UUID
    kind: CodeKind
    code: str
    meaning: str
    added_by_name: str | None = Field(description="Null of a code that came with Curbstop.")
    added_at: datetime | None
    retired_by_name: str | None
    retired_at: datetime | None
    retirement_reason: str | None
    times_left: int = Field(description="Times that readers left it.")
    last_left_on: date | None


class ReadCodeListParams(ListParams):
    """Filters of the codes; without `retired` those in force."""

    kind: CodeKind | None = None
    retired: QueryFlag = Field(False, description="Retired codes instead of those in force.")


class UnknownCode(BaseModel):
    """A code that readers left and that the table does not explain."""

    kind: CodeKind
    code: str
    times_left: int
    last_left_on: date


class ReadCodeAdded(BaseModel):
    """The code that was added."""

    id: UUID
