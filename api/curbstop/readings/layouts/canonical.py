"""The read that every vendor's file becomes, and the errors a file is refused with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

MAX_ERRORS = 200


class Kind(StrEnum):
    """What a field holds; every kind has one plain text form (`normal form`) inside the engine."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    FLAG = "flag"
    CHOICE = "choice"


UNITS = ("CF", "HCF", "GAL", "KGAL", "M3", "LITER", "AF")
METHODS = ("radio", "touch", "keyed", "network", "customer", "estimated")
REGISTERS = ("0", "H", "L")


@dataclass(frozen=True, slots=True)
class CanonicalRead:
    """One register's read as the file tells it. None where the file is silent.

    `reading` is what the register showed, point included; `raw_reading` the encoder's digits before
    the vendor cut them. A line without a reading carries the skip code that says why.
    """

    line: int
    raw: str
    account: str | None = None
    premise: str | None = None
    service_point: str | None = None
    meter_no: str | None = None
    register_no: str | None = None
    endpoint_id: str | None = None
    read_on: date | None = None
    reading: Decimal | None = None
    raw_reading: str | None = None
    unit: str | None = None
    multiplier: Decimal | None = None
    dials: int | None = None
    decimals: int | None = None
    method: str | None = None
    read_code: str | None = None
    skip_code: str | None = None
    trouble_1: str | None = None
    trouble_2: str | None = None
    trouble_3: str | None = None
    leak_now: str | None = None
    leak_days: str | None = None
    backflow: str | None = None
    no_flow_days: str | None = None
    tamper: str | None = None
    battery: str | None = None
    changed_meter_no: str | None = None
    changed_sequence: int | None = None
    changed_dials: int | None = None
    longitude: Decimal | None = None
    latitude: Decimal | None = None
    walk: str | None = None
    sequence: int | None = None
    note: str | None = None


READ_FIELDS = tuple(f.name for f in fields(CanonicalRead) if f.name not in {"line", "raw"})

KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(READ_FIELDS, Kind.TEXT),
    **dict.fromkeys(("dials", "decimals", "sequence"), Kind.INTEGER),
    **dict.fromkeys(("changed_sequence", "changed_dials"), Kind.INTEGER),
    **dict.fromkeys(("reading", "multiplier", "longitude", "latitude"), Kind.DECIMAL),
    **dict.fromkeys(("unit", "method", "register_no"), Kind.CHOICE),
    "read_on": Kind.DATE,
}

CHOICES: Mapping[str, Sequence[str]] = {
    "unit": UNITS,
    "method": METHODS,
    "register_no": REGISTERS,
}

# What a download file may say of a stop besides the fields of a read.
STOP_FIELDS: Mapping[str, Kind] = {
    "company": Kind.TEXT,
    "company_name": Kind.TEXT,
    "office": Kind.TEXT,
    "cycle": Kind.TEXT,
    "name": Kind.TEXT,
    "phone": Kind.TEXT,
    "address": Kind.TEXT,
    "city": Kind.TEXT,
    "state": Kind.TEXT,
    "zip": Kind.TEXT,
    "location": Kind.TEXT,
    "access_notes": Kind.TEXT,
    "meter_size": Kind.TEXT,
    "manufacturer": Kind.TEXT,
    "installed_on": Kind.DATE,
    "previous_on": Kind.DATE,
    "previous_reading": Kind.DECIMAL,
    "high_limit": Kind.DECIMAL,
    "low_limit": Kind.DECIMAL,
    "file_on": Kind.DATE,
}


@dataclass(frozen=True, slots=True)
class FileError:
    """One reason to refuse a file: the line, the column (a name or `7-12`), and plain words."""

    line: int
    column: str
    reason: str


@dataclass(slots=True)
class ErrorLog:
    """Collects the errors of one file, at most `MAX_ERRORS`; then reading stops."""

    errors: list[FileError] = field(default_factory=list)

    def add(self, line: int, column: str, reason: str) -> None:
        """Note an error; beyond the cap only the fact that there are more is kept."""
        if len(self.errors) < MAX_ERRORS:
            self.errors.append(FileError(line, column, reason))

    @property
    def full(self) -> bool:
        """Whether reading on would only find more of the same."""
        return len(self.errors) >= MAX_ERRORS


@dataclass(frozen=True, slots=True)
class ReadBatch:
    """Some thousand reads, column by column, each value in normal form (text) or None.

    Normal form: dates `YYYY-MM-DD`, numbers plain digits with at most one point, codes as in
    `CHOICES`. Columns that the layout does not have are absent.
    """

    lines: Sequence[int]
    raws: Sequence[str]
    columns: Mapping[str, Sequence[str | None]]

    def rows(self) -> Iterator[CanonicalRead]:
        """The same reads as typed records, for people and for small imports."""
        names = tuple(self.columns)
        for line, raw, *values in zip(self.lines, self.raws, *self.columns.values(), strict=True):
            typed: dict[str, Any] = {
                name: _typed(name, value)
                for name, value in zip(names, values, strict=True)
                if value is not None
            }
            yield CanonicalRead(line, raw, **typed)


def _typed(name: str, value: str) -> str | int | Decimal | date:
    match KINDS[name]:
        case Kind.INTEGER:
            return int(value)
        case Kind.DECIMAL:
            return Decimal(value)
        case Kind.DATE:
            return date.fromisoformat(value)
        case _:
            return value
