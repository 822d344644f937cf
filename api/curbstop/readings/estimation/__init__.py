"""Reads that nobody took: made by a stated method, and trued up by the next actual one."""
