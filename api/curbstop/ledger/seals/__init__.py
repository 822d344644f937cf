"""Sealing the journal, and proving that it still says what was posted."""
