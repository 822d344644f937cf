"""Curbstop: billing for water and sewer districts."""

__version__ = "0.1.0"
