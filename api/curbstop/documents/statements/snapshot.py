"""A statement as canonical JSON: kept with the bill, read back for an exact reprint."""

import orjson
from pydantic import TypeAdapter

from curbstop.documents.statements.data import StatementData

_ADAPTER = TypeAdapter(StatementData)


def to_snapshot(data: StatementData) -> bytes:
    """UTF-8 JSON with sorted keys, ISO dates and decimals as strings; equal data, equal bytes."""
    return orjson.dumps(_ADAPTER.dump_python(data, mode="json"), option=orjson.OPT_SORT_KEYS)


def from_snapshot(snapshot: bytes) -> StatementData:
    """The statement that was printed. Raises pydantic.ValidationError on anything else."""
    return _ADAPTER.validate_json(snapshot, strict=True)
