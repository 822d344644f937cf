"""Wire shapes of flags and their kinds."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from curbstop.accounts.flags.models import Weight
from curbstop.kernel.dates import Day
from curbstop.kernel.fields import Code, Line, MadeId, Name, Reason, Request
from curbstop.kernel.wire import Flag


class FlagKindRequest(Request):
    name: Name = Field(examples=["Dog on premises"])
    weight: Weight = Field(description="stop, care or tell: how loudly the flag speaks.")
    guidance: Line = Field("", description="What to do about it.")
    is_offered: Flag = Field(True, description="False: no new flag of this kind.")


class FlagKindOut(BaseModel):
    code: str
    name: str
    weight: Weight
    guidance: str
    is_offered: bool


class AccountFlagRequest(Request):
    """Either a last day of showing or the word that it stays until removed; never neither."""

    id: MadeId
    kind: Code = Field(examples=["dog"])
    reason: Reason
    to_on: Day | None = Field(None, description="First day on which it is no longer shown.")
    until_removed: Flag = Field(False, description="True: it has no such day.")

    @model_validator(mode="after")
    def _ends_or_says_so(self) -> Self:
        if (self.to_on is None) != self.until_removed:
            raise ValueError("give the day it ends on, or say that it stays until removed")
        return self


class FlagRemoval(Request):
    reason: Reason


class AccountFlagOut(BaseModel):
    """A flag with the words of its kind. `in_force` on the district's day of the answer."""

    id: UUID
    account_id: UUID
    kind: str
    name: str
    weight: Weight
    guidance: str
    reason: str = Field(json_schema_extra={"confidential": True})
    from_on: date
    to_on: date | None
    until_removed: bool
    in_force: bool
    raised_by: UUID
    raised_by_name: str
    raised_at: datetime
    removed_by: UUID | None
    removed_by_name: str | None
    removed_at: datetime | None
    removal_reason: str | None
