"""Samples of accepted reads, drawn at random and looked at again."""
