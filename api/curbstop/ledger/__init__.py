"""The general ledger: journal, open items, what settles what, adjustments, penalties, seals."""
