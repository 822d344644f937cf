"""Accounts by what they owe and how long."""
