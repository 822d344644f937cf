"""The days that a request may speak of: bounded, so that arithmetic on them cannot overflow."""

from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import BeforeValidator, Field

from curbstop.kernel.dates import day_as_sent

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2199, 12, 31)
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY), BeforeValidator(day_as_sent)]
QueryDay = Annotated[Day, Query()]
