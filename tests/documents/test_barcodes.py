"""Barcodes, decoded here by means of their own: published vectors and a decoder of Code 128."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbstop.documents.barcodes import code128_svg, imb_svg, qr_svg
from curbstop.documents.barcodes.code128 import code128_values, code128_widths
from curbstop.documents.barcodes.imb import imb_states

RECTANGLE = re.compile(r"M(\d+) (\d+)h(\d+)v(\d+)h-\d+z")


def view_width(svg: str) -> int:
    return int(re.findall(r'viewBox="0 0 (\d+)', svg)[0])


# --- Intelligent Mail: the four examples of USPS-B-3200 -----------------------------------------


@pytest.mark.parametrize(
    ("routing", "states"),
    [
        ("", "ATTFATTDTTADTAATTDTDTATTDAFDDFADFDFTFFFFFTATFAAAATDFFTDAADFTFDTDT"),
        ("01234", "DTTAFADDTTFTDTFTFDTDDADADAFADFATDDFTAAAFDTTADFAAATDFDTDFADDDTDFFT"),
        ("012345678", "ADFTTAFDTTTTFATTADTAAATFTFTATDAAAFDDADATATDTDTTDFDTDATADADTDFFTFA"),
        ("01234567891", "AADTFFDFTDADTAADAATFDTDDAAADDTDTTDAFADADDDTFFFDDTTTADFAAADFTDAADA"),
    ],
)
def test_imb_reproduces_the_published_examples(routing: str, states: str) -> None:
    assert imb_states("01234567094987654321", routing) == states


@pytest.mark.parametrize(
    ("tracking", "routing"),
    [
        ("0123456709498765432", ""),
        ("0523456709498765432x", ""),
        ("05234567094987654321", ""),
        ("01234567094987654321", "1234"),
        ("01234567094987654321", "12a45"),
    ],
)
def test_imb_refuses_what_the_post_office_would(tracking: str, routing: str) -> None:
    with pytest.raises(ValueError, match=r"digit"):
        imb_states(tracking, routing)


def test_imb_is_drawn_within_the_postal_tolerances() -> None:
    states = imb_states("01234567094987654321", "01234567891")
    svg = imb_svg("01234567094987654321", "01234567891")
    bars = [tuple(map(int, m)) for m in RECTANGLE.findall(svg)]
    assert len(bars) == 65
    for state, (_, top, width, height) in zip(states, bars, strict=True):
        assert 15 <= width <= 25
        assert (top == 0) == (state in "AF")
        assert (top + height == 145) == (state in "DF")
    pitches = {b[0] - a[0] for a, b in pairwise(bars)}
    assert len(pitches) == 1
    assert 41.6 <= pitches.pop() <= 50


# --- Code 128: read the bars back ---------------------------------------------------------------


# The symbols 0 to 105, eleven modules each, a dark one a 1 (in hexadecimal): the standard's table
# in another form than the encoder's, so that a wrong width is caught.
_PRINTED = (
    "6cc 66c 666 498 48c 44c 4c8 4c4 464 648 644 624 59c 4dc 4ce 5cc 4ec 4e6 672 65c 64e "
    "6e4 674 76e 74c 72c 726 764 734 732 6d8 6c6 636 518 458 446 588 468 462 688 628 622 "
    "5b8 58e 46e 5d8 5c6 476 776 68e 62e 6e8 6e2 6ee 758 746 716 768 762 71a 77a 642 78a "
    "530 50c 4b0 486 42c 426 590 584 4d0 4c2 434 432 612 650 7ba 614 47a 53c 4bc 49e 5e4 "
    "4f4 4f2 7a4 794 792 6de 6f6 7b6 578 51e 45e 5e8 5e2 7a8 7a2 5de 5ee 75e 7ae 684 690 "
    "69c "
)
SYMBOLS = [int(symbol, 16) for symbol in _PRINTED.split()]
STOP = 0b1100011101011


def decode_code128(widths: list[int]) -> str:
    """Read bars and spaces as a scanner does, check character included."""
    modules = "".join("10"[index % 2] * width for index, width in enumerate(widths))
    assert int(modules[-13:], 2) == STOP
    symbols = [SYMBOLS.index(int(modules[i : i + 11], 2)) for i in range(0, len(modules) - 13, 11)]
    *data, check = symbols
    assert (data[0] + sum(i * v for i, v in enumerate(data[1:], 1))) % 103 == check
    in_c, text = data[0] == 105, ""
    for value in data[1:]:
        if value == (100 if in_c else 99):
            in_c = not in_c
        else:
            text += f"{value:02d}" if in_c else chr(value + 32)
    return text


def test_known_symbol_values() -> None:
    """The common example PJJ123C has check 54 from start A (103), so 55 from start B (104)."""
    assert code128_values("PJJ123C") == [104, 48, 42, 42, 17, 18, 19, 35, 55]
    assert code128_widths("PJJ123C")[-7:] == [2, 3, 3, 1, 1, 1, 2]


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=40))
def test_code128_reads_back(text: str) -> None:
    assert decode_code128(code128_widths(text)) == text


def test_digits_take_half_the_symbols() -> None:
    scan = "003456789011102960000000000100000000010008"
    assert len(code128_values(scan)) == 1 + 21 + 1


@pytest.mark.parametrize("text", ["", "é", "a\nb"])
def test_code128_refuses_what_it_cannot_carry(text: str) -> None:
    with pytest.raises(ValueError, match="ASCII"):
        code128_svg(text)


def test_code128_drawing_has_quiet_zones() -> None:
    bars = [tuple(map(int, m)) for m in RECTANGLE.findall(code128_svg("12345"))]
    width = view_width(code128_svg("12345"))
    assert bars[0][0] == 10
    assert bars[-1][0] + bars[-1][2] == width - 10


# --- QR -----------------------------------------------------------------------------------------


def test_qr_draws_the_three_finders() -> None:
    svg = qr_svg("https://district.example/pay?bill=1")
    size = view_width(svg)
    dark = {
        (x + i, y)
        for x, y, width, _ in (tuple(map(int, m)) for m in RECTANGLE.findall(svg))
        for i in range(width)
    }
    assert min(x for x, _ in dark) == min(y for _, y in dark) == 4
    for corner_x, corner_y in ((4, 4), (size - 11, 4), (4, size - 11)):
        ring = {(corner_x + i, corner_y) for i in range(7)}
        assert ring <= dark
        assert (corner_x + 1, corner_y + 1) not in dark
        assert (corner_x + 3, corner_y + 3) in dark


def test_qr_refuses_nothing_and_too_much() -> None:
    with pytest.raises(ValueError, match="text"):
        qr_svg("")
    with pytest.raises(ValueError, match="too large"):
        qr_svg("x" * 4000)
