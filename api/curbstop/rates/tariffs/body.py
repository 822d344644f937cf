"""Between a version and its stored body: canonical JSON, its hash, and back."""

from collections import OrderedDict
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
from pydantic import ValidationError

from curbstop.kernel.errors import BadInput, FieldError
from curbstop.rates.engine.definition import TariffBody, Version
from curbstop.rates.engine.source import DEEPEST, FileError, TariffFileError, located_errors

VERSIONS_KEPT = 2_000
_parsed: OrderedDict[tuple[UUID, str], Version] = OrderedDict()


def body_of(value: Version | TariffBody) -> dict[str, Any]:
    """The plain JSON form; numbers are text, so that they stay exact."""
    return value.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"versions"})


def hash_of(body: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON text, in hex."""
    return sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()


def stored_version(version_id: UUID, digest: str, body: dict[str, Any]) -> Version:
    """The version of a stored body; remembered, as reading costs more than pricing."""
    key = (version_id, digest)
    version = _parsed.get(key)
    if version is None:
        version = Version.model_validate(body)
        _parsed[key] = version
        if len(_parsed) > VERSIONS_KEPT:
            _parsed.popitem(last=False)
    return version


def version_from_client(body: dict[str, Any]) -> Version:
    """The version that a client sent. Raises BadInput with a pointer for each mistake."""
    if _deeper_than(body, DEEPEST):
        raise BadInput("the body is nested too deeply", FieldError("/body", "nested too deeply"))
    if not _storable(body):
        reason = "a text holds a character that cannot be stored"
        raise BadInput(reason, FieldError("/body", reason))
    try:
        return Version.model_validate(body)
    except ValidationError as problems:
        raise bad_file(located_errors(problems, body, {}), "/body") from None


def _storable(body: dict[str, Any]) -> bool:
    """Whether the database can keep every text: no NUL, no half of a surrogate pair."""
    try:
        return b"\\u0000" not in orjson.dumps(body)
    except TypeError:
        return False


def _deeper_than(value: object, levels: int) -> bool:
    level: list[object] = [value]
    for _ in range(levels):
        level = [
            child
            for node in level
            if isinstance(node, dict | list)
            for child in (node.values() if isinstance(node, dict) else node)
        ]
    return bool(level)


def bad_file(errors: list[FileError] | TariffFileError, root: str = "") -> BadInput:
    """The problem that a malformed tariff becomes: path or line, and reason."""
    found = errors.errors if isinstance(errors, TariffFileError) else errors
    fields = [FieldError(_place(error, root), error.reason) for error in found[:50]]
    return BadInput(f"this is not a tariff: {found[0]}", *fields)


def _place(error: FileError, root: str) -> str:
    if error.line is not None:
        return f"line {error.line}" + (f", {error.path}" if error.path else "")
    return pointer_of(error, root)


def pointer_of(error: FileError, root: str = "") -> str:
    """The JSON pointer of a mistake."""
    return f"{root}/{error.path.replace('.', '/')}".rstrip("/") or "/"
