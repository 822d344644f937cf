"""File names and media types, as clients bring them."""

import re
from pathlib import PurePosixPath
from urllib.parse import quote

from curbstop.documents.rendering.text import plain

_NAME_MAX = 120
_SUFFIX_MAX = 12
_RESERVED = re.compile(r'[<>:"|?*\x7f]')
_MEDIA_TYPE = re.compile(r"^[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,60}$")
_UNKNOWN_TYPE = "application/octet-stream"


def safe_name(name: str) -> str:
    """The last part of a path without control, formatting or reserved characters; never empty.

    `..\\\\..\\\\June reads.csv` → `June reads.csv`. Long names are cut before their suffix.
    """
    last = re.sub(r".*[/\\]", "", plain(name))
    cleaned = _RESERVED.sub("_", last).strip(". ")
    suffix = PurePosixPath(cleaned).suffix
    suffix = suffix if len(suffix) <= _SUFFIX_MAX else ""
    stem = cleaned.removesuffix(suffix)[: _NAME_MAX - len(suffix)]
    return f"{stem}{suffix}" or "file"


def safe_media_type(media_type: str) -> str:
    """The type without parameters when it is one, else `application/octet-stream`."""
    bare = media_type.partition(";")[0].strip().lower()
    return bare if _MEDIA_TYPE.match(bare) else _UNKNOWN_TYPE


def attachment(name: str) -> str:
    """A Content-Disposition that makes browsers save the file (RFC 6266, RFC 8187).

    Any name will do: control characters, which no header may hold, are left out.
    """
    name = plain(name)
    ascii_name = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"
