"""Wire shape of the list of accounts by balance."""

from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.accounts.kinds import AccountClass, AccountStatus
from curbstop.kernel.wire import QueryFlag
from curbstop.platform.lists import ListParams


class Owing(StrEnum):
    """The oldest age that an account still owes something of, or which way its balance points."""

    SOMETHING = "something"
    OVER_30 = "over_30"
    OVER_60 = "over_60"
    OVER_90 = "over_90"
    CREDIT = "credit"
    NOTHING = "nothing"


class AccountBalanceRow(BaseModel):
    """An account with its balance by days past due, and the flags that it carries today."""

    id: UUID
    number: str
    customer_name: str = Field(json_schema_extra={"confidential": True})
    service_address: str = Field(
        description="Of the newest agreement.", json_schema_extra={"confidential": True}
    )
    account_class: AccountClass
    status: AccountStatus
    flags: str = Field(
        description="Names of the flags in force.", json_schema_extra={"confidential": True}
    )
    balance_cents: int = Field(description="The four ages less the unapplied credits.")
    current_cents: int = Field(description="Not yet due, or due up to 30 days ago.")
    over_30_cents: int
    over_60_cents: int
    over_90_cents: int
    unapplied_cents: int = Field(description="Credits not used, as a positive figure.")


class AccountBalanceParams(ListParams):
    account_class: AccountClass | None = None
    status: AccountStatus | None = None
    owing: Owing | None = Field(None, description="over_60: owes something due over 60 days ago.")
    flag: str | None = Field(None, max_length=40, description="A kind of flag in force today.")
    flagged: QueryFlag | None = Field(None, description="With any flag in force, or with none.")
