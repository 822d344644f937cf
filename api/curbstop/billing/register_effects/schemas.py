"""Wire shapes of what a register's correction would change."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.kernel.units import Unit


class UnbilledChange(BaseModel):
    """Water at a service point that is not billed yet: as recorded, and as it would be."""

    service_point_id: UUID
    service_point_code: str
    from_on: date
    to_on: date
    quantity: Decimal
    unit: Unit
    blocked_by: str | None = Field(description="Why it may not be billed as it stands.")
    corrected_quantity: Decimal
    corrected_unit: Unit
    corrected_blocked_by: str | None


class BilledPeriod(BaseModel):
    """A posted bill whose water this register counted after the record went wrong."""

    bill_id: UUID
    bill_number: str
    account_id: UUID
    account_number: str
    period_from: date
    period_to: date
    current_cents: int


class CorrectionEffect(BaseModel):
    """What a correction would do; nothing is done yet."""

    unbilled: list[UnbilledChange]
    needs_rebill: list[BilledPeriod] = Field(
        description="They stand as billed until somebody cancels and rebills them; oldest first."
    )
