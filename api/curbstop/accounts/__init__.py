"""People: customers, their accounts, and the agreements by which an account takes a service."""
