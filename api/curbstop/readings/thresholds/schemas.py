"""Wire shapes of thresholds, their history, and what a change would do."""

from datetime import date
from decimal import Decimal

from pydantic import BaseModel, Field

from curbstop.accounts.kinds import AccountClass
from curbstop.kernel.fields import Request
from curbstop.readings.reviews.schemas import ParameterOut
from curbstop.readings.validation.facts import Season
from curbstop.readings.validation.rules import RuleName


class ThresholdValue(BaseModel):
    """What applies to a class in a season today."""

    account_class: AccountClass | None = Field(description="Null where nobody is a customer.")
    season: Season
    value: Decimal
    is_set: bool = Field(description="Whether the district set it; else it is the default.")


class ThresholdOut(BaseModel):
    """A threshold of the rules: what it is, its default, and its values in force today."""

    name: str
    title: str
    says: str = Field(description="What it decides, in a sentence.")
    rules: list[RuleName] = Field(description="The rules that go by it.")
    unit: str
    default: Decimal
    whole: bool = Field(description="Only whole numbers.")
    by_class: bool = Field(description="Whether it may differ by class and season.")
    has_preview: bool = Field(description="Whether the effect of a change can be told.")
    values: list[ThresholdValue] = Field(description="Every class and season.")


class ThresholdChange(ParameterOut):
    """A value as it was set, and by whom."""

    decided_by_name: str | None = Field(description="Null when no person of the office set it.")


class ThresholdPage(BaseModel):
    """A threshold with every value that was ever set, the newest day first."""

    threshold: ThresholdOut
    history: list[ThresholdChange]


class ThresholdTrial(Request):
    """A value that somebody thinks of setting; null as class or season means every one."""

    account_class: AccountClass | None
    season: Season | None
    value: Decimal = Field(ge=0, le=1_000_000, max_digits=13, decimal_places=6)


class ThresholdEffect(BaseModel):
    """What the last regular read of each register would have come to, before and after.

    With `second_person` the exceptions counted are those that take two persons to accept.
    """

    registers: int = Field(description="Registers of the class in service today.")
    reads: int = Field(description="Of those, registers whose last regular read was judged.")
    first_on: date | None
    last_on: date | None
    second_person: bool
    before: int = Field(description="Exceptions by the thresholds in force today.")
    after: int = Field(description="Exceptions with the new value.")
    newly: int = Field(description="Reads that become exceptions.")
    no_longer: int = Field(description="Reads that are exceptions no more.")
