"""What a letter says, as plain values."""

from dataclasses import dataclass
from datetime import date

from curbstop.documents.statements.data import District


@dataclass(frozen=True, slots=True)
class LetterTable:
    """Columns of text; the columns named in `right` (by index) hold amounts."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not self.head or any(len(row) != len(self.head) for row in self.rows):
            raise ValueError("every row of a letter's table has a cell for each column")


@dataclass(frozen=True, slots=True)
class LetterData:
    """A letter on the district's letterhead. `reference` is printed beside the date."""

    district: District
    mailing: tuple[str, ...]
    written_on: date
    heading: str
    paragraphs: tuple[str, ...]
    reference: str = ""
    table: LetterTable | None = None
    closing: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    imb_tracking: str = ""
    imb_routing: str = ""
