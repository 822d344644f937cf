"""Everything that waits for a second person."""
