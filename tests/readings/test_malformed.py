"""Damaged and hostile read files: every one is refused whole, with line, column and reason."""

import pytest
from tests.readings.layout_samples import GENERIC, WHOLE, reads_of
from tests.readings.malformed import corpus

from curbstop.readings.layouts.canonical import MAX_ERRORS

CORPUS = list(corpus())


def test_the_corpus_is_large_and_its_undamaged_originals_are_accepted():
    assert len(CORPUS) >= 200
    for name, data in WHOLE.items():
        reads, errors = reads_of(name, data)
        assert reads, name
        assert errors == [], name


@pytest.mark.parametrize(
    ("name", "what", "data"), CORPUS, ids=[f"{name}: {what}" for name, what, _ in CORPUS]
)
def test_a_damaged_file_is_refused_whole_with_its_reasons(name, what, data):
    assert data != WHOLE[name], "the damage did not change the file"
    reads, errors = reads_of(name, data)
    assert reads == []
    assert errors
    for error in errors:
        assert error.line >= 1
        assert error.column
        assert error.reason


def test_all_errors_are_listed_in_line_order_and_capped():
    bad = "".join(f"M{i},2026-13-01,x{i}\n" for i in range(500))
    reads, errors = reads_of("generic-csv", f"meter,date,reading\n{bad}".encode())
    assert (reads, len(errors)) == ([], MAX_ERRORS)
    assert [e.line for e in errors] == sorted(e.line for e in errors)


def test_every_wrong_cell_is_named_not_only_the_first():
    data = b"meter,date,reading\nM1,2026-07-01,5\nM2,2026-07-32,NaN\n,2026-07-01,7\n"
    _, errors = reads_of("generic-csv", data)
    assert [(e.line, e.column) for e in errors] == [(3, "read_on"), (3, "reading"), (4, "meter_no")]
    assert "'NaN' is not a plain number" in errors[1].reason


def test_the_place_of_a_wrong_byte_is_given_by_line_and_column():
    _, errors = reads_of("generic-csv", GENERIC.replace(b"70000002,L", b"700\xff0002,L"))
    assert (errors[0].line, errors[0].column) == (4, "4")


def test_a_million_columns_are_refused_by_the_length_of_the_line():
    _, errors = reads_of("generic-csv", b"meter," * 1_000_000 + b"\n")
    assert "longer than" in errors[0].reason
