"""Code 128 (ISO/IEC 15417): code sets B and C, switched where that makes the symbol shorter."""

import re

from curbstop.documents.barcodes.svg import bar, svg_path

# Widths in modules of bar, space, bar, space, bar, space for the values 0 to 105.
_PATTERNS = [
    "212222",
    "222122",
    "222221",
    "121223",
    "121322",
    "131222",
    "122213",
    "122312",
    "132212",
    "221213",
    "221312",
    "231212",
    "112232",
    "122132",
    "122231",
    "113222",
    "123122",
    "123221",
    "223211",
    "221132",
    "221231",
    "213212",
    "223112",
    "312131",
    "311222",
    "321122",
    "321221",
    "312212",
    "322112",
    "322211",
    "212123",
    "212321",
    "232121",
    "111323",
    "131123",
    "131321",
    "112313",
    "132113",
    "132311",
    "211313",
    "231113",
    "231311",
    "112133",
    "112331",
    "132131",
    "113123",
    "113321",
    "133121",
    "313121",
    "211331",
    "231131",
    "213113",
    "213311",
    "213131",
    "311123",
    "311321",
    "331121",
    "312113",
    "312311",
    "332111",
    "314111",
    "221411",
    "431111",
    "111224",
    "111422",
    "121124",
    "121421",
    "141122",
    "141221",
    "112214",
    "112412",
    "122114",
    "122411",
    "142112",
    "142211",
    "241211",
    "221114",
    "413111",
    "241112",
    "134111",
    "111242",
    "121142",
    "121241",
    "114212",
    "124112",
    "124211",
    "411212",
    "421112",
    "421211",
    "212141",
    "214121",
    "412121",
    "111143",
    "111341",
    "131141",
    "114113",
    "114311",
    "411113",
    "411311",
    "113141",
    "114131",
    "311141",
    "411131",
    "211412",
    "211214",
    "211232",
]
_STOP = "2331112"
_TO_C, _TO_B, _START_B, _START_C = 99, 100, 104, 105
_QUIET_ZONE = 10
_HEIGHT = 60
_RUNS = re.compile(r"\d{4,}|^\d\d$")


def code128_values(text: str) -> list[int]:
    """Symbol values from start to check character, without the stop.

    Runs of four and more digits go to code set C, two to a symbol. Raises ValueError when the
    text is empty or holds a character outside printable ASCII.
    """
    if not text or not all(" " <= character <= "~" for character in text):
        raise ValueError("Code 128 set B takes printable ASCII, at least one character")
    values: list[int] = []
    position = 0
    for run in _RUNS.finditer(text):
        start = run.start() + len(run.group()) % 2  # an odd run leaves its first digit to set B
        _append_b(values, text[position:start])
        values.append(_TO_C if values else _START_C)
        values += [int(text[i : i + 2]) for i in range(start, run.end(), 2)]
        position = run.end()
    _append_b(values, text[position:])
    return [*values, _check_value(values)]


def code128_widths(text: str) -> list[int]:
    """Alternating bar and space widths in modules, first a bar, last the stop's final bar."""
    symbols = [_PATTERNS[value] for value in code128_values(text)]
    return [int(width) for width in "".join(symbols) + _STOP]


def code128_svg(text: str) -> str:
    """The symbol with its quiet zones as SVG; one module is one unit wide."""
    widths = code128_widths(text)
    x, bars = _QUIET_ZONE, []
    for index, width in enumerate(widths):
        if index % 2 == 0:
            bars.append(bar(x, 0, width, _HEIGHT))
        x += width
    return svg_path(x + _QUIET_ZONE, _HEIGHT, "".join(bars))


def _append_b(values: list[int], text: str) -> None:
    if text:
        values.append(_TO_B if values else _START_B)
        values += [ord(character) - 32 for character in text]


def _check_value(values: list[int]) -> int:
    weighted = sum(place * value for place, value in enumerate(values[1:], start=1))
    return (values[0] + weighted) % 103
