"""Saved views: a name for how a person, or the office, looks at a list."""
