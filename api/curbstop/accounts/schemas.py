"""Wire shapes of accounts."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.accounts.agreements.schemas import AgreementRow, OccupantOut
from curbstop.accounts.customers.schemas import CustomerOut
from curbstop.accounts.kinds import AccountClass, AccountStatus, Delivery, Language
from curbstop.kernel.dates import Day
from curbstop.kernel.fields import Line, MadeId, Note, Reason, Request
from curbstop.meters.service_points.schemas import InstalledOut, ServicePointOut
from curbstop.platform.lists import ListParams


class AccountRequest(Request):
    """The number is made by the office's own sequence, with its check digit."""

    id: MadeId
    customer_id: UUID
    account_class: AccountClass
    opened_on: Day
    mail_name: Line = ""
    mail_line: Line = ""
    mail_line2: Line = ""
    mail_city: Line = ""
    mail_state: Line = ""
    mail_zip: Line = ""
    mail_country: Line = "US"
    delivery: Delivery = Delivery.PAPER
    language: Language = Language.ENGLISH
    notes: Note = ""


class AccountChange(Request):
    """Fields left out stay as they are. Another responsible party is another account."""

    account_class: AccountClass = AccountClass.RESIDENTIAL
    mail_name: Line = ""
    mail_line: Line = ""
    mail_line2: Line = ""
    mail_city: Line = ""
    mail_state: Line = ""
    mail_zip: Line = ""
    mail_country: Line = ""
    delivery: Delivery = Delivery.PAPER
    language: Language = Language.ENGLISH
    notes: Note = ""


class CloseRequest(Request):
    on: Day = Field(description="No agreement may run beyond this day.")
    reason: Reason


class ReopenRequest(Request):
    reason: Reason


class AccountOut(BaseModel):
    id: UUID
    number: str = Field(examples=["0012-3456-07"])
    customer_id: UUID
    account_class: AccountClass
    status: AccountStatus
    opened_on: date
    closed_on: date | None
    mail_name: str
    mail_line: str
    mail_line2: str
    mail_city: str
    mail_state: str
    mail_zip: str
    mail_country: str
    delivery: Delivery
    language: Language
    notes: str
    created_at: datetime
    version: int


class AccountRow(BaseModel):
    """An account as the list has it."""

    id: UUID
    number: str
    customer_name: str = Field(json_schema_extra={"confidential": True})
    service_address: str = Field(
        description="Of the newest agreement.", json_schema_extra={"confidential": True}
    )
    account_class: AccountClass
    status: AccountStatus


class AccountListParams(ListParams):
    account_class: AccountClass | None = None
    status: AccountStatus | None = None


class ServedPoint(BaseModel):
    """A service point of the account, with the meters that stand there now."""

    service_point: ServicePointOut
    meters: list[InstalledOut]


class AccountPage(BaseModel):
    """Everything about one account that this room knows."""

    account: AccountOut
    customer: CustomerOut
    agreements: list[AgreementRow] = Field(description="Those in force first.")
    service_points: list[ServedPoint]
    occupancy: list[OccupantOut] = Field(
        description="Who takes and took service at these points, newest first."
    )
