"""The scan line: the published vector, its fields, and the switches of its check digit."""

from datetime import date

import pytest

from curbstop.documents.statements.scan_line import (
    CheckDigit,
    ScanLayout,
    scan_line,
    scan_line_is_valid,
)

PUBLISHED = "003456789011102960000000000100000000010008"
DUE = date(1996, 11, 2)


def test_the_published_line_is_made_and_verified() -> None:
    assert scan_line("00345678901", DUE, 1000) == PUBLISHED
    assert scan_line_is_valid(PUBLISHED)


def test_every_wrong_digit_and_nearly_every_swap_is_caught() -> None:
    for place in range(len(PUBLISHED)):
        wrong = str((int(PUBLISHED[place]) + 1) % 10)
        assert not scan_line_is_valid(PUBLISHED[:place] + wrong + PUBLISHED[place + 1 :])
    assert not scan_line_is_valid("030" + PUBLISHED[3:])
    assert not scan_line_is_valid(PUBLISHED[:-1])
    assert not scan_line_is_valid("x" + PUBLISHED[1:])


def test_gross_holds_the_late_charge() -> None:
    line = scan_line("0012-3456-01", date(2026, 12, 16), 15231, 1523)
    assert line[:11] == "00012345601"
    assert line[11:17] == "121626"
    assert line[17:21] == "1523"
    assert line[21:31] == "0000016754"
    assert line[31:41] == "0000015231"


def test_a_credit_balance_asks_for_nothing() -> None:
    line = scan_line("0012-3456-01", date(2026, 12, 16), -900, 1523)
    assert line[17:41] == "0" * 24


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="account"):
        scan_line("123456789012", DUE, 1)
    with pytest.raises(ValueError, match="gross"):
        scan_line("1", DUE, 10**10)


def test_a_late_charge_of_a_large_bill_is_in_gross_alone() -> None:
    """A tenth of $1,000 has five digits; the bill must print all the same."""
    line = scan_line("0012-3456-01", date(2026, 12, 16), 1_000_00, 100_00)
    assert (line[17:21], line[21:31], line[31:41]) == ("0000", "0000110000", "0000100000")
    assert scan_line_is_valid(line)


@pytest.mark.parametrize(
    ("check", "digit"),
    [
        (CheckDigit((2, 1), "left", digit_sum=True), 2),  # 2 + 2 + (1+4) + 9 = 18
        (CheckDigit((2, 1), "right", digit_sum=True), 9),  # (1+8) + 7 + 4 + 1 = 21
        (CheckDigit((1, 2), "left", digit_sum=False), 0),  # 1 + 4 + 7 + 18 = 30
        (CheckDigit((3, 7, 1), "left", digit_sum=False), 9),  # 3 + 14 + 7 + 27 = 51
    ],
)
def test_variants_of_the_check_digit(check: CheckDigit, digit: int) -> None:
    """Worked by hand on 1279."""
    assert check.of("1279") == digit


def test_another_layout_is_data() -> None:
    layout = ScanLayout((("account", 8), ("net", 7)), check=CheckDigit((1, 3), "right", False))
    line = scan_line("1234-5678", DUE, 4200, layout=layout)
    assert line[:15] == "123456780004200"
    assert scan_line_is_valid(line, layout)
    assert not scan_line_is_valid(line)
