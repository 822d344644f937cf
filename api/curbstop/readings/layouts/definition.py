"""What a layout file may say. Strict: an unknown word is an error with its place in the YAML."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from curbstop.readings.layouts.canonical import KINDS, STOP_FIELDS, Kind

_NAME = r"^[a-z][a-z0-9_-]{0,39}$"
_FIELD = r"^_?[a-z][a-z0-9_]{0,39}$"
_DATE = r"^(CCYY|YYYY|YY|MM|M|DD|D|hh|h|mm|ss|AM|[-/:. T,Z])+$"

PATTERNS_IN_WORDS = {
    _NAME: "is lower case letters, digits, dashes and underscores, at most 40",
    _FIELD: "is lower case letters, digits and underscores, at most 40",
    _DATE: "is made of YYYY, CCYY, YY, MM, M, DD, D, hh, h, mm, ss, AM and - / : . T , Z",
}

Name = Annotated[str, Field(pattern=_NAME)]
FieldName = Annotated[str, Field(pattern=_FIELD)]
RecordId = Annotated[str, Field(min_length=1, max_length=12)]
Place = Annotated[int, Field(ge=1, le=4000)]
DateFormat = Annotated[str, Field(pattern=_DATE)]


class Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Setting(Strict):
    """A choice that differs from district to district, with every value it may take."""

    title: str
    choices: Annotated[list[str], Field(min_length=2)]
    default: str

    @model_validator(mode="after")
    def _default_is_a_choice(self) -> Self:
        if self.default not in self.choices:
            raise ValueError(f"default {self.default!r} is not one of the choices {self.choices}")
        return self


class Value(Strict):
    """Where a field stands and how its text becomes a value. `field` starting with `_` is private.

    Delimited files name the column by `headers`, fixed ones by `start` (1-based) and `length`.
    """

    field: FieldName
    headers: list[str] = []
    start: Place | None = None
    length: Place | None = None
    type: Kind | None = None
    required: bool = False
    formats: list[DateFormat] = []
    decimals: int | FieldName | None = None
    map: dict[str, str] = {}
    otherwise: str | None = None
    blank: list[str] = []
    max_length: Annotated[int, Field(ge=1, le=500)] = 200
    when: dict[str, str] = {}
    only: Literal["input", "output"] | None = None
    value: str | None = None
    count: RecordId | None = None
    pad: Literal["left", "right"] | None = None
    fill: Annotated[str, Field(min_length=1, max_length=1)] = " "
    overflow: Literal["refuse", "cut"] = "refuse"

    @property
    def kind(self) -> Kind:
        """The kind of the field: known ones have theirs, private ones say it (text by default)."""
        if self.count is not None:
            return Kind.INTEGER
        return KINDS.get(self.field) or STOP_FIELDS.get(self.field) or self.type or Kind.TEXT

    @property
    def column(self) -> str:
        """How an error names the place: the header, or the span of characters."""
        if self.start is not None and self.length is not None:
            return f"{self.start}-{self.start + self.length - 1}"
        return self.headers[0] if self.headers else self.field

    @model_validator(mode="after")
    def _known_and_complete(self) -> Self:
        known = self.field in KINDS or self.field in STOP_FIELDS
        if not known and not self.field.startswith("_"):
            raise ValueError(
                f"unknown field {self.field!r}; private fields start with an underscore"
            )
        if known and self.type is not None and self.type is not self.kind:
            raise ValueError(f"{self.field} is always {self.kind}")
        if self.kind is Kind.DATE and not self.formats:
            raise ValueError(f"{self.field} is a date and needs formats")
        if (self.start is None) != (self.length is None):
            raise ValueError("start and length go together")
        return self


class Delimited(Strict):
    """One line per register under a header line; columns are found by name in any order.

    `unread: allow` accepts a line without a reading or skip code as a meter that was not read.
    """

    shape: Literal["delimited"]
    delimiters: list[Literal[",", "\t", ";", "|"]] = [",", "\t"]
    quote: Annotated[str, Field(min_length=1, max_length=1)] = '"'
    encoding: Literal["utf-8", "cp1252", "latin-1"] = "utf-8"
    newline: Literal["crlf", "lf"] = "crlf"
    unread: Literal["refuse", "allow"] = "refuse"
    unknown_columns: Literal["ignore", "refuse"] = "ignore"
    columns: Annotated[list[Value], Field(min_length=1, max_length=200)]

    @model_validator(mode="after")
    def _columns_have_headers(self) -> Self:
        for column in self.columns:
            if not column.headers:
                raise ValueError(f"column {column.field} names no headers")
        return self


class Fixed(Strict):
    """One line per register, every field at its place."""

    shape: Literal["fixed"]
    length: Place
    unread: Literal["refuse", "allow"] = "refuse"
    allow_short: bool = True
    encoding: Literal["utf-8", "cp1252", "latin-1"] = "utf-8"
    newline: Literal["crlf", "lf"] = "crlf"
    fields: Annotated[list[Value], Field(min_length=1, max_length=200)]

    @model_validator(mode="after")
    def _fields_fit(self) -> Self:
        check_places(self.fields, self.length)
        return self


class Record(Strict):
    """A record type of a hierarchical file.

    `parent` is the type it lies under; fields of parents are inherited. `attach` records add their
    fields to the parent's. `closes` marks a trailer. `count` fields must equal what was counted.
    `key` tells the writer that a new one starts when that field changes.
    """

    length: Place
    parent: RecordId | None = None
    closes: RecordId | None = None
    attach: bool = False
    read: bool = False
    optional: bool = False
    key: FieldName | None = None
    fields: list[Value] = []

    @model_validator(mode="after")
    def _fields_fit(self) -> Self:
        check_places(self.fields, self.length)
        if self.closes and (self.parent or self.read or self.attach):
            raise ValueError("a trailer only closes")
        return self


class Hierarchy(Strict):
    """Several record types, told apart by an id at a fixed place, one inside the other."""

    shape: Literal["records"]
    id_length: Annotated[int, Field(ge=1, le=12)]
    unread: Literal["refuse", "allow"] = "refuse"
    allow_short: bool = True
    encoding: Literal["utf-8", "cp1252", "latin-1"] = "utf-8"
    newline: Literal["crlf", "lf"] = "crlf"
    records: Annotated[dict[RecordId, Record], Field(min_length=2, max_length=40)]

    @model_validator(mode="after")
    def _family_holds(self) -> Self:
        roots = [n for n, r in self.records.items() if r.parent is None and r.closes is None]
        if len(roots) != 1:
            raise ValueError(f"exactly one record has neither parent nor closes, found {roots}")
        if not any(r.read for r in self.records.values()):
            raise ValueError("no record carries a read")
        for name, record in self.records.items():
            if len(name) > self.id_length:
                raise ValueError(f"record id {name!r} is longer than id_length")
            for other in (record.parent, record.closes, *(f.count for f in record.fields)):
                if other is not None and other not in self.records:
                    raise ValueError(f"record {name} speaks of {other!r}, which is not defined")
            self._reaches_root(name)
        return self

    def _reaches_root(self, name: str) -> None:
        seen: set[str] = set()
        current: str | None = name
        while current is not None:
            if current in seen:
                raise ValueError(f"record {name} is its own ancestor")
            seen.add(current)
            current = self.records[current].parent

    def trailer_of(self, name: str) -> str | None:
        """The record type that must close this one, if any."""
        return next((n for n, r in self.records.items() if r.closes == name), None)


Shape = Annotated[Delimited | Fixed | Hierarchy, Field(discriminator="shape")]


class Layout(Strict):
    """A vendor's interface: the file of reads that comes in, the download that goes out."""

    layout: Name
    title: Annotated[str, Field(min_length=3, max_length=100)]
    source: Annotated[str, Field(min_length=3, max_length=1000)]
    settings: dict[FieldName, Setting] = {}
    input: Shape | None = None
    output: Shape | Literal["like input"] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.input is None and self.output is None:
            raise ValueError("a layout needs an input or an output")
        if self.output == "like input" and self.input is None:
            raise ValueError("output cannot be like an input that is not there")
        for shape in (self.input, self.output):
            if shape is not None and not isinstance(shape, str):
                self._check_settings(shape)
        return self

    def _check_settings(self, shape: "Delimited | Fixed | Hierarchy") -> None:
        for value in values_of(shape):
            for name, choice in value.when.items():
                if name not in self.settings or choice not in self.settings[name].choices:
                    raise ValueError(f"{value.field}: setting {name}={choice} is not declared")

    @property
    def output_shape(self) -> "Delimited | Fixed | Hierarchy | None":
        """The shape of the download file; `like input` means the same records both ways."""
        return self.input if isinstance(self.output, str) else self.output

    def chosen(self, given: dict[str, str]) -> dict[str, str]:
        """Every setting's value. Raises ValueError on an unknown setting or value."""
        for name, value in given.items():
            if name not in self.settings:
                raise ValueError(f"layout {self.layout} has no setting {name!r}")
            if value not in self.settings[name].choices:
                allowed = ", ".join(self.settings[name].choices)
                raise ValueError(f"setting {name} is one of {allowed}, not {value!r}")
        return {name: given.get(name, s.default) for name, s in self.settings.items()}


def values_of(shape: "Delimited | Fixed | Hierarchy") -> list[Value]:
    """Every field definition of a shape."""
    if isinstance(shape, Delimited):
        return shape.columns
    if isinstance(shape, Fixed):
        return shape.fields
    return [value for record in shape.records.values() for value in record.fields]


def check_places(values: list[Value], length: int) -> None:
    """Every field stands inside its record. Raises ValueError naming the field."""
    for value in values:
        if value.start is None or value.length is None:
            raise ValueError(f"{value.field} needs start and length")
        if value.start + value.length - 1 > length:
            raise ValueError(f"{value.field} ends beyond the record's {length} characters")
