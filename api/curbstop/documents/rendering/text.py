"""Text as data brings it, made printable: nothing a customer's name holds may stop a document."""

import struct
import unicodedata
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent.parent / "assets" / "fonts"
_REPLACEMENT = "□"
# Controls, format characters (bidirectional overrides among them), surrogates, private use.
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_WINDOW_LINES = 6
_SPACES = {"Zs", "Zl", "Zp"}


def plain(text: str) -> str:
    """One line without control and formatting characters; white space becomes single spaces."""
    kept = []
    for character in unicodedata.normalize("NFC", text):
        if character in "\t\n\r" or unicodedata.category(character) in _SPACES:
            kept.append(" ")
        elif unicodedata.category(character) not in _UNPRINTABLE:
            kept.append(character)
    return " ".join("".join(kept).split())


def printable(text: str) -> str:
    """`plain`, with each character that our font lacks shown as □.

    PDF/UA refuses text without a glyph, and a statement must print whatever the name is.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    glyphs = font_coverage()
    return "".join(c if ord(c) in glyphs else _REPLACEMENT for c in plain(text))


def window_lines(address: Sequence[str]) -> list[str]:
    """An address in the lines that an envelope's window shows; surplus middle lines are joined."""
    lines = [line for line in map(plain, address) if line]
    if len(lines) <= _WINDOW_LINES:
        return lines
    return [*lines[: _WINDOW_LINES - 2], ", ".join(lines[_WINDOW_LINES - 2 : -1]), lines[-1]]


def printable_tree(value: Any, key: str = "") -> Any:
    """Dataclasses, lists and dicts as a JSON tree in which every string is `printable`.

    Drawings, under the key `svg`, are ours and stay as they are.
    """
    if isinstance(value, str):
        return value if key == "svg" else printable(value)
    if isinstance(value, list | tuple):
        return [printable_tree(item, key) for item in value]
    if isinstance(value, dict):
        return {name: printable_tree(item, name) for name, item in value.items()}
    if is_dataclass(value):
        return {f.name: printable_tree(getattr(value, f.name), f.name) for f in fields(value)}
    return value


@cache
def font_coverage() -> frozenset[int]:
    """Code points with a glyph in both weights of the text font (OpenType `cmap`, format 12)."""
    faces = (FONTS / "Inter-Regular.otf", FONTS / "Inter-SemiBold.otf")
    return frozenset.intersection(*(_code_points(face.read_bytes()) for face in faces))


def _code_points(font: bytes) -> frozenset[int]:
    table = _cmap(font)
    count = int.from_bytes(table[2:4], "big")
    for index in range(count):
        offset = int.from_bytes(table[8 + 8 * index : 12 + 8 * index], "big")
        if table[offset : offset + 2] == b"\x00\x0c":
            groups = int.from_bytes(table[offset + 12 : offset + 16], "big")
            ranges = struct.iter_unpack(">III", table[offset + 16 : offset + 16 + 12 * groups])
            return frozenset(
                point for first, last, glyph in ranges if glyph for point in range(first, last + 1)
            )
    raise ValueError("the font has no cmap of format 12")


def _cmap(font: bytes) -> bytes:
    tables = int.from_bytes(font[4:6], "big")
    for index in range(tables):
        tag, _, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if tag == b"cmap":
            return font[offset : offset + length]
    raise ValueError("the font has no cmap table")
