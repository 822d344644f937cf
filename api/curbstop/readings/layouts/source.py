"""From the bytes of an upload to numbered lines, refusing what is not a text file of reads."""

import io
import re
from collections.abc import Iterator
from itertools import islice

from curbstop.readings.layouts.canonical import ErrorLog

MAX_LINE = 10_000
CHUNK_LINES = 10_000

_BINARY = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MAGIC = {
    b"\x1f\x8b": "a gzip archive; unpack it first",
    b"PK\x03\x04": "a zip archive or a spreadsheet; save it as text first",
    b"BZh": "a bzip2 archive; unpack it first",
    b"\xfd7zXZ": "an xz archive; unpack it first",
    b"%PDF": "a PDF document",
    b"\xff\xfe": "UTF-16 text; save it as UTF-8 first",
    b"\xfe\xff": "UTF-16 text; save it as UTF-8 first",
}


def check_bytes(data: bytes, encoding: str, log: ErrorLog) -> None:
    """Refuse at once what is not lines of text: archives, binary, encodings, giant lines."""
    if not data.strip(b"\xef\xbb\xbf \t\r\n\x1a"):
        log.add(1, "file", "is empty")
        return
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            log.add(1, "file", f"is {what}")
            return
    # Ctrl-Z ends the files of older hand-held software; only at the very end is it harmless.
    body = data.rstrip(b"\x1a")
    if found := _BINARY.search(body):
        place = found.start()
        code = body[place]
        log.add(*_line_and_column(body, place), f"holds the control character 0x{code:02X}")
    try:
        data.decode(encoding)
    except UnicodeDecodeError as failure:
        line, column = _line_and_column(data, failure.start)
        log.add(line, column, f"byte 0x{data[failure.start]:02X} is not {encoding} text")
    _check_line_lengths(data, log)


def _line_and_column(data: bytes, place: int) -> tuple[int, str]:
    before = data[:place].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1, str(len(before) - (before.rfind(b"\n") + 1) + 1)


def _check_line_lengths(data: bytes, log: ErrorLog) -> None:
    """Hop from line end to line end, one look per `MAX_LINE` bytes."""
    start, size = 0, len(data)
    while size - start > MAX_LINE:
        window = start + MAX_LINE + 1
        end = max(data.rfind(b"\n", start, window), data.rfind(b"\r", start, window))
        if end < 0:
            line, column = _line_and_column(data, start)
            log.add(line, column, f"the line is longer than {MAX_LINE} characters")
            return
        start = end + 1


def chunks(data: bytes, encoding: str) -> Iterator[tuple[int, list[str]]]:
    """Lists of lines without their ends, each with the number of its first line.

    LF, CRLF and CR all end a line; a byte order mark is dropped; `check_bytes` came before.
    """
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    stream = io.TextIOWrapper(io.BytesIO(data.rstrip(b"\x1a")), encoding=codec, newline=None)
    first = 1
    while lines := list(islice(stream, CHUNK_LINES)):
        yield first, [line.removesuffix("\n") for line in lines]
        first += len(lines)
