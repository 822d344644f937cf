"""Read files that must be refused: every vendor's shape, damaged in every way we know."""

from collections.abc import Callable, Iterator

from tests.readings.layout_samples import WHOLE

Damage = Callable[[bytes], bytes]


def _delimiter(data: bytes) -> bytes:
    return b"\t" if b"\t" in data.splitlines()[0] else b","


def _line(data: bytes, index: int, change: Callable[[bytes], bytes]) -> bytes:
    lines = data.splitlines()
    lines[index] = change(lines[index])
    return b"\n".join(lines) + b"\n"


def _without(data: bytes, index: int) -> bytes:
    lines = data.splitlines(keepends=True)
    return b"".join(lines[:index] + lines[index + 1 :])


def _reading(data: bytes, text: bytes) -> bytes:
    """Put something else where the reading stands, in whichever shape."""
    for whole in (b"0000022480", b"0000002280"):
        if whole in data:
            return data.replace(whole, text.ljust(10)[:10], 1)
    old = b",1262," if b",1262," in data else b"\t22\t"
    return data.replace(old, old[:1] + text + old[-1:], 1)


def _dates(data: bytes, month: bytes, day: bytes) -> bytes:
    """Damage the first date of the file, whichever way it is written."""
    for form in (b"2026-%b-%b", b"2026%b%b", b"%b%b2026"):
        for old in ((b"07", b"01"), (b"07", b"03")):
            if form % old in data:
                return data.replace(form % old, form % (month, day))
    raise AssertionError("no date in the sample")


def _cut_reading(data: bytes) -> bytes:
    whole = b"0000022480" if b"0000022480" in data else b"0000002280"
    return data[: data.index(whole) + 4]


