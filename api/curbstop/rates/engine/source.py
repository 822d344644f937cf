"""Read a tariff file: YAML whose numbers stay text, with the line of everything in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from curbstop.rates.engine.definition.tariff import Tariff, Version

LARGEST_BYTES = 2_000_000
MOST_NODES = 100_000
DEEPEST = 40
Path = tuple[str | int, ...]
Read = TypeVar("Read", Tariff, Version)
# Names of the cases of unions: pydantic puts them into its locations, the file does not.
_MODELS = {"fixed", "uniform", "tiered", "minimum", "percentage", "discount", "bounds", "one_time"}
_AMOUNTS = {"number", "table", "ranges", "input", "seasons", "product", "sum", "divide", "limit"}
_CONDITIONS = {"attribute", "declared", "months", "all", "any", "not", "lowest_daily"}
_DISCRIMINATORS = _MODELS | _AMOUNTS | _CONDITIONS


@dataclass(frozen=True, slots=True)
class FileError:
    """One thing wrong with a file: where (path and line) and why."""

    path: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line else ""
        return f"{place}{self.path}: {self.reason}" if self.path else f"{place}{self.reason}"


class TariffFileError(Exception):
    """The file is not a tariff; `errors` name every place."""

    def __init__(self, errors: list[FileError]) -> None:
        super().__init__("; ".join(map(str, errors)))
        self.errors = errors


def load_tariff(text: str) -> Tariff:
    """The tariff in a YAML text. Raises TariffFileError with path, line and reason.

    Plain scalars are read as text, so that `3.47` reaches the tariff exactly; `true`, `false` and
    `null` keep their meaning. Repeated keys and files beyond all reason are refused.
    """
    return read_tariff(text)[0]


def read_tariff(text: str) -> tuple[Tariff, dict[Path, int]]:
    """The tariff, and the line of everything in its text. Raises TariffFileError."""
    return _read(Tariff, text)


def read_version(text: str) -> tuple[Version, dict[Path, int]]:
    """One version alone, as it stands below `versions`. Raises TariffFileError."""
    return _read(Version, text)


def _read(kind: type[Read], text: str) -> tuple[Read, dict[Path, int]]:
    data, lines = parse_yaml(text)
    try:
        return kind.model_validate(data), lines
    except ValidationError as problems:
        raise TariffFileError(located_errors(problems, data, lines)) from None


def parse_yaml(text: str) -> tuple[Any, dict[Path, int]]:
    """Plain data, and the line of each path in it. Raises TariffFileError."""
    if len(text.encode()) > LARGEST_BYTES:
        raise TariffFileError([FileError("", None, "the file is larger than 2 MB")])
    lines: dict[Path, int] = {}
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = _plain(node, (), lines) if node is not None else None
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        reason = problem.problem or "this is not YAML"
        raise TariffFileError([FileError("", mark.line + 1 if mark else None, reason)]) from None
    except (yaml.YAMLError, RecursionError) as problem:
        raise TariffFileError([FileError("", None, f"this is not YAML: {problem}")]) from None
    return data, lines


def _plain(node: yaml.Node, path: Path, lines: dict[Path, int]) -> Any:
    line = node.start_mark.line + 1
    if len(lines) > MOST_NODES or len(path) > DEEPEST:
        raise TariffFileError([FileError("", line, "the file is too large or nested too deeply")])
    lines[path] = line
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, i), lines) for i, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines)
    if node.tag in {"tag:yaml.org,2002:bool", "tag:yaml.org,2002:null"}:
        return yaml.SafeLoader("").construct_object(node)
    return str(node.value)


def _mapping(node: yaml.MappingNode, path: Path, lines: dict[Path, int]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in data:
            line = key_node.start_mark.line + 1
            raise TariffFileError([FileError(_spoken((*path, key)), line, "appears twice")])
        data[key] = _plain(value_node, (*path, key), lines)
    return data


def located_errors(
    problems: ValidationError, data: Any, lines: Mapping[Path, int]
) -> list[FileError]:
    """Pydantic's errors as places in the file or body; consequences of others are left out."""
    found: list[tuple[Path, str]] = []
    for error in problems.errors(include_url=False, include_context=False, include_input=False):
        reason = error["msg"].removeprefix("Value error, ")
        found.append((_data_path(error["loc"], data), reason))
    # An item that is refused also leaves its list too short; only the cause is worth telling.
    deepest = [
        (path, reason)
        for path, reason in found
        if not ("at least 1 item" in reason and any(_within(other, path) for other, _ in found))
    ]
    return [FileError(_spoken(path), line_of(path, lines), reason) for path, reason in deepest]


def _within(path: Path, outer: Path) -> bool:
    return len(path) > len(outer) and path[: len(outer)] == outer


def _data_path(location: Path, data: Any) -> Path:
    """A pydantic location without the tags of unions, which are not in the file."""
    path: list[str | int] = []
    here = data
    for step in location:
        inside = isinstance(here, dict) and step in here
        listed = isinstance(here, list) and isinstance(step, int) and step < len(here)
        if inside or listed:
            here = here[step]
            path.append(step)
        elif isinstance(here, dict) and step not in _DISCRIMINATORS and isinstance(step, str):
            path.append(step)
            here = None
    return tuple(path)


def line_of(path: Path, lines: Mapping[Path, int]) -> int | None:
    """The line of a place, or of the nearest thing around it that the file has."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path)


def _spoken(path: Path) -> str:
    return ".".join(str(step) for step in path)
