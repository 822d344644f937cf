"""Customers: who answers for an account."""
