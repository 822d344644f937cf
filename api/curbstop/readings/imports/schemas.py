"""Wire shapes of imports."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from curbstop.platform.lists import ListParams
from curbstop.readings.imports.models import ImportState
from curbstop.readings.layouts.schemas import FileErrorOut


class ImportOut(BaseModel):
    """An import and what became of it."""

    id: UUID
    file_id: UUID = Field(description="The file as received; `GET /files/{id}` downloads it.")
    sha256: str
    file_name: str
    size_bytes: int
    layout: str
    settings: dict[str, str]
    state: ImportState
    errors: list[FileErrorOut]
    lines: int = Field(description="Lines of the file.")
    reads_added: int
    repeats: int = Field(description="Lines whose read stood already with the same value.")
    unread: int = Field(description="Meters that the reader could not read.")
    unmatched: int = Field(description="Lines that fit no installed meter; they wait in the queue.")
    exceptions: int = Field(description="Exceptions raised for the edit list.")
    first_import_id: UUID | None = Field(description="The import that had repeated reads first.")
    first_read_on: date | None
    last_read_on: date | None
    job_id: UUID | None = Field(description="The job that imports a large file.")
    created_by: UUID
    created_at: datetime
    finished_at: datetime | None


class ImportListParams(ListParams):
    """Filters of the imports list."""

    state: ImportState | None = None


class PreviewLine(BaseModel):
    """A read as the layout understands it: only what the file spoke of."""

    line: int
    raw: str
    fields: dict[str, str]


class PreviewOut(BaseModel):
    """What an import would understand; nothing was stored."""

    layout: str
    reads: int
    errors: list[FileErrorOut]
    sample: list[PreviewLine] = Field(description="The first lines.")


class RawLine(BaseModel):
    """A line of an imported file, as it came."""

    line: int
    raw: str
