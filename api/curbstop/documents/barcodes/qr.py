"""QR codes (ISO/IEC 18004) by segno, at error correction level M, as one SVG path."""

from itertools import groupby

import segno

from curbstop.documents.barcodes.svg import bar, svg_path

_QUIET_ZONE = 4


def qr_svg(text: str) -> str:
    """The symbol with its quiet zone; one module is one unit.

    Raises ValueError when the text is empty or longer than a symbol holds.
    """
    if not text:
        raise ValueError("a QR code needs a text")
    rows = segno.make(text, error="m", micro=False, boost_error=False).matrix
    path = []
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            width = len(list(run))
            if dark:
                path.append(bar(x + _QUIET_ZONE, y + _QUIET_ZONE, width, 1))
            x += width
    size = len(rows) + 2 * _QUIET_ZONE
    return svg_path(size, size, "".join(path))
