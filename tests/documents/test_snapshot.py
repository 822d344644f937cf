"""The snapshot: canonical, complete, and what an exact reprint is made from."""

from dataclasses import fields
from decimal import Decimal

import orjson
import pytest
from pydantic import ValidationError

from curbstop.documents.statements import from_snapshot, render_statement, to_snapshot
from curbstop.documents.statements.data import StatementDoesNotFoot
from tests.documents.statement_samples import statement


def test_a_snapshot_reads_back_whole() -> None:
    data = statement()
    assert from_snapshot(to_snapshot(data)) == data
    assert to_snapshot(from_snapshot(to_snapshot(data))) == to_snapshot(data)


def test_it_is_canonical_and_holds_every_field_exactly() -> None:
    snapshot = orjson.loads(to_snapshot(statement()))
    assert list(snapshot) == sorted(field.name for field in fields(statement()))
    assert snapshot["charges"][0]["lines"][2]["price"] == "4.875"
    assert snapshot["total_due_cents"] == 15231
    assert snapshot["due_on"] == "2026-12-16"


def test_trailing_zeros_of_a_price_survive() -> None:
    line = from_snapshot(to_snapshot(statement())).charges[0].lines[1]
    assert line.price is not None
    assert line.price.as_tuple() == Decimal("3.00").as_tuple()


def test_a_reprint_from_the_snapshot_is_the_same_document() -> None:
    data = statement()
    assert render_statement(from_snapshot(to_snapshot(data)), "es") == render_statement(data, "es")


@pytest.mark.parametrize(
    ("key", "value", "error"),
    [
        ("total_due_cents", "15231", ValidationError),
        ("due_on", "tomorrow", ValidationError),
        ("kind", "final-ish", ValidationError),
    ],
)
def test_a_damaged_snapshot_is_refused(key: str, value: object, error: type) -> None:
    broken = orjson.loads(to_snapshot(statement())) | {key: value}
    with pytest.raises(error):
        from_snapshot(orjson.dumps(broken))


def test_a_snapshot_that_does_not_foot_is_refused() -> None:
    broken = orjson.loads(to_snapshot(statement())) | {"total_due_cents": 1}
    with pytest.raises((StatementDoesNotFoot, ValidationError), match="total due"):
        from_snapshot(orjson.dumps(broken))
