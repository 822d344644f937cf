"""Pages of rows: numbered with a total for staff tables, by cursor for append-only ones."""

from typing import Generic, TypeVar

from pydantic import BaseModel, Field

RowT = TypeVar("RowT")


class Page(BaseModel, Generic[RowT]):
    """Rows `offset` to `offset + limit` of `total`."""

    items: list[RowT]
    total: int = Field(description="Rows that match, all pages together.")
    limit: int
    offset: int


class CursorPage(BaseModel, Generic[RowT]):
    """Rows after a cursor; `next_cursor` is null at the end."""

    items: list[RowT]
    next_cursor: str | None
