"""Read a vendor's file by its layout: batches of reads, or every reason to refuse it."""

from collections.abc import Iterator, Mapping, Sequence

from curbstop.readings.layouts.canonical import READ_FIELDS, ErrorLog, ReadBatch
from curbstop.readings.layouts.definition import Delimited, Fixed, Hierarchy, Layout
from curbstop.readings.layouts.delimited import parse_delimited
from curbstop.readings.layouts.fixed import parse_fixed
from curbstop.readings.layouts.hierarchy import parse_hierarchy
from curbstop.readings.layouts.source import check_bytes
from curbstop.readings.layouts.values import Normal

_WHO = ("meter_no", "endpoint_id", "service_point")


def parse(
    layout: Layout,
    settings: Mapping[str, str],
    data: bytes,
    log: ErrorLog,
    *,
    faulty_too: bool = False,
) -> Iterator[ReadBatch]:
    """Yield the reads of a file in batches; every error goes to `log`, at most 200.

    A caller that keeps the batches must throw them away when the log holds an error at the end: a
    file is taken whole or not at all. `settings` come from `layout.chosen`. With `faulty_too` the
    batches come although the log holds errors, to show what was understood beside them.
    """
    shape = layout.input
    if shape is None:
        log.add(1, "file", f"the layout {layout.layout} only writes files")
        return
    check_bytes(data, shape.encoding, log)
    if log.errors:
        return
    reads = 0
    for batch in _batches(shape, settings, data, log):
        _check_complete(batch, log, unread=shape.unread == "allow")
        reads += len(batch.lines)
        if faulty_too or not log.errors:
            yield batch
    if not reads and not log.errors:
        log.add(1, "file", "holds no read")
    log.errors.sort(key=lambda e: e.line)


def _batches(
    shape: Delimited | Fixed | Hierarchy, settings: Mapping[str, str], data: bytes, log: ErrorLog
) -> Iterator[ReadBatch]:
    match shape:
        case Delimited():
            return parse_delimited(shape, settings, data, log)
        case Fixed():
            return parse_fixed(shape, settings, data, log)
        case Hierarchy():
            return parse_hierarchy(shape, settings, data, log)


def _check_complete(batch: ReadBatch, log: ErrorLog, *, unread: bool) -> None:
    """Every line says which register, on what day, and a reading or why there is none."""
    blank: Sequence[Normal] = [None] * len(batch.lines)
    column = {name: batch.columns.get(name, blank) for name in READ_FIELDS}
    faulty = {error.line for error in log.errors}

    def need(place: str, names: Sequence[str], reason: str) -> None:
        if None not in column[names[0]]:
            return
        for line, *said in zip(batch.lines, *(column[name] for name in names), strict=True):
            if line not in faulty and not any(said):
                log.add(line, place, reason)

    need("meter_no", _WHO, "no meter, endpoint or service point is named")
    need("read_on", ("read_on",), "no read date")
    if not unread:
        need("reading", ("reading", "skip_code", "read_code"), "no reading and no skip code")


def read_file(
    layout: Layout, settings: Mapping[str, str], data: bytes
) -> tuple[list[ReadBatch], ErrorLog]:
    """The whole file at once: all batches, or none and the errors."""
    log = ErrorLog()
    batches = list(parse(layout, settings, data, log))
    return ([] if log.errors else batches), log
