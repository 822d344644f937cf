"""Bill runs: calculate, review, approve, post, reverse."""
