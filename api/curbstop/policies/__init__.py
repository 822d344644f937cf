"""Policies: what a district decided, from when, by whom and under which law."""
