"""Meter reading: walks, read files, validation, estimation, and consumption."""
