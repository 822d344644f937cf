"""Late penalties within the ceilings of the law."""
