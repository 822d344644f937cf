"""Wire shapes of layouts: the list, one layout's page, and what a trial understood."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.kernel.fields import Reason, Request
from curbstop.kernel.wire import Flag


class FileErrorOut(BaseModel):
    """One reason why a file was refused."""

    line: int
    column: str = Field(description="The header, the span of characters, or the path in a layout.")
    reason: str


class LayoutRequest(Request):
    """A layout that the district adds, as the text of its YAML file."""

    id: UUID = Field(description="Client-made UUIDv7; repeating it is safe.")
    # The longest, with every character escaped in JSON, is still a body that may be sent.
    body: str = Field(min_length=20, max_length=80_000, description="The YAML text.")
    replaces: Flag = Field(
        False, description="Agrees that the district's layout of this name is retired for it."
    )


class LayoutRetirement(Request):
    """Why a layout is not used any more."""

    reason: Reason


class LayoutOut(BaseModel):
    """A layout that may be used."""

    name: str
    title: str
    source: str
    shipped: bool
    reads: bool = Field(description="Whether it reads files.")
    writes: bool = Field(description="Whether it writes download files.")
    settings: dict[str, Any] = Field(description="Each setting's title, choices and default.")


class LayoutRow(LayoutOut):
    """A layout of the list, with where it comes from and what uses it."""

    added_by: str | None = Field(description="Who added it; null of a shipped one.")
    added_at: datetime | None
    imports: int = Field(description="Files that were read by a layout of this name.")
    walks: int = Field(description="Walks whose download file is written by it.")


class LayoutVersion(BaseModel):
    """A text that once stood under a layout's name, in force or retired."""

    id: UUID
    title: str
    body: str
    added_by: str
    added_at: datetime
    retired_by: str | None
    retired_at: datetime | None
    retirement_reason: str | None


class LayoutPage(BaseModel):
    """Everything about the layout of a name. `in_force` is null once only retired ones are left."""

    name: str
    title: str
    in_force: LayoutRow | None
    body: str = Field(description="The YAML text in force, else the last that was.")
    hides_shipped: bool = Field(description="A shipped layout of this name returns after it.")
    versions: list[LayoutVersion] = Field(description="The district's own, newest first.")
    walk_codes: list[str] = Field(description="Walks whose download file is written by it.")
    waiting_imports: int = Field(description="Files that wait to be imported by it.")


class TrialLine(BaseModel):
    """A line of the sample: as it came, what was understood of it, what is wrong with it."""

    line: int
    raw: str
    understood: dict[str, str] | None = Field(
        description="The fields of its read; null of a line that carries none."
    )
    faults: list[FileErrorOut]


class LayoutTrial(BaseModel):
    """What a layout that may not be saved yet makes of a sample; nothing was stored."""

    layout: LayoutOut | None = Field(description="Null while the text cannot be used.")
    layout_faults: list[FileErrorOut] = Field(description="Mistakes in the text of the layout.")
    in_use: bool = Field(description="The district has a layout of this name in force.")
    file_faults: list[FileErrorOut] = Field(description="Why the file would be refused whole.")
    reads: int
    lines: list[TrialLine] = Field(description="The first lines of the file.")
