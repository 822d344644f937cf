"""A layout from its YAML text, or every mistake in it with path and line."""

from collections.abc import Iterable

import orjson
import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from curbstop.readings.layouts.canonical import ErrorLog, FileError
from curbstop.readings.layouts.definition import PATTERNS_IN_WORDS, Layout

MAX_YAML_BYTES = 256 * 1024
MAX_DEPTH = 12
_PLAIN_TAGS = frozenset({"map", "seq", "str", "int", "bool", "null", "merge", "float"})


class LayoutError(Exception):
    """The layout file cannot be used; `errors` say where (`column` is the path in the YAML)."""

    def __init__(self, errors: list[FileError]) -> None:
        super().__init__("; ".join(f"line {e.line}, {e.column}: {e.reason}" for e in errors))
        self.errors = errors


def load_layout(text: str) -> Layout:
    """Parse and check a layout. Raises LayoutError with every mistake found."""
    log = ErrorLog()
    if len(text.encode("utf-8", "replace")) > MAX_YAML_BYTES:
        raise LayoutError([FileError(1, "file", f"larger than {MAX_YAML_BYTES // 1024} KB")])
    root = _compose(text)
    _check_node(root, "", log, 0)
    if log.errors:
        raise LayoutError(log.errors)
    data = yaml.safe_load(text)
    try:
        return Layout.model_validate_json(_to_json(data))
    except ValidationError as failure:
        raise LayoutError(list(_explain(failure, root))) from None


def _to_json(data: object) -> bytes:
    # JSON mode lets strict models read enums and tuples from plain YAML scalars, and nothing else.
    try:
        return orjson.dumps(data)
    except TypeError as failure:
        reason = f"{failure}; write dates and numbers of other kinds in quotes"
        raise LayoutError([FileError(1, "file", reason)]) from None


def _compose(text: str) -> yaml.Node:
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.AliasToken):
                line = token.start_mark.line + 1
                raise LayoutError([FileError(line, "file", "aliases (*name) are not accepted")])
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as failure:
        mark = getattr(failure, "problem_mark", None)
        reason = getattr(failure, "problem", None) or "not readable as YAML"
        raise LayoutError([FileError(mark.line + 1 if mark else 1, "file", str(reason))]) from None
    if root is None:
        raise LayoutError([FileError(1, "file", "is empty")])
    return root


def _check_node(node: yaml.Node, path: str, log: ErrorLog, depth: int) -> None:
    """Refuse what YAML would silently accept: doubled keys, custom tags, absurd depth."""
    line = node.start_mark.line + 1
    if depth > MAX_DEPTH:
        log.add(line, path, "nested too deeply")
        return
    if node.tag.removeprefix("tag:yaml.org,2002:") not in _PLAIN_TAGS:
        log.add(line, path, f"tag {node.tag} is not accepted")
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                log.add(key.start_mark.line + 1, _join(path, name), "stands here twice")
            seen.add(name)
            _check_node(value, _join(path, name), log, depth + 1)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _check_node(item, _join(path, str(index)), log, depth + 1)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


_SHAPES = frozenset({"delimited", "fixed", "records"})


def _explain(failure: ValidationError, root: yaml.Node) -> Iterable[FileError]:
    """Pydantic's complaints, with the line of the YAML node nearest to each."""
    for error in failure.errors(include_url=False):
        # A tagged union inserts its tag in the path; the YAML has no such step.
        steps = [str(s) for i, s in enumerate(error["loc"]) if not (i == 1 and s in _SHAPES)]
        steps = [s for s in steps if not s.startswith(("union[", "literal["))]
        yield FileError(_line_of(root, steps), ".".join(steps) or "file", _plainly(error))


def _plainly(error: ErrorDetails) -> str:
    """What is wrong in words; nobody in an office reads a regular expression."""
    if error["type"] == "string_pattern_mismatch":
        return PATTERNS_IN_WORDS.get(error["ctx"]["pattern"], error["msg"])
    if error["type"] == "extra_forbidden":
        return "is no word of a layout"
    if error["type"] == "missing":
        return "is missing"
    return error["msg"].removeprefix("Value error, ")


def _line_of(node: yaml.Node, steps: list[str]) -> int:
    line = node.start_mark.line + 1
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if str(k.value) == step), None)
        elif isinstance(node, yaml.SequenceNode) and step.isdigit() and int(step) < len(node.value):
            found = (node.value[int(step)], node.value[int(step)])
        else:
            found = None
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line
