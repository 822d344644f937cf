"""One spelling for every way an office writes a size."""

import pytest

from curbstop.meters.sizes import canonical_size


@pytest.mark.parametrize(
    ("written", "size"),
    [
        *((text, "5/8") for text in ("5/8", '5/8"', "⅝", " 5/8 in", "0.625", ".625", "10/16")),
        *((text, "3/4") for text in ("3/4", "¾", "¾ inch", "0.75", "3/4''")),
        *((text, "1") for text in ("1", '1"', "1.0", "1 in.", "01")),
        *((text, "1-1/2") for text in ("1-1/2", "1 1/2", "1½", '1½"', "1.5", "1 - 1/2 inches")),
        ("10", "10"),
        ('5/8" x 3/4"', "5/8x3/4"),
        ("⅝×¾", "5/8x3/4"),
    ],
)
def test_a_size_has_one_spelling(written, size):
    assert canonical_size(written) == size


REFUSED = ("", "0", "large", "1/0", "3 4", "73", "1.23", "5/7", "-1", "1e3", "1x2x3", "½½", "٣")


@pytest.mark.parametrize("written", [*REFUSED, "1" * 41])
def test_what_is_no_size_is_refused(written):
    with pytest.raises(ValueError):
        canonical_size(written)
