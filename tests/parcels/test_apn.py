"""Parcel numbers: keys, masks, padding, letters, refusals."""

import pytest

from curbstop.parcels.apn import Mask, apn_key, whole_key


@pytest.mark.parametrize(
    ("mask", "written", "key", "printed"),
    [
        ("3-4-3-4", "006-0153-011-0000", "00601530110000", "006-0153-011-0000"),
        ("3-4-3-4", "00601530110000", "00601530110000", "006-0153-011-0000"),
        ("3-4-3-4", "6-153-11", "00601530110000", "006-0153-011-0000"),
        ("3-4-3-4", "6 153 11 0", "00601530110000", "006-0153-011-0000"),
        ("3-3-2+MPSTU", "466-160-01T", "46616001T", "466-160-01T"),
        ("3-3-2+MPSTU", "466-160-1st", "46616001ST", "466-160-01ST"),
        ("3-3-2+MPSTU", "466.160.01", "46616001", "466-160-01"),
        ("3-1-3-3", "086-0-083-015", "0860083015", "086-0-083-015"),
    ],
)
def test_one_number_has_one_key_however_it_is_written(mask, written, key, printed):
    parsed = Mask.parse(mask)
    assert whole_key(written, parsed) == key
    assert parsed.format(key) == printed


@pytest.mark.parametrize(
    ("mask", "written"),
    [
        ("3-3-3", "12345678"),  # a digit short, and nobody knows which
        ("3-3-3", "123-456-7890"),
        ("3-3-3", "123-456-789-1"),
        ("3-3-2+MPSTU", "466-160-01X"),
        ("3-3-2+MPSTU", "466-160-01MMM"),
        ("3-3-3", "ABC-DEF-GHI"),
        ("3-3-3", "١٢٣-٤٥٦-٧٨٩"),  # digits, but not the assessor's
        ("3-3-3", "---"),
        ("3-3-3", "1" * 41),
    ],
)
def test_what_the_mask_does_not_print_is_refused(mask, written):
    with pytest.raises(ValueError):
        whole_key(written, Mask.parse(mask))


def test_without_a_mask_any_letters_and_digits_do():
    assert whole_key(" 0123a-b ", None) == "0123AB"
    assert apn_key("0123-a/b") == "0123AB"


@pytest.mark.parametrize(
    "mask", ["", "3-", "33", "3-0-3", "3--3", "3-3+", "3-3+mp", "A-3", "3-3\n"]
)
def test_a_mask_is_groups_of_digits(mask):
    with pytest.raises(ValueError, match="a mask reads like"):
        Mask.parse(mask)
