"""Wire shapes of customers."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from curbstop.accounts.kinds import AccountStatus, CustomerKind, Language
from curbstop.accounts.phones import normal_phone
from curbstop.kernel.fields import Line, MadeId, Name, Request, email_address
from curbstop.platform.lists import ListParams


def _phone(said: str) -> str:
    normal_phone(said)
    return said


def _email(value: str) -> str:
    return email_address(value) if value else ""


Phone = Annotated[Line, Field(max_length=40, examples=["(530) 555-0142"]), AfterValidator(_phone)]
Email = Annotated[Line, Field(max_length=254), AfterValidator(_email)]


class CustomerRequest(Request):
    id: MadeId
    kind: CustomerKind = CustomerKind.PERSON
    name: Name
    phone: Phone = Field("", description="As the customer says it.")
    email: Email = ""
    language: Language = Language.ENGLISH


class CustomerChange(Request):
    """Fields left out stay as they are."""

    kind: CustomerKind = CustomerKind.PERSON
    name: Name = ""
    phone: Phone = ""
    email: Email = ""
    language: Language = Language.ENGLISH


class CustomerOut(BaseModel):
    id: UUID
    kind: CustomerKind
    name: str = Field(json_schema_extra={"confidential": True})
    phone: str = Field(description="E.164.", json_schema_extra={"confidential": True})
    phone_raw: str = Field(description="As said.", json_schema_extra={"confidential": True})
    email: str = Field(json_schema_extra={"confidential": True})
    language: Language
    created_at: datetime
    version: int


class CustomerListParams(ListParams):
    kind: CustomerKind | None = None


class HeldAccount(BaseModel):
    id: UUID
    number: str
    status: AccountStatus
    service_address: str


class CustomerPage(BaseModel):
    customer: CustomerOut
    accounts: list[HeldAccount] = Field(description="Open ones first.")
