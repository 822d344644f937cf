"""Measures of the main work beside yardsticks of the same machine."""
