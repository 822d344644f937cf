"""Letters on the district's letterhead."""

from curbstop.documents.letters.data import LetterData, LetterTable
from curbstop.documents.letters.pdf import render_letter

__all__ = ["LetterData", "LetterTable", "render_letter"]
