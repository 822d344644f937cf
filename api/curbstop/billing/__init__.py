"""Cycles, bill runs, bills and their explanations, statements."""
