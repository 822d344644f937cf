"""Corrections to a balance, by two people above a limit."""
