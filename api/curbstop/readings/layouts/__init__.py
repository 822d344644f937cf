"""Vendors' file layouts as data: one engine reads and writes every one of them."""
