"""Intelligent Mail barcode of the United States Postal Service (USPS-B-3200)."""

from functools import cache

from curbstop.documents.barcodes.svg import bar, svg_path

_TRACKING_DIGITS = 20
_ROUTING_OFFSET = {0: 0, 5: 1, 9: 100_001, 11: 1_000_100_001}
_BITS = 13
_CRC_POLYNOMIAL, _CRC_BITS, _DATA_BITS = 0xF35, 11, 102

# For each of the 65 bars: character.bit of its descender / character.bit of its ascender
# (USPS-B-3200, appendix D table IV).
_BARS = [
    "7.2/4.3",
    "1.10/0.0",
    "9.12/2.8",
    "5.5/6.11",
    "8.9/3.1",
    "0.1/5.12",
    "2.5/1.8",
    "4.4/9.11",
    "6.3/8.10",
    "3.9/7.6",
    "5.11/1.4",
    "8.5/2.12",
    "9.10/0.2",
    "7.1/6.7",
    "3.6/4.9",
    "0.3/8.6",
    "6.4/2.7",
    "1.1/9.9",
    "7.10/5.2",
    "4.0/3.8",
    "6.2/0.4",
    "8.11/1.0",
    "9.8/3.12",
    "2.6/7.7",
    "5.1/4.10",
    "1.12/6.9",
    "7.3/8.0",
    "5.8/9.7",
    "4.6/2.10",
    "3.4/0.5",
    "8.4/5.7",
    "7.11/1.9",
    "6.0/9.6",
    "0.6/4.8",
    "2.1/3.2",
    "5.9/8.12",
    "4.11/6.1",
    "9.5/7.4",
    "3.3/1.2",
    "0.7/2.0",
    "1.3/4.1",
    "6.10/3.5",
    "8.7/9.4",
    "2.11/5.6",
    "0.8/7.12",
    "4.2/8.1",
    "5.10/3.0",
    "9.3/0.9",
    "6.5/2.4",
    "7.8/1.7",
    "5.0/4.5",
    "2.3/0.10",
    "6.12/9.2",
    "3.11/1.6",
    "8.8/7.9",
    "5.4/0.11",
    "1.5/2.2",
    "9.1/4.12",
    "8.3/6.6",
    "7.0/3.7",
    "4.7/7.5",
    "0.12/1.11",
    "2.9/9.0",
    "6.8/5.3",
    "3.10/8.2",
]
_STATES = "TDAF"  # index: descender + 2 × ascender
_EXTENT = {"T": (48, 49), "D": (48, 97), "A": (0, 97), "F": (0, 145)}  # top, height, 0.001 inch
_BAR, _PITCH = 20, 46  # 0.001 inch: USPS-B-3200 allows 15 to 25 and 41.6 to 50


def imb_states(tracking: str, routing: str = "") -> str:
    """The 65 bars as letters T (tracker), D (descender), A (ascender) and F (full).

    `tracking` is 20 digits: barcode id 2 (its second digit 0 to 4), service type 3, mailer id and
    serial 15; `routing` the ZIP code of 0, 5, 9 or 11 digits. Raises ValueError otherwise.
    """
    value = _payload(tracking, routing)
    crc = _crc11(value)
    characters = [
        character ^ (0x1FFF if crc >> place & 1 else 0)
        for place, character in enumerate(map(_character, _codewords(value, crc)))
    ]
    bars = []
    for entry in _BARS:
        (down, down_bit), (up, up_bit) = (map(int, part.split(".")) for part in entry.split("/"))
        descends, ascends = characters[down] >> down_bit & 1, characters[up] >> up_bit & 1
        bars.append(_STATES[descends + 2 * ascends])
    return "".join(bars)


def imb_svg(tracking: str, routing: str = "") -> str:
    """The barcode as SVG of 2.964 × 0.145 inch, one unit 0.001 inch, without clear zones."""
    bars = []
    for index, state in enumerate(imb_states(tracking, routing)):
        top, height = _EXTENT[state]
        bars.append(bar(index * _PITCH, top, _BAR, height))
    return svg_path(64 * _PITCH + _BAR, 145, "".join(bars))


def _payload(tracking: str, routing: str) -> int:
    if not (tracking.isascii() and tracking.isdigit() and len(tracking) == _TRACKING_DIGITS):
        raise ValueError("the tracking code has 20 digits")
    if len(routing) not in _ROUTING_OFFSET or not f"0{routing}".isdecimal():
        raise ValueError("the routing code has 0, 5, 9 or 11 digits")
    if tracking[1] > "4":
        raise ValueError("the second digit of the barcode identifier is 0 to 4")
    value = (int(routing) if routing else 0) + _ROUTING_OFFSET[len(routing)]
    value = (value * 10 + int(tracking[0])) * 5 + int(tracking[1])
    return value * 10**18 + int(tracking[2:])


def _crc11(value: int) -> int:
    """The frame check sequence over the 102 payload bits, most significant first."""
    crc = (1 << _CRC_BITS) - 1
    for place in range(_DATA_BITS - 1, -1, -1):
        feedback = (crc >> (_CRC_BITS - 1)) ^ (value >> place & 1)
        crc = (crc << 1 & ((1 << _CRC_BITS) - 1)) ^ (_CRC_POLYNOMIAL & 0x7FF if feedback else 0)
    return crc


def _codewords(value: int, crc: int) -> list[int]:
    value, last = divmod(value, 636)
    words = [last * 2]
    for _ in range(8):
        value, word = divmod(value, 1365)
        words.append(word)
    words.append(value + (659 if crc >> 10 & 1 else 0))
    return words[::-1]


def _character(codeword: int) -> int:
    five, two = _n_of_13(5), _n_of_13(2)
    return five[codeword] if codeword < len(five) else two[codeword - len(five)]


@cache
def _n_of_13(ones: int) -> list[int]:
    """All 13-bit numbers with that many ones: mirror pairs from the front, palindromes at the back.

    Source: USPS-B-3200, appendix D, tables I and II.
    """
    pairs: list[int] = []
    palindromes: list[int] = []
    for number in range(1 << _BITS):
        if number.bit_count() != ones:
            continue
        mirrored = int(f"{number:013b}"[::-1], 2)
        if mirrored == number:
            palindromes.append(number)
        elif mirrored > number:
            pairs += [number, mirrored]
    return pairs + palindromes[::-1]
