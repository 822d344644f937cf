"""Corrections of what the record says of a register."""
