"""Lists as CSV and XLSX: cells that a spreadsheet cannot take for a formula, secrets redacted."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from pydantic import BaseModel

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REDACTED = "[redacted]"
# OWASP ASVS 1.2.10: these first characters make a spreadsheet run the cell.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def wanted_export(accept: str) -> str | None:
    """The export that an `Accept` header asks for, or None for JSON."""
    for kind in (CSV, XLSX):
        if kind in accept:
            return kind
    return None


def confidential_fields(row: type[BaseModel]) -> set[str]:
    """Fields declared with `json_schema_extra={"confidential": True}` (Gov. Code 7927.410)."""
    marked = set()
    for name, info in row.model_fields.items():
        extra = info.json_schema_extra
        if isinstance(extra, dict) and extra.get("confidential"):
            marked.add(name)
    return marked


def _safe(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value


def _cells(
    row: type[BaseModel], rows: Iterable[BaseModel], show_confidential: bool
) -> Iterable[list[Any]]:
    hidden = set() if show_confidential else confidential_fields(row)
    names = list(row.model_fields)
    for item in rows:
        values = (REDACTED if name in hidden else getattr(item, name) for name in names)
        yield [_safe(_dollars(name, value)) for name, value in zip(names, values, strict=True)]


def _dollars(name: str, value: Any) -> Any:
    """Cents become dollars with two places: an office adds up dollars."""
    if name.endswith("_cents") and isinstance(value, int):
        return Decimal(value).scaleb(-2)
    return value


def _header(row: type[BaseModel]) -> list[str]:
    return [name.removesuffix("_cents") for name in row.model_fields]


def to_csv(row: type[BaseModel], rows: Sequence[BaseModel], show_confidential: bool) -> bytes:
    """CSV in UTF-8 with a byte-order mark, which spreadsheets need to read it as such."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_header(row))
    for cells in _cells(row, rows, show_confidential):
        writer.writerow("" if cell is None else cell for cell in cells)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def to_xlsx(row: type[BaseModel], rows: Sequence[BaseModel], show_confidential: bool) -> bytes:
    """A workbook with one sheet; strings are written as strings, never as formulas or links."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": True})
    sheet = book.add_worksheet("List")
    day, money = (
        book.add_format({"num_format": "yyyy-mm-dd"}),
        book.add_format({"num_format": "#,##0.00"}),
    )
    sheet.write_row(0, 0, _header(row), book.add_format({"bold": True}))
    for line, cells in enumerate(_cells(row, rows, show_confidential), start=1):
        for column, cell in enumerate(cells):
            if isinstance(cell, datetime):
                sheet.write_string(line, column, cell.isoformat())
            elif isinstance(cell, date):
                sheet.write_datetime(line, column, cell, day)
            elif isinstance(cell, Decimal):
                sheet.write_number(line, column, cell, money)
            elif isinstance(cell, int) and not isinstance(cell, bool):
                sheet.write_number(line, column, cell)
            elif cell is not None:
                sheet.write_string(line, column, str(cell))
    book.close()
    return out.getvalue()
