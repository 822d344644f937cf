"""Who changed what of one thing, field by field."""
