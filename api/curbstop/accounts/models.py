"""Customers, accounts, agreements, rating attributes, and the list that staff search."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric, UniqueConstraint
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field, SQLModel

from curbstop.accounts.kinds import (
    AccountClass,
    AccountStatus,
    CustomerKind,
    Delivery,
    Language,
)
from curbstop.parcels.kinds import Service
from curbstop.platform.db import DAYS, Timestamp, text_enum, trigram_index


class Customer(SQLModel, table=True):
    """Someone who answers for an account. `phone` is E.164, `phone_raw` as they said it."""

    __tablename__ = "customers"
    __table_args__ = (trigram_index("customers", "name"), trigram_index("customers", "phone"))

    id: UUID = Field(primary_key=True)
    kind: CustomerKind = Field(sa_type=text_enum(CustomerKind))
    name: str
    phone: str
    phone_raw: str
    email: str
    language: Language = Field(sa_type=text_enum(Language))
    created_at: datetime = Field(sa_type=Timestamp)
    version: int = Field(default=1)


class Account(SQLModel, table=True):
    """A customer's account. `number` carries a check digit and is never used again."""

    __tablename__ = "accounts"
    __table_args__ = (
        CheckConstraint(r"number ~ '^\d{4}-\d{4}-\d{2}$'", name="number_shape"),
        CheckConstraint("(status = 'closed') = (closed_on IS NOT NULL)", name="closed_day"),
        CheckConstraint("closed_on >= opened_on", name="closed_after_opened"),
    )

    id: UUID = Field(primary_key=True)
    number: str = Field(unique=True)
    customer_id: UUID = Field(foreign_key="customers.id", index=True)
    account_class: AccountClass = Field(
        sa_type=text_enum(AccountClass), sa_column_kwargs={"name": "class"}
    )
    status: AccountStatus = Field(sa_type=text_enum(AccountStatus))
    opened_on: date
    closed_on: date | None = None
    mail_name: str
    mail_line: str
    mail_line2: str
    mail_city: str
    mail_state: str
    mail_zip: str
    mail_country: str
    delivery: Delivery = Field(sa_type=text_enum(Delivery))
    language: Language = Field(sa_type=text_enum(Language))
    notes: str
    created_at: datetime = Field(sa_type=Timestamp)
    version: int = Field(default=1)


class Agreement(SQLModel, table=True):
    """An account takes a service at a service point in `[from_on, to_on)`.

    The in-date belongs to the incoming party, so one may end and another start on the same day. A
    trigger keeps the shares of one point and service at 100 % or less on every day.
    """

    __tablename__ = "agreements"
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="period_forward"),
        CheckConstraint("share_percent > 0 AND share_percent <= 100", name="share_range"),
        ExcludeConstraint(
            ("account_id", "="),
            ("service_point_id", "="),
            ("service", "="),
            (DAYS, "&&"),
            name="agreements_account_once",
            using="gist",
        ),
        Index("ix_agreements_service_point_id_service", "service_point_id", "service"),
    )

    id: UUID = Field(primary_key=True)
    account_id: UUID = Field(foreign_key="accounts.id", index=True)
    service_point_id: UUID = Field(foreign_key="service_points.id")
    service: Service = Field(sa_type=text_enum(Service))
    rate_code: str
    share_percent: Decimal = Field(sa_type=Numeric(5, 2))
    from_on: date
    to_on: date | None = None
    created_at: datetime = Field(sa_type=Timestamp)


class RatingAttribute(SQLModel, table=True):
    """A fact that the rate asks for (dwelling units, lot group), true in `[from_on, to_on)`."""

    __tablename__ = "rating_attributes"
    __table_args__ = (
        CheckConstraint("to_on > from_on", name="period_forward"),
        ExcludeConstraint(
            ("agreement_id", "="),
            ("name", "="),
            (DAYS, "&&"),
            name="rating_attributes_once",
            using="gist",
        ),
    )

    id: UUID = Field(primary_key=True)
    agreement_id: UUID = Field(foreign_key="agreements.id", index=True)
    name: str
    value: str
    from_on: date
    to_on: date | None = None


# The key rides along in the indexes by number, so that a deep page is found in them alone.
_KEY = ("account_id",)


class AccountSummary(SQLModel, table=True):
    """The accounts list, one row each, kept by triggers: a projection that can be rebuilt.

    One narrow table makes every sort an index and every search one trigram lookup.
    `service_address` is that of the newest agreement; `search` holds number, digits, name, phone,
    e-mail, the name on its mail, and every address that the account ever took service at, in lower
    case.
    """

    __tablename__ = "account_summaries"
    __table_args__ = (
        trigram_index("account_summaries", "search"),
        Index("ix_account_summaries_customer_name", "customer_name", "account_id"),
        Index("ix_account_summaries_service_address", "service_address", "account_id"),
        Index("ix_account_summaries_class_number", "class", "number", postgresql_include=_KEY),
        Index("ix_account_summaries_status_number", "status", "number", postgresql_include=_KEY),
        UniqueConstraint("number", postgresql_include=_KEY),
    )

    account_id: UUID = Field(primary_key=True, foreign_key="accounts.id")
    number: str
    customer_name: str
    service_address: str
    account_class: AccountClass = Field(
        sa_type=text_enum(AccountClass), sa_column_kwargs={"name": "class"}
    )
    status: AccountStatus = Field(sa_type=text_enum(AccountStatus))
    search: str


class AccountCount(SQLModel, table=True):
    """How many accounts the list holds, by what it is filtered by; kept by triggers."""

    __tablename__ = "account_counts"

    account_class: AccountClass = Field(
        sa_type=text_enum(AccountClass), sa_column_kwargs={"name": "class"}, primary_key=True
    )
    status: AccountStatus = Field(sa_type=text_enum(AccountStatus), primary_key=True)
    n: int
