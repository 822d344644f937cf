"""Exports: money in dollars, confidential fields redacted unless a reason was given."""

import gc
from datetime import date
from decimal import Decimal

from pydantic import BaseModel, Field

import curbstop.main  # noqa: F401 - imports every room, and so every list
from curbstop.platform.export import confidential_fields, to_csv
from curbstop.platform.lists import ListSpec


class Row(BaseModel):
    number: str
    name: str = Field(json_schema_extra={"confidential": True})
    balance_cents: int
    due_on: date | None
    usage: Decimal


ROW = Row(
    number="0012-3456-01", name="Ana", balance_cents=-1234, due_on=None, usage=Decimal("1.50")
)


def lines(show_confidential):
    return to_csv(Row, [ROW], show_confidential).decode("utf-8-sig").splitlines()


def test_names_are_redacted_without_a_reason():
    assert confidential_fields(Row) == {"name"}
    assert lines(False)[1] == "0012-3456-01,[redacted],-12.34,,1.50"
    assert lines(True)[1] == "0012-3456-01,Ana,-12.34,,1.50"


def test_cents_are_headed_and_written_as_dollars():
    assert lines(False)[0] == "number,name,balance,due_on,usage"


# What identifies a customer (Gov. Code 7927.410). The assessor's roll and the staff list are not.
CUSTOMER_FIELDS = {
    "customer_name",
    "service_address",
    "phone",
    "phone_raw",
    "mail_name",
    "mail_line",
}


def test_every_list_redacts_what_identifies_a_customer():
    specs = [each for each in gc.get_objects() if isinstance(each, ListSpec)]
    assert len(specs) > 15
    shown = {
        f"{spec.row.__name__}.{field}"
        for spec in specs
        for field in CUSTOMER_FIELDS & set(spec.row.model_fields) - confidential_fields(spec.row)
    }
    assert shown == set()
