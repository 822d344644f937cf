"""Agreements: which account takes which service where, from which day to which."""