ANY_FILE: dict[str, Damage] = {
    "empty": lambda _: b"",
    "only blanks": lambda _: b" \r\n\r\n\t\r\n",
    "only a byte order mark": lambda _: b"\xef\xbb\xbf",
    "UTF-16 little": lambda d: d.decode().encode("utf-16"),
    "UTF-16 big": lambda d: b"\xfe\xff" + d.decode().encode("utf-16-be"),
    "UTF-16 without mark": lambda d: d.decode().encode("utf-16-le"),
    "UTF-32": lambda d: d.decode().encode("utf-32"),
    "NUL in front": lambda d: b"\x00" + d,
    "NUL inside": lambda d: d[: len(d) // 2] + b"\x00" + d[len(d) // 2 :],
    "NUL at the end": lambda d: d + b"\x00",
    "escape sequence": lambda d: d.replace(b"7000", b"\x1b[2J", 1),
    "not UTF-8": lambda d: d.replace(b"7000", b"\xff\xfe7", 1),
    "half a character": lambda d: d + b"\xc3",
    "overlong UTF-8": lambda d: d.replace(b"7000", b"\xc0\xaf70", 1),
    "gzip": lambda d: b"\x1f\x8b\x08\x00" + d,
    "zip": lambda d: b"PK\x03\x04" + d,
    "bzip2": lambda d: b"BZh91AY" + d,
    "xz": lambda d: b"\xfd7zXZ\x00" + d,
    "PDF": lambda d: b"%PDF-1.7\n" + d,
    "one giant line": lambda d: d + b"x" * 200_000,
    "a giant line of delimiters": lambda d: d + b"," * 50_000,
    "HTML error page": lambda _: b"<html><body>502 Bad Gateway</body></html>\n",
    "JSON": lambda _: b'{"meter": "70000001", "reading": 5}\n',
    "XML": lambda _: b"<?xml version='1.0'?><reads/>\n",
    "another vendor's file": lambda d: WHOLE["itron-mvrs" if b"COMHD" in d else "neptune-v4"],
    "a line of junk": lambda d: d + b"%%%%%\r\n",
    "a reading of NaN": lambda d: _reading(d, b"NaN"),
    "a reading of infinity": lambda d: _reading(d, b"inf"),
    "a reading of 1e9": lambda d: _reading(d, b"1e9"),
    "a hexadecimal reading": lambda d: _reading(d, b"0x1F"),
    "a negative reading": lambda d: _reading(d, b"-12"),
    "a reading with letters": lambda d: _reading(d, b"12O4"),
    "two points": lambda d: _reading(d, b"1.2.3"),
    "Arabic digits": lambda d: _reading(d, "٣٤".encode()),
    "a formula": lambda d: _reading(d, b"=1+1"),
    "a reading with a blank inside": lambda d: _reading(d, b"12 34"),
    "month 13": lambda d: _dates(d, b"13", b"01"),
    "30 February": lambda d: _dates(d, b"02", b"30"),
    "day zero": lambda d: _dates(d, b"07", b"00"),
    "letters in the date": lambda d: _dates(d, b"ab", b"01"),
}

DELIMITED: dict[str, Damage] = {
    "header only": lambda d: d.splitlines(keepends=True)[0],
    "unbalanced quote": lambda d: d.replace(b"70000001", b'"70000001', 1),
    "quote after text": lambda d: d.replace(b"70000001", b'7000"0001"x"', 1).replace(
        b'7000"', b'"70"00', 1
    ),
    "a cell too many": lambda d: _line(d, 1, lambda text: text + _delimiter(d) + b"9"),
    "a cell too few": lambda d: _line(d, 1, lambda text: text.rpartition(_delimiter(d))[0]),
    "no header": lambda d: b"".join(d.splitlines(keepends=True)[1:]),
    "header twice": lambda d: d.splitlines(keepends=True)[0] + d,
    "a doubled column": lambda d: _line(
        d, 0, lambda t: t + _delimiter(d) + t.split(_delimiter(d))[0]
    ),
    "no date column": lambda d: d.replace(b"Read Date", b"Else").replace(b"Read_Time", b"Else"),
    "wrong delimiter": lambda d: d.replace(_delimiter(d), b"^"),
    "a thousand columns": lambda d: b"".join(
        text.rstrip(b"\r\n") + _delimiter(d) * 1000 + b"\n" for text in d.splitlines()
    ),
    "blank meter": lambda d: (
        d.replace(b"70000001", b"", 1).replace(b"130615549", b"", 1).replace(b"SP-1", b"", 1)
    ),
    "an over-long meter": lambda d: d.replace(b"70000001", b"7" * 90, 1),
    "a unit nobody knows": lambda d: d.replace(b"HCF", b"FURLONG", 1).replace(
        b"\tH\t", b"\tQ\t", 1
    ),
    "a newline inside quotes": lambda d: d.replace(b"70000001", b'"7000\n0001"', 1),
}

FIXED: dict[str, Damage] = {
    "a line too long": lambda d: _line(d, -1, lambda text: text.ljust(400, b"9")),
    "cut inside the reading": _cut_reading,
    "shifted by one": lambda d: b"".join(b" " + t for t in d.splitlines(keepends=True)),
    "tabs for blanks": lambda d: d.replace(b"    ", b"\t"),
}

RECORDS: dict[str, Damage] = {
    "no trailers": lambda d: b"".join(d.splitlines(keepends=True)[:-2]),
    "no last trailer": lambda d: b"".join(d.splitlines(keepends=True)[:-1]),
    "no headers": lambda d: b"".join(d.splitlines(keepends=True)[2:]),
    "file header twice": lambda d: d.splitlines(keepends=True)[0] + d,
    "the file twice": lambda d: d + d,
    "trailer first": lambda d: b"".join(reversed(d.splitlines(keepends=True))),
    "a line missing": lambda d: _without(d, 3),
    "the meter missing": lambda d: _without(d, 4 if d.startswith(b"FHD") else 3),
    "file header only": lambda d: d.splitlines(keepends=True)[0],
    "an unknown record": lambda d: d + b"ZZZZZ\r\n",
    "lower-case records": lambda d: d.lower(),
}


def corpus() -> Iterator[tuple[str, str, bytes]]:
    """`(layout, what is wrong, bytes)` of every damaged file."""
    shapes = {
        "generic-csv": DELIMITED,
        "badger-beacon": DELIMITED,
        "sensus-autoread": FIXED,
        "neptune-v4": FIXED | RECORDS,
        "itron-mvrs": FIXED | RECORDS,
    }
    for name, own in shapes.items():
        for what, damage in (ANY_FILE | own).items():
            yield name, what, damage(WHOLE[name])
