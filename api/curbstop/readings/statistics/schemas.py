"""Wire shapes of the figures of reading."""

from datetime import date

from pydantic import BaseModel, Field

from curbstop.kernel.wire import QueryFlag
from curbstop.platform.lists import ListParams
from curbstop.readings.days import Day


class ReadingMonth(BaseModel):
    """What became of a walk's registers in a month; every figure counts registers and days."""

    month: date = Field(description="First day of the month of the read days.")
    walk: str | None = Field(description="Null: the service point is on no walk.")
    walk_name: str | None
    reader: str | None = Field(description="Who reads the walk, as it is set up today.")
    reads: int = Field(description="Read by somebody or something, exchanges and moves left out.")
    estimates: int = Field(description="Estimated instead of read.")
    skips: int = Field(description="Not read, with a code.")
    skip_codes: str = Field(description="The codes and how often: `DOG 3, LOCKED 1`.")
    exceptions: int = Field(description="Exceptions that the rules raised about a read.")
    missing: int = Field(description="Registers that went on the edit list for want of a read.")
    changed: int = Field(description="Reads whose value a re-read or correction changed.")


class StatisticsParams(ListParams):
    """Filters of the figures; without `since_on` the last twelve months."""

    since_on: Day | None = Field(None, description="Months from the one of this day on.")
    until_on: Day | None = Field(None, description="Months up to the one of this day.")
    walk: str | None = Field(None, max_length=20)
    reader: str | None = Field(None, max_length=100)
    skipped: QueryFlag | None = Field(None, description="true: only where something was skipped.")
