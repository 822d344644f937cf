"""What a file would become, without a database: the same parser, a sample of its reads."""

from collections.abc import Mapping
from dataclasses import asdict
from itertools import islice

from curbstop.readings.imports.schemas import PreviewLine, PreviewOut
from curbstop.readings.layouts.canonical import ErrorLog, ReadBatch
from curbstop.readings.layouts.definition import Layout
from curbstop.readings.layouts.parsing import parse
from curbstop.readings.layouts.schemas import FileErrorOut

SAMPLE_LINES = 50


def preview(layout: Layout, settings: Mapping[str, str], data: bytes) -> PreviewOut:
    """Parse the whole file; list its errors, count its reads and show the first of them."""
    log = ErrorLog()
    reads = 0
    sample: list[PreviewLine] = []
    for batch in parse(layout, settings, data, log):
        reads += len(batch.lines)
        if len(sample) < SAMPLE_LINES:
            sample += islice(_lines(batch), SAMPLE_LINES - len(sample))
    errors = [FileErrorOut(**asdict(error)) for error in log.errors]
    return PreviewOut(layout=layout.layout, reads=reads, errors=errors, sample=sample)


def _lines(batch: ReadBatch) -> list[PreviewLine]:
    names = tuple(batch.columns)
    rows = zip(batch.lines, batch.raws, *batch.columns.values(), strict=True)
    return [
        PreviewLine(
            line=line,
            raw=raw,
            fields={n: v for n, v in zip(names, values, strict=True) if v is not None},
        )
        for line, raw, *values in islice(rows, SAMPLE_LINES)
    ]
