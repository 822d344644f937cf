"""Rows that we encode arrive as the driver's own do, to the last digit of a NUMERIC's scale."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbstop.platform import binary_copy as b

COLUMNS = ("id", "small", "whole", "big", "word", "on_day", "at", "price", "yes", "body")
TABLE = (
    "CREATE TEMP TABLE copied (id uuid, small smallint, whole int, big bigint, word text,"
    " on_day date, at timestamptz, price numeric, yes boolean, body jsonb)"
)
ROWS = [
    (
        *(UUID(int=7), -3, 70_000, -(1 << 40), "Kläranlage ″¾", date(2026, 2, 28)),
        *(datetime(2026, 11, 1, 8, 30, 0, 123456, UTC), Decimal("12.340"), True, {"a": [1, "é"]}),
    ),
    (
        *(UUID(int=(1 << 128) - 1), 0, 0, 0, "", date(1850, 1, 1)),
        *(datetime(1999, 12, 31, 23, 59, 59, 1, UTC), Decimal("-0.0001"), False, []),
    ),
    (UUID(int=1), 1, 1, 1, None, None, None, None, True, {}),
]


def encoded(row):
    name, small, whole, big, word, on_day, at, price, yes, body = row
    return b"".join(
        (
            *(b.count(len(COLUMNS)), b.uuid(name), b.int2(small), b.int4(whole), b.int8(big)),
            *(b.text(word), b.day(on_day), b.moment(at), b.numeric(price), b.flag(yes)),
            b.json_of(body),
        )
    )


async def test_every_kind_of_field_arrives_as_it_was(uow):
    await uow.sql.execute(TABLE)
    data = b.stream(encoded(row) for row in ROWS)
    assert await uow.sql.copy_encoded("copied", COLUMNS, data) == len(ROWS)
    found = await uow.sql.fetch("SELECT * FROM copied")
    assert [tuple(row) for row in found] == ROWS


NUMBERS = (
    *("0", "0.000", "7", "7.0", "7.00", "10", "1E+1", "10000", "9999.9999", "0.00001", "1E-6"),
    *("100000000", "12345678901234567890.123456789", "-1", "-10000.5", "0.00010000"),
)


async def test_a_number_keeps_its_scale(uow):
    await uow.sql.execute("CREATE TEMP TABLE numbers (place int, n numeric)")
    rows = [b.count(2) + b.int4(i) + b.numeric(Decimal(n)) for i, n in enumerate(NUMBERS)]
    await uow.sql.copy_encoded("numbers", ("place", "n"), b.stream(rows))
    found = await uow.sql.fetch("SELECT n::text AS n FROM numbers ORDER BY place")
    assert [row["n"] for row in found] == [format(Decimal(n), "f") for n in NUMBERS]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12)))
def test_the_digits_of_a_number_are_its_value(value):
    data = b.numeric(value)
    count, weight, sign, scale = (
        int.from_bytes(data[at : at + 2], "big", signed=at == 6) for at in (4, 6, 8, 10)
    )
    digits = [int.from_bytes(data[12 + 2 * n : 14 + 2 * n], "big") for n in range(count)]
    size = sum((d * Fraction(10_000) ** (weight - n) for n, d in enumerate(digits)), Fraction(0))
    assert (-size if sign else size, scale) == (Fraction(value), 6)
    assert len(data) == 4 + int.from_bytes(data[:4], "big")


@pytest.mark.parametrize("text", ["NaN", "Infinity"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="no number"):
        b.numeric(Decimal(text))
