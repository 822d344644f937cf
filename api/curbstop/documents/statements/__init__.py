"""Statements: the bill on paper and on screen, from plain values."""

from curbstop.documents.statements.data import (
    Arrear,
    Charges,
    District,
    History,
    LateCharge,
    Line,
    MeterRead,
    Remittance,
    StatementData,
    UsagePeriod,
)
from curbstop.documents.statements.html import statement_html
from curbstop.documents.statements.pdf import (
    PrintFile,
    print_statements,
    render_statement,
    render_statements,
)
from curbstop.documents.statements.scan_line import scan_line
from curbstop.documents.statements.snapshot import from_snapshot, to_snapshot

__all__ = [
    "Arrear",
    "Charges",
    "District",
    "History",
    "LateCharge",
    "Line",
    "MeterRead",
    "PrintFile",
    "Remittance",
    "StatementData",
    "UsagePeriod",
    "from_snapshot",
    "print_statements",
    "render_statement",
    "render_statements",
    "scan_line",
    "statement_html",
    "to_snapshot",
]
