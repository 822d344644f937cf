"""Contact notes: what was said with a customer, kept as it was written."""
