"""Wire shape of the list of accounts by balance."""

from enum import StrEnum

from pydantic import Field

from curbstop.accounts.schemas import AccountListParams, AccountRow
from curbstop.kernel.wire import QueryFlag


class Owing(StrEnum):
    """The oldest age that an account still owes something of, or which way its balance points."""

    SOMETHING = "something"
    OVER_30 = "over_30"
    OVER_60 = "over_60"
    OVER_90 = "over_90"
    CREDIT = "credit"
    NOTHING = "nothing"


class AccountBalanceRow(AccountRow):
    """An account with its balance by days past due, and the flags that it carries today."""

    flags: str = Field(
        description="Names of the flags in force.", json_schema_extra={"confidential": True}
    )
    balance_cents: int = Field(description="The four ages less the unapplied credits.")
    current_cents: int = Field(description="Not yet due, or due up to 30 days ago.")
    over_30_cents: int
    over_60_cents: int
    over_90_cents: int
    unapplied_cents: int = Field(description="Credits not used, as a positive figure.")


class AccountBalanceParams(AccountListParams):
    owing: Owing | None = Field(None, description="over_60: owes something due over 60 days ago.")
    flag: str | None = Field(None, max_length=40, description="A kind of flag in force today.")
    flagged: QueryFlag | None = Field(None, description="With any flag in force, or with none.")
