"""Files as they were received: kept whole, with their hash, and never changed."""
