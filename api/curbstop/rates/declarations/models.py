"""Tables of declarations, evapotranspiration and winter averages."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Numeric
from sqlalchemy import text as sql_text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field, SQLModel

from curbstop.platform.db import Timestamp


class Declaration(SQLModel, table=True):
    """A drought stage or emergency in force on `[from_on, to_on)`."""

    __tablename__ = "declarations"
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="period_forward"),
        ExcludeConstraint(
            ("code", "="),
            (sql_text("daterange(from_on, to_on, '[)')"), "&&"),
            name="declarations_once",
            using="gist",
        ),
    )

    id: UUID = Field(primary_key=True)
    code: str
    from_on: date
    to_on: date | None = None
    document: str
    declared_by: UUID
    declared_by_name: str
    declared_at: datetime = Field(sa_type=Timestamp)
    version: int = Field(default=1)


class Evapotranspiration(SQLModel, table=True):
    """Reference evapotranspiration of a zone in a calendar month, in inches."""

    __tablename__ = "evapotranspiration"
    __table_args__ = (
        CheckConstraint("EXTRACT(day FROM month) = 1", name="first_of_month"),
        CheckConstraint("inches >= 0", name="inches_positive"),
    )

    zone: str = Field(primary_key=True)
    month: date = Field(primary_key=True)
    inches: Decimal = Field(sa_type=Numeric(6, 3))


class WinterAverage(SQLModel, table=True):
    """What sewer bills of an agreement from `from_on` on are priced by, in the tariff's unit."""

    __tablename__ = "winter_averages"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity_positive"),
        CheckConstraint("approved_by <> set_by", name="four_eyes"),
    )

    agreement_id: UUID = Field(primary_key=True, foreign_key="agreements.id")
    from_on: date = Field(primary_key=True)
    quantity: Decimal = Field(sa_type=Numeric(14, 6))
    source: str
    set_by: UUID
    approved_by: UUID
