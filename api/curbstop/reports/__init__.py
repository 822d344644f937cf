"""Read-only views over everything; owns no facts."""
