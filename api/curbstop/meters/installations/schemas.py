"""Wire shapes of installing, removing, exchanging, deducting."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.kernel.dates import Day
from curbstop.kernel.fields import MadeId, Note, Request
from curbstop.meters.kinds import InstallationRole, RegisterNumber

ReadValue = Annotated[Decimal, Field(ge=0, lt=10**12, decimal_places=6)]
RegisterReads = Annotated[
    Mapping[RegisterNumber, ReadValue],
    Field(
        min_length=1,
        max_length=2,
        description="What each register showed, by its number: `0`, or `L` and `H`.",
        examples=[{"0": "1234"}],
    ),
]


class InstallRequest(Request):
    id: MadeId
    meter_id: UUID
    service_point_id: UUID
    role: InstallationRole = InstallationRole.MAIN
    on: Day
    reads: RegisterReads


class RemoveRequest(Request):
    on: Day
    reads: RegisterReads
    note: Note = ""


class ExchangeRequest(Request):
    """One meter out and another in, at one point on one day."""

    id: MadeId = Field(description="Of the new installation.")
    meter_id: UUID = Field(description="The meter that goes in.")
    role: InstallationRole = InstallationRole.MAIN
    on: Day
    out_reads: RegisterReads = Field(description="Of the meter that comes out.")
    in_reads: RegisterReads = Field(description="Of the meter that goes in.")
    note: Note = ""


class InstallationOut(BaseModel):
    id: UUID
    meter_id: UUID
    service_point_id: UUID
    role: InstallationRole
    from_on: date
    to_on: date | None


class ExchangeOut(BaseModel):
    removed: InstallationOut
    installed: InstallationOut


class DeductionRequest(Request):
    id: MadeId
    parent_service_point_id: UUID
    child_service_point_id: UUID
    from_on: Day


class DeductionEnd(Request):
    to_on: Day


class DeductionMade(BaseModel):
    id: UUID
    parent_service_point_id: UUID
    child_service_point_id: UUID
    from_on: date
    to_on: date | None
