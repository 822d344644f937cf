"""Wire shapes of register corrections."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from curbstop.kernel.dates import Day
from curbstop.kernel.fields import MadeId, Reason, Request
from curbstop.kernel.units import Unit
from curbstop.kernel.wire import Whole
from curbstop.meters.devices.schemas import BillingStep, Multiplier
from curbstop.meters.kinds import RegisterNumber


class RegisterTruth(Request):
    """What is true of a register, all of it."""

    wrong_since_on: Day = Field(description="First day whose water was counted wrongly.")
    dials: Whole = Field(ge=1, le=12, description="Billing digits, decimals included.")
    decimals: Whole = Field(ge=0, le=12, description="Digits right of the point.")
    multiplier: Multiplier
    unit: Unit
    billing_step: BillingStep

    @model_validator(mode="after")
    def _decimals_are_dials(self) -> "RegisterTruth":
        if self.decimals > self.dials:
            raise ValueError("decimals are among the dials, so they cannot be more")
        return self


class CorrectionRequest(RegisterTruth):
    """The record was wrong: what is true instead, and how the office knows."""

    id: MadeId
    reason: Reason


class CorrectionOut(BaseModel):
    """A correction as it stands for good, with what the record said before."""

    id: UUID
    register_id: UUID
    number: RegisterNumber
    wrong_since_on: date
    dials: int
    decimals: int
    multiplier: Decimal
    unit: Unit
    billing_step: Decimal
    was_dials: int
    was_decimals: int
    was_multiplier: Decimal
    was_unit: Unit
    was_billing_step: Decimal
    reason: str
    made_by: UUID
    made_by_name: str | None
    made_at: datetime
