"""Files of several record types, one inside the other, with headers, trailers and their counts."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from curbstop.readings.layouts.canonical import READ_FIELDS, ErrorLog, ReadBatch
from curbstop.readings.layouts.definition import Hierarchy, Record, Value
from curbstop.readings.layouts.fixed import active, length_fault, span
from curbstop.readings.layouts.source import CHUNK_LINES, chunks
from curbstop.readings.layouts.values import Normal, One, apply_decimals, one_parser


@dataclass(slots=True)
class Frame:
    """An open record: what it says (with its parents' fields) and how many of each lie in it."""

    name: str
    line: int
    raw: str
    values: dict[str, Normal]
    counts: Counter[str] = field(default_factory=Counter)
    totals: list[tuple[Value, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A record type with its parsers, made once per file."""

    record: Record
    values: list[Value]
    parsers: list[tuple[Value, int, int, One]]


class Machine:
    """The state of one file: the stack of open records, and the reads found so far."""

    def __init__(self, shape: Hierarchy, settings: Mapping[str, str], log: ErrorLog) -> None:
        self.shape = shape
        self.log = log
        self.stack: list[Frame] = []
        self.found: list[Frame] = []
        self.roots = 0
        self.types = {name: _compile(r, settings) for name, r in shape.records.items()}

    def take(self, line: int, text: str) -> None:
        """Read one line; whatever is wrong with it goes to the log."""
        name = text[: self.shape.id_length].rstrip()
        compiled = self.types.get(name)
        if compiled is None:
            known = ", ".join(self.types)
            self.log.add(
                line, f"1-{self.shape.id_length}", f"record {name!r} is not one of {known}"
            )
            return
        record = compiled.record
        if fault := length_fault(text, record.length, self.shape.allow_short, compiled.values):
            self.log.add(line, "line", f"{name} {fault}")
            return
        values, totals = self._fields(compiled, line, text)
        if record.closes:
            self._close(record.closes, name, line, totals)
        elif self._unwind_to(record.parent, name, line):
            self._open(name, record, line, text, values, totals)

    def _fields(
        self, compiled: Compiled, line: int, text: str
    ) -> tuple[dict[str, Normal], list[tuple[Value, int]]]:
        values: dict[str, Normal] = {}
        totals: list[tuple[Value, int]] = []
        for value, start, end, parse in compiled.parsers:
            try:
                normal = parse(text[start:end])
            except ValueError as reason:
                self.log.add(line, value.column, f"{value.field}: {reason}")
                continue
            if normal is None and value.required:
                self.log.add(line, value.column, f"{value.field} is required")
            if value.count is not None and normal is not None:
                totals.append((value, int(normal)))
            elif values.get(value.field) is None:
                values[value.field] = normal
        for value in compiled.values:
            if isinstance(value.decimals, str):
                self._point(value, values)
        return values, totals

    @staticmethod
    def _point(value: Value, values: dict[str, Normal]) -> None:
        places = values.get(str(value.decimals))
        values[value.field] = apply_decimals([values.get(value.field)], [places])[0]

    def _open(
        self,
        name: str,
        record: Record,
        line: int,
        text: str,
        values: dict[str, Normal],
        totals: list[tuple[Value, int]],
    ) -> None:
        if record.parent is None:
            self.roots += 1
            if self.roots > 1:
                self.log.add(line, "line", f"a second {name}: one file holds one")
        for frame in self.stack:
            frame.counts[name] += 1
        above = self.stack[-1].values if self.stack else {}
        said = {k: v for k, v in values.items() if v is not None}
        if record.attach and self.stack:
            above.update(said)
            return
        self.stack.append(Frame(name, line, text, {**above, **said}, totals=totals))

    def _unwind_to(self, parent: str | None, name: str, line: int) -> bool:
        """Close everything below the parent; False (and an error) when it is not open."""
        if parent is None:
            while self.stack:
                self._pop(line)
            return True
        if all(frame.name != parent for frame in self.stack):
            self.log.add(line, "line", f"{name} stands outside a {parent}")
            return False
        while self.stack[-1].name != parent:
            self._pop(line)
        return True

    def _close(self, name: str, trailer: str, line: int, totals: list[tuple[Value, int]]) -> None:
        if all(frame.name != name for frame in self.stack):
            self.log.add(line, "line", f"{trailer} without the {name} that it closes")
            return
        while self.stack[-1].name != name:
            self._pop(line)
        frame = self.stack.pop()
        self._check_totals(frame, totals, line)
        self._leave(frame)

    def _pop(self, line: int) -> None:
        frame = self.stack.pop()
        if trailer := self.shape.trailer_of(frame.name):
            self.log.add(line, "line", f"{frame.name} of line {frame.line} has no {trailer}")
        self._leave(frame)

    def _leave(self, frame: Frame) -> None:
        self._check_totals(frame, frame.totals, frame.line)
        if self.types[frame.name].record.read:
            self.found.append(frame)

    def _check_totals(self, frame: Frame, totals: list[tuple[Value, int]], line: int) -> None:
        for value, stated in totals:
            counted = frame.counts[value.count or ""]
            if stated != counted:
                reason = f"says {stated} {value.count}, but the file holds {counted}"
                self.log.add(line, value.column, reason)

    def finish(self, line: int) -> None:
        """The file has ended: whatever still waits for its trailer was cut off."""
        while self.stack:
            self._pop(line)
        if not self.roots:
            root = next(n for n, r in self.shape.records.items() if not r.parent and not r.closes)
            self.log.add(1, "line", f"the file holds no {root}")


def _compile(record: Record, settings: Mapping[str, str]) -> Compiled:
    values = active(record.fields, settings)
    return Compiled(record, values, [(v, *span(v), one_parser(v)) for v in values])


def parse_hierarchy(
    shape: Hierarchy, settings: Mapping[str, str], data: bytes, log: ErrorLog
) -> Iterator[ReadBatch]:
    """Batches of reads. A read is whole when its record ends, so attached records are in it."""
    machine = Machine(shape, settings, log)
    last = 1
    for first, lines in chunks(data, shape.encoding):
        for index, text in enumerate(lines):
            if text and not text.isspace():
                last = first + index
                machine.take(last, text)
            if log.full:
                return
        if len(machine.found) >= CHUNK_LINES:
            yield _batch_of(machine)
    machine.finish(last)
    if machine.found and not log.errors:
        yield _batch_of(machine)


def _batch_of(machine: Machine) -> ReadBatch:
    frames, machine.found = machine.found, []
    said = {name for frame in frames for name in frame.values}
    columns = {n: [f.values.get(n) for f in frames] for n in READ_FIELDS if n in said}
    return ReadBatch([f.line for f in frames], [f.raw for f in frames], columns)
