"""Writing rows twice: repeated requests, and changes with their before and after."""

from typing import Any

from pydantic import BaseModel
from sqlmodel import SQLModel

from curbstop.kernel.errors import IdempotencyConflict


def require_same(
    row: SQLModel, request: BaseModel, *, derived: frozenset[str] = frozenset()
) -> None:
    """Raises IdempotencyConflict unless the row that stands is what the request asks for.

    `derived` names fields of the request that the row keeps in another form.
    """
    for name in set(type(request).model_fields) - derived:
        if getattr(row, name) != getattr(request, name):
            raise IdempotencyConflict(f"{getattr(row, 'id', '')}: {name} differs")


def plain(model: BaseModel, *names: str) -> dict[str, Any]:
    """The fields as JSON values for the audit trail; all of them when none is named."""
    return model.model_dump(mode="json", include=set(names) if names else None)


def apply_change(row: SQLModel, change: BaseModel) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set on the row what the client sent and what differs; returns before and after.

    Both are empty when nothing changed, and the caller then leaves the version alone.
    """
    sent = {name: getattr(change, name) for name in change.model_fields_set}
    differing = {name for name, value in sent.items() if getattr(row, name) != value}
    before = plain(row, *differing) if differing else {}
    for name in differing:
        setattr(row, name, sent[name])
    return before, (plain(row, *differing) if differing else {})
