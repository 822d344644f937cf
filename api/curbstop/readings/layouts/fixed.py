"""Files whose every field has its place on the line."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from curbstop.readings.layouts.canonical import ErrorLog, Kind, ReadBatch
from curbstop.readings.layouts.definition import Fixed, Value
from curbstop.readings.layouts.source import chunks
from curbstop.readings.layouts.values import Normal, apply_decimals, column_parser

_NUMERIC = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.DATE})


def active(
    values: Sequence[Value],
    settings: Mapping[str, str],
    direction: Literal["input", "output"] = "input",
) -> list[Value]:
    """The fields that the settings and the direction leave in force."""
    return [
        value
        for value in values
        if value.only in (None, direction)
        and all(settings[name] == choice for name, choice in value.when.items())
    ]


def span(value: Value) -> tuple[int, int]:
    """The 0-based half-open place of a field; loading made sure that it has one."""
    start, length = value.start or 1, value.length or 0
    return start - 1, start - 1 + length


def length_fault(text: str, length: int, allow_short: bool, values: Sequence[Value]) -> str | None:
    """Why a line cannot have been written by the vendor, or None.

    Editors strip trailing blanks, so a short line may be whole; but never one that ends inside a
    number or a date, for that is how a truncated file would bill 123 instead of 12,345.
    """
    size = len(text)
    if size > length:
        return f"has {size} characters, the layout {length}"
    if size == length:
        return None
    if not allow_short:
        return f"has only {size} of {length} characters"
    for value in values:
        start, end = span(value)
        if value.kind in _NUMERIC and start < size < end and text[start:].strip():
            return f"ends inside {value.field} ({value.column}): truncated"
    return None


def parse_fixed(
    shape: Fixed, settings: Mapping[str, str], data: bytes, log: ErrorLog
) -> Iterator[ReadBatch]:
    """Batches of reads; errors go to the log, and their fields are None in the batch."""
    values = active(shape.fields, settings)
    parsers = [(value, *span(value), column_parser(value)) for value in values]
    for first, lines in chunks(data, shape.encoding):
        kept = [i for i, text in enumerate(lines) if text and not text.isspace()]
        texts = [lines[i] for i in kept]
        for index, text in zip(kept, texts, strict=True):
            if fault := length_fault(text, shape.length, shape.allow_short, values):
                log.add(first + index, "line", fault)
        parsed: dict[str, Sequence[Normal]] = {}
        for value, start, end, parse in parsers:
            done, bad = parse([text[start:end] for text in texts])
            for index, reason in bad:
                log.add(first + kept[index], value.column, reason)
            earlier = parsed.get(value.field)
            if earlier is not None:
                done = [a if a is not None else b for a, b in zip(earlier, done, strict=True)]
            parsed[value.field] = done
        for value in values:
            if isinstance(value.decimals, str) and value.decimals in parsed:
                parsed[value.field] = apply_decimals(parsed[value.field], parsed[value.decimals])
        if texts:
            public = {k: v for k, v in parsed.items() if not k.startswith("_")}
            yield ReadBatch([first + i for i in kept], texts, public)
        if log.full:
            return
