"""Flags: what whoever deals with an account must see first, until a day or until removed."""
