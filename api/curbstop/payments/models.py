"""Payments and their reversals: facts, never changed."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from curbstop.kernel.dates import Day
from curbstop.kernel.money import PositiveCents
from curbstop.platform.db import Timestamp, text_enum


class Tender(StrEnum):
    """What the customer handed over. A card leaves only the processor's reference here."""

    CASH = "cash"
    CHECK = "check"
    CARD = "card"


class ReturnReason(StrEnum):
    """Why a payment was taken back."""

    NSF = "nsf"
    STOPPED = "stopped"
    CLOSED_ACCOUNT = "closed_account"
    KEYED_WRONG = "keyed_wrong"
    OTHER = "other"


class PaymentRequest(SQLModel):
    """What a cashier enters. Each field is described once, here, and inherited below."""

    id: UUID = Field(primary_key=True, description="Client-made UUIDv7; repeating it is safe.")
    account_id: UUID = Field(foreign_key="accounts.id")
    cents: PositiveCents = Field(sa_type=BigInteger, schema_extra={"examples": [8_250]})
    tender: Tender = Field(sa_type=text_enum(Tender))
    reference: str = Field(
        default="",
        max_length=40,
        description="Check number, or the card processor's reference. Never a card number.",
    )
    received_on: Day = Field(description="The day the money came; not after today.")
    note: str = Field(default="", max_length=300)


class Payment(PaymentRequest, table=True):
    """A posted payment."""

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint("cents > 0", name="cents_positive"),
        CheckConstraint("tender = 'cash' OR reference <> ''", name="reference_given"),
        Index("ix_payments_account_id", "account_id", "posted_at"),
        Index("ix_payments_posted_at", "posted_at"),
        # Finds a check by its number or the beginning of it.
        Index(
            "ix_payments_reference",
            "reference",
            postgresql_ops={"reference": "text_pattern_ops"},
        ),
    )

    entry_id: UUID = Field(foreign_key="journal_entries.id", unique=True)
    posted_at: datetime = Field(sa_type=Timestamp)
    received_by: UUID
    received_by_name: str


class PaymentReversal(SQLModel, table=True):
    """A payment that came back, or was keyed wrong. One at most."""

    __tablename__ = "payment_reversals"

    id: UUID = Field(primary_key=True)
    payment_id: UUID = Field(foreign_key="payments.id", unique=True)
    reason: ReturnReason = Field(sa_type=text_enum(ReturnReason))
    note: str
    entry_id: UUID = Field(foreign_key="journal_entries.id", unique=True)
    reversed_at: datetime = Field(sa_type=Timestamp)
    reversed_by: UUID
    reversed_by_name: str
