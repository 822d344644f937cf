"""Wire shapes of the approval inbox."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.kernel.money import Cents
from curbstop.kernel.wire import QueryFlag
from curbstop.platform.lists import ListParams


class ApprovalKind(StrEnum):
    """What is asked for; each is decided by the routes of its own room."""

    ADJUSTMENT = "adjustment"
    BILL_RUN = "bill_run"
    READ = "read"
    TARIFF = "tariff"
    POLICY = "policy"


class ApprovalRow(BaseModel):
    """A request that another person than its author decides."""

    id: UUID = Field(description="Of the adjustment, run, exception, version or policy value.")
    kind: ApprovalKind
    reference: str = Field(description="The key of a policy, the tariff of a version; or empty.")
    title: str = Field(examples=["Leak adjustment"])
    account_number: str | None
    customer_name: str | None = Field(json_schema_extra={"confidential": True})
    amount_cents: Cents | None = Field(description="Null where no amount is at stake.")
    why: str = Field(description="What the one who asked wrote.")
    asked_by: UUID
    asked_by_name: str
    asked_at: datetime
    own: bool = Field(description="The caller asked for it or had a hand in it.")
    may_decide: bool = Field(description="The caller's role decides this kind, and it is not own.")


class ApprovalListParams(ListParams):
    """Filters of the inbox."""

    kind: ApprovalKind | None = None
    own: QueryFlag | None = Field(None, description="Only the caller's own requests, or others'.")
