"""Wire shapes of agreements and rating attributes."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.kernel.dates import Day
from curbstop.kernel.fields import Code, MadeId, Name, Note, Reason, Request
from curbstop.parcels.kinds import Service

AttributeName = Annotated[
    str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$", examples=["dwelling_units"])
]
Share = Annotated[Decimal, Field(gt=0, le=100, decimal_places=2)]


class AgreementRequest(Request):
    id: MadeId
    service_point_id: UUID
    service: Service
    rate_code: Code = Field(examples=["W-RES"])
    share_percent: Share = Field(
        Decimal(100), description="Of the point's use and charges; a shared meter has several."
    )
    from_on: Day = Field(description="The in-date: it belongs to this account.")
    attributes: Mapping[AttributeName, Name] = Field(
        default_factory=dict, max_length=40, description="Facts that the rate asks for."
    )


class AgreementEnd(Request):
    on: Day = Field(description="First day that is no longer this account's.")
    note: Note = ""


class AttributeRequest(Request):
    """From a day on the attribute has another value; null takes it away."""

    name: AttributeName
    value: Name | None
    from_on: Day
    reason: Reason


class AttributeOut(BaseModel):
    name: str
    value: str
    from_on: date
    to_on: date | None


class AgreementOut(BaseModel):
    id: UUID
    account_id: UUID
    service_point_id: UUID
    service: Service
    rate_code: str
    share_percent: Decimal
    from_on: date
    to_on: date | None


class AgreementRow(AgreementOut):
    """An agreement as the account's page has it."""

    service_point_code: str
    location: str
    situs_line: str | None
    situs_city: str | None
    attributes: list[AttributeOut] = Field(description="By name, oldest first.")


class OccupantOut(BaseModel):
    """Someone who takes or took a service at a point."""

    service_point_id: UUID
    service: Service
    agreement_id: UUID
    account_id: UUID
    account_number: str
    customer_name: str
    share_percent: Decimal
    from_on: date
    to_on: date | None
