"""Wire shapes of saved views."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from curbstop.kernel.fields import Request
from curbstop.kernel.wire import Flag

ListName = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z-]*$", max_length=60), Field(examples=["accounts"])
]


class SavedViewRequest(Request):
    """A view to keep. Its search is the list's own address: it shows nothing by itself."""

    id: UUID = Field(description="Client-made UUIDv7; repeating it is safe.")
    list: ListName
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    search: str = Field(max_length=2000, examples=["class=commercial&sort=-balance_cents"])
    shared: Flag = Field(description="Whether the whole office sees it.")


class SavedViewOut(BaseModel):
    """A view that the caller may open."""

    id: UUID
    list: str
    name: str
    search: str
    shared: bool
    owner_name: str
    mine: bool = Field(description="Whether the caller may remove it.")
