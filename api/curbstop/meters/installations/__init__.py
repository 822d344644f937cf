"""Which meter was where, when; and whose water comes off whose."""
