"""Months, and closing them."""
