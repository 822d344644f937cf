"""A file of reads as a client sends it: a raw body, or a multipart form with one `file`."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Query

from curbstop.platform.uploads import Uploaded

__all__ = ["UPLOAD_BODY", "SettingParams", "Uploaded", "settings_of"]

UPLOAD_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
            # No schema: any text may be sent, and what it means is the layout's to say.
            "text/csv": {},
            "text/plain": {},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {"file": {"type": "string", "format": "binary"}},
                    "required": ["file"],
                }
            },
        },
    }
}


SettingParams = Annotated[
    list[str],
    Query(alias="setting", max_length=10, description="A setting of the layout, `name=value`."),
]


def settings_of(pairs: Sequence[str]) -> dict[str, str]:
    """`name=value` pairs as a mapping."""
    return {name: value for name, _, value in (pair.partition("=") for pair in pairs)}
