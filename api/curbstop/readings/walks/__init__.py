"""Walks: the ordered rounds on which meters are read."""
