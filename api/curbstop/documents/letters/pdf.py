"""Letters as tagged PDF (PDF/UA-1): notices, payoff letters, what-changed letters."""

import orjson

from curbstop.documents.barcodes import imb_svg
from curbstop.documents.letters.data import LetterData
from curbstop.documents.rendering.colour import safe_colour
from curbstop.documents.rendering.text import printable_tree, window_lines
from curbstop.documents.rendering.typst import compile_pdf
from curbstop.documents.rendering.words import words


def render_letter(letter: LetterData, language: str) -> bytes:
    """The letter on as many pages as it needs; equal data gives equal bytes.

    Raises UnknownLanguage.
    """
    speech = words(language)
    imb = imb_svg(letter.imb_tracking, letter.imb_routing) if letter.imb_tracking else ""
    district = letter.district
    payload = {
        "language": language,
        "labels": dict(speech.labels),
        "heading": letter.heading,
        "district": district.name,
        "district_address": list(district.address),
        "contact": [c for c in (district.phone, district.website, district.office_hours) if c],
        "colour": safe_colour(district.colour),
        "mailing": window_lines(letter.mailing),
        "date": speech.date(letter.written_on),
        "reference": letter.reference,
        "paragraphs": list(letter.paragraphs),
        "table": letter.table,
        "closing": list(letter.closing),
        "signature": list(letter.signature),
        "imb": {"svg": imb, "alt": speech["imb_alt"]},
    }
    safe = orjson.dumps(printable_tree(payload))
    return compile_pdf("letter_1.typ", safe, letter.written_on)
